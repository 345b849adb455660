import { FAMILIES } from './reply-families.rules.js';
import { NOUNS, TASKS } from './reply-nouns.rules.js';
import { type WordKind, WORDS } from './reply-words.rules.js';

export type Kind = WordKind | 'whether' | 'thing' | 'task';

const words = (text: string): string[] => text.split(' ');
const each = (heads: string, tails: string, made: (head: string, tail: string) => string[]): string[] =>
  words(heads).flatMap((head) => words(tails).flatMap((tail) => made(head, tail)));

const DOING =
  '去 来 到 赶 过 出 参加 拉 走 脱 抽 腾 派 动 回 跟 支援 离 赴 挤 赶过 赶来 出发 出动 出警 出勤 出队 出门 赶回 派出 到位 到场 参与 上 进 前往 集合 响应 赶到 去现场 来现场 排 分 撤 赶过来 过来 过去 轮 凑 下山 开 飞 起 归队 执行 帮 安排 抽调 抵达 加入 增援 服从 胜任 承担 配合 承接 应付 跟 顾 陪';
const DONE = '了 到 上 及 成 开 得 过来 过去 出来 出去 来 去 动 掉 出 下 回来 回去 开身 出门 赢 起来 到场 到位 齐 去了';
const PLAIN_VERBS =
  '去 来 到 走 上 出发 出动 参加 过来 过去 能去 能来 赶到 支援 集合 到场 到位 报名 带 带队 响应 回来 够 到 可行 是 在 会 行 好 能 要 成 对 用 算 有';
const NO_MATTER = '不行 不可 不成 谁去 谁来 才怪';

/** "Cannot get away": what is done, "not", and what would come of it. */
const CANNOT = each(DOING, DONE, (doing, done) => (doing === done ? [] : [`${doing}不${done}`]));
const CANNOT_PASS = each('拖 运 划 骑 冲 绕 游 爬 调 挤', '过去 过来 出去 出来 进去 进来 到', (doing, done) => [
  `${doing}不${done}`,
]);
const ABLE = each(DOING, DONE, (doing, done) => [`${doing}得${done}`]);
/** Two noes that make a yes. */
const TWICE = [
  ...each(PLAIN_VERBS, NO_MATTER, (verb, end) => [`不${verb}${end}`, `我不${verb}${end}`, `不${verb}都${end}`]).filter(
    (made) => !/才怪$/.test(made),
  ),
  ...each(PLAIN_VERBS, '不可 不行', (verb, end) => [`非${verb}${end}`]),
  ...each(PLAIN_VERBS, '的道理 的理由 道理 理由', (verb, end) => [
    `没有不${verb}${end}`,
    `没不${verb}${end}`,
    `没有理由不${verb}`,
    `没理由不${verb}`,
    `没道理不${verb}`,
  ]),
  ...each(
    '没人 没有人 没一个 没有一个 没一个人 没有一个人 没谁 没有谁 无人 无一人 没有队员 没有',
    PLAIN_VERBS,
    (nobody, verb) => [`${nobody}不${verb}`, `${nobody}会不${verb}`, `${nobody}不想${verb}`, `${nobody}不愿${verb}`],
  ),
  ...each('哪能 怎能 咋能 咋会 怎么能 怎么会 怎么可能 岂能 哪会 哪敢 岂有', PLAIN_VERBS, (how, verb) => [
    `${how}不${verb}`,
  ]),
];
/** Nobody who could come. */
const NOBODY = each(
  '没人 没有人 无人 没有队员 没队员 没有一个人 没一个人 没有其他人 没有别的人',
  '能去 能来 能出动 可去 可以去 可以来 可派 可以派 能派 有空 方便 能参加 响应 去得了 能动 能出 走得开',
  (who, can) => [`${who}${can}`],
);
const WHETHER = [
  ...words(PLAIN_VERBS).flatMap((verb) => [
    `${verb}不${verb}`,
    `${verb}没${verb}`,
    `${verb}还是不${verb}`,
    `${verb}不${verb}得了`,
  ]),
  ...words(
    '行不行啊 行不行呀 成不成啊 好不好啊 可不可以啊 能不能啊 能不能去 能不能来 可不可以 有没有 行不行 好不好 要不要 需不需要 是否 可否 能否 是否可以 可以不可以 成不成 愿不愿意 方不方便 怎么样 如何是好 有没 带不带 够不够 来得及来不及 能不能够 参不参加 到不到位 合不合适',
  ),
];
const EITHER = words('去 来').flatMap((verb) => [
  `可${verb}可不${verb}`,
  `${verb}不${verb}都行`,
  `${verb}不${verb}都可以`,
  `${verb}不${verb}无所谓`,
]);

/** "If I could I would": a wish. */
const WOULD = each('要是 要 如果 若 要是我 倘若 但凡', '能去 能来 走得开 有空 能走开 能去的话 能来的话', (when, able) => [`${when}${able}`]).concat(words('能去 能来 走得开 能走开 能去的话 能来的话'))
  .flatMap((able) => each('就 肯定 一定 早就 早 准 必 我就 我肯定 我一定 我早 我早就 当然', '去 来 去了 来了', (then, go) => [`${able}${then}${go}`])); // prettier-ignore

/** Every known word and what it does. Of two kinds the first one counts. */
export const LEXICON: ReadonlyMap<string, Kind> = new Map(
  (
    [
      ...(Object.entries(WORDS) as [WordKind, string][]).map(([kind, text]) => [kind, words(text)] as const),
      ...(Object.entries(FAMILIES) as [Kind, string][]).map(([kind, text]) => [kind, words(text)] as const),
      ['thing', [NOUNS.places, NOUNS.kit, NOUNS.tasks].flatMap(words)],
      ['plain', words(NOUNS.manner)],
      ['task', words(TASKS)],
      ['yes', ABLE],
      ['yes', TWICE],
      ['no', [...CANNOT, ...CANNOT_PASS, ...NOBODY]],
      ['wish', WOULD],
      ['odd', [...EITHER, ...each('去 来', '不合适 不好 不像话 不地道', (verb, end) => [`不${verb}${end}`])]],
      ['whether', WHETHER],
    ] as [Kind, string[]][]
  )
    .reverse()
    .flatMap(([kind, all]) => all.map((word) => [word, kind] as const)),
);
export const LONGEST_WORD = Math.max(...[...LEXICON.keys()].map((word) => word.length));
