import { diceFor } from './dice.js';
import { DEMO_MARK } from './societies.js';

// Common surnames and given names joined by the dice: any likeness to a living person is chance, hence the mark.
const SURNAMES =
  '王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙 马 朱 胡 林 郭 何 高 罗 郑 梁 谢 宋 唐 许 邓 冯 韩 曹 曾 彭 萧 蔡 潘 田 董 袁 于 余 ' +
  '叶 蒋 杜 苏 魏 程 吕 丁 沈 任 姚 卢 傅 钟 姜 崔 谭 廖 范 汪 陆 金 石 戴 贾 韦 夏 邱 方 侯 邹 熊 孟 秦 白 江 章 施 俞 柴';
const GIVEN =
  '建国 志强 海波 晓峰 文静 雅琴 立新 国栋 春燕 佳慧 永明 伟东 丽娟 思远 家豪 宏伟 素芬 小军 秀兰 浩然 梦洁 俊杰 慧敏 ' +
  '卫平 天宇 玉梅 振华 雪松 凯旋 红霞 正阳 少华 彩云 明亮 启航 若男 跃进 晨曦 惠珍 子涵 大勇 美玲 克勤 金水 爱民 ' +
  '诗雨 长青 庆丰 淑贞 一鸣 广平 月娥 木生 根生 阿法 水良 月琴 仁杰 铁军 碧波 向阳 荷花 云飞 海燕 松涛 瑞雪 万里 ' +
  '青山 冬梅 守诚 友谊 学文 国庆 平安 致远 怀德 新宇 乐天 如意 静怡 书豪 亦然 成林 立夏 岳峰';

const PHONE_PREFIX = '1990000'; // one block of 10,000 numbers, none of them a person's
const PHONES = 10_000;

/** An invented person: marked name, telephone number of the demonstration block. */
export interface Person {
  name: string;
  phone: string;
}

/** Gives out invented people, each with a name and a number no one else has, in a fixed order. */
export function callUpPeople(): () => Person {
  const surnames = SURNAMES.split(' ');
  const names = diceFor('people').shuffled(GIVEN.split(' ').flatMap((given) => surnames.map((name) => name + given)));
  let called = 0;
  return () => {
    const name = names[called];
    if (name === undefined || called + 1 >= PHONES) throw new RangeError('the demonstration has run out of people');
    called += 1;
    return { name: `${name}${DEMO_MARK}`, phone: `${PHONE_PREFIX}${String(called).padStart(4, '0')}` };
  };
}
