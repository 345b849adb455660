import type { Claim } from './reply-claims.rules.js';
import { FAMILIES } from './reply-families.rules.js';
import type { Kind } from './reply-lexicon.rules.js';
import type { Token } from './reply-tokens.rules.js';
import { WORDS } from './reply-words.rules.js';

/** What a "not" behind a verb denies: that anything comes of it. */
export const COMPLEMENTS =
  '起来 过来 过去 上来 上去 下来 下去 出来 出去 进来 进去 回来 回去 动弹 动 成 齐 全 了 上 下 到 及 开 出 住 完 好 赢 拢 起 满 够 足 脱 掉 得 通 来 去 定 着 赶趟 动身 开身 成行'; // prettier-ignore

/** Verbs of coming, each of them whole; none that has a "not" of its own. */
export const GOING = `${WORDS.move} ${FAMILIES.move ?? ''}`.split(' ').filter((verb) => /^\p{Script=Han}{1,4}$/u.test(verb) && !/[不没无未勿]/.test(verb)); // prettier-ignore
const VERB = [...new Set(GOING)].sort((a, b) => b.length - a.length).join('|');
const COMPLEMENT = COMPLEMENTS.split(' ').join('|');

/** Any verb of coming, "not", and what would have come of it: nobody can. */
const CANNOT = new RegExp(
  `(?<verb>${VERB})(?:也|都|实在|根本)?[不勿](?!\\k<verb>)(?:${COMPLEMENT})(?!问题|是|解|[\\d半零〇一二两三四五六七八九十])`,
  'uy',
);
/** "It is impossible", behind the verb, and nothing more. */
const IMPOSSIBLE = new RegExp(
  `(?<![不没])(?:${VERB})(?:是|的事|这事|都|实在|根本|怕是|恐怕)*(?:不可能|没(?:有)?可能|不现实|无望|没戏|没门|没指望|免谈|没法(?:去|来|走|出|到|弄|办)?|没得(?:去|来|走|谈))(?:的|了|啊|呀|吧)*(?![\\s\\S])`,
  'uy',
);
/** "Out there: none". */
const NONE =
  /(?<![\s\S])(?:目前|现在|本队|我队|我们?)*(?:可以?|能够?|是否|能否)*(?:出动|参加|前往|到位|支援|派出|派|到场|出|来|去)(?:的)?(?:人员|人数|队员|人|力量)?:?(?:为|是)?(?:无|没有?|零|否|(?<=:)[×✗❌✖]|0(?![\d:点.])人?|零人)(?![\s\S])/uy;
const MADE_TO = '叫|让|派|安排|通知|喊|找|指望|指派|拉|点|考虑';
const ALLOWED =
  '盼|想|等|请|要|催|求|劝|逼|拉|拖|拽|哄|骗|烦|惦记|打扰|联系|轮到?|排到?|支持|同意|批准?|答应|允许|许|准|赞成|建议|主张|推荐|提议|给|放|带|算上?|选|挑|归|该|派到|安排到|叫到|喊到|指望到|属于|值得|指着|靠';
const SENDER = '(?:我们|咱们|俺们|我|咱|俺|本队|我队)(?:队|组|几个|这边)?';
/** "Don't call on us to go." */
const NOT_ON_US = new RegExp(
  `(?:别|甭|莫|不用|不必|不要|用不着|犯不着|少|勿|休要|无需|不需要?)(?:再|老|总|光)?(?:${MADE_TO})(?:上|着)?${SENDER}(?:再|也|都|们)?(?:${VERB})(?:了|的|吧|啊)*(?![\\s\\S])|(?:用不着|犯不着|轮不[到上着]|不归|不该)${SENDER}(?:再|也|都)?(?:${VERB})(?:了|的|吧|啊|管)*(?![\\s\\S])`,
  'uy',
);
/** "Nobody has sent us", "he does not want us to go": the sender's going, denied, but for whom? */
const NOT_MADE_TO = new RegExp(
  `(?:别|甭|莫|不|没|没有|未|少|勿|休|免|无|反对|拦着|拦住|阻止|禁止|防着|不用|不必|不要|用不着|犯不着|无需|不需要?|没人|谁也没|没法|无法|没办法|没空|没时间)(?:再|老|总|光|能|肯|想|会|敢)*(?:(?:打电话)?(?:${MADE_TO}|${ALLOWED})(?:给|上|着|到)?)?${SENDER}(?:再|也|都)?(?=${VERB})(?<!(?:没|别|不|免|没有|未|莫|少|无)${SENDER}(?:再|也|都)?)`,
  'uy',
);
/** The leader forbids it to the team. */
const LEADER_FORBIDS = new RegExp(
  `(?<=我|本人|作为队长)(?:也|是|坚决|真|实在|都|个人)*(?:不(?:同意|批准?|让|放|许|准|敢让|敢派|能让|能派|忍心让|想让|会让|会派|放心让|派|赞成|支持)|没法让|没法派|反对|拦着|禁止)(?:派|让)?(?:队员们?|兄弟们|弟兄们|人|他们|大家|伙计们|队伍|孩子们)(?:再)?(?:${VERB})(?:了|的|送死|冒险)*(?![\\s\\S])`,
  'uy',
);
/** Nobody would, dares, wants. */
const NOBODY_WOULD = new RegExp(
  `(?:没人|没有人|无人|没有一个人?|没一个人?|没谁|没有队员|没几个人?|没有谁)(?:能|可以)?(?:敢|愿意?|肯|想|乐意|会|要|响应|报名|答应)+(?:${VERB})?(?:了|的)?(?![\\s\\S])`,
  'uy',
);
/** "What is there to go for?" */
const GO_WHAT_FOR =
  /([去来走出到])(?:什么|啥|个(?:什么|啥|头|屁|鬼|毛|锤子|球)|毛线?|锤子|屁|球)\1?(?![\s\S时候任务地方点人车])|(?:怎么|哪|哪里|咋|如何)(?:还)?(?:能)?(?:[去来走到出]得[了成开]|可能[去来到])|(?:哪|哪里)(?:还|来的?)?(?:有|能)(?:空|人|时间|力气|车|船|心思|工夫|功夫|钱)?(?:再)?(?:去|来|走|过去|过来)/uy;
/** "If only we could." */
const IF_ONLY = new RegExp(
  `(?:(?<![主重需还就只快想])要|但愿|只愿|惟愿|若|要是|假如|宁可不|宁愿不)(?:我们?|真|还)?能?(?<=能|但愿|宁可不|宁愿不)(?=${VERB})`,
  'uy',
);
/** "Had you told me earlier." */
const TOO_LATE_TOLD =
  /(?:早|早点|早些|提前|昨天|上午)(?:说|讲|通知|叫|告诉|打电话|喊|联系)(?!好|过|了|定|妥|完)(?:一?[天声下])?(?:我们?)?(?=就|我|能|也)/uy;
/** "Were I ten years younger", "once I am well", "when I have time". */
const ONCE_BETTER =
  /再(?:年轻|近|早|亮|暖|小|大|多|少|退|停|晴|缓|好|强|凉)(?:一?点|一?些|几[天岁年]|[一二两三五十]+[天岁年])(?:人|车|水)?(?=我?们?[就还能也])|等(?:我|孩子|老人|家里|他|她)?的?(?:病|伤|烧|腿|腰|脚|手|感冒|身体|骨折|刀口)(?:都|也)?(?:养|治|完全)?(?:好|退|愈|康复|恢复|拆线)(?:了|之?后|以后)*|(?:有空|得空|有时间|有机会|得闲)(?:了|的时候|时)?(?:就|再|一定|肯定|必|会)+/uy;
/** Some other time. */
const SOME_DAY = new RegExp(
  `(?<![\\s\\S])以后(?:再|有|一定|肯定|我们?|会|都)*(?=${VERB})|(?:下次|下回|下一次|下一回|来日|往后|改日|改天)(?:再|一定|肯定|我们?|会|也)*(?=${VERB})`,
  'uy',
);
/** "Many of them have gone": who knows where to. */
const ALL_GONE =
  /(?:好多|很多|不少|好些|多数|大半|一半)的?(?:人|队员|兄弟)们?(?:都|全|全都)?(?:走|散|撤|溜|跑|下班|放假|回)(?:光|掉|完|家|去)?了(?![\s\S])/uy;
/** "Would I still be here?" */
const STILL_HERE =
  /还(?:等到|用得着|用等|至于|会等|能等|用你)|(?:去|滚|走)(?:你|他)(?:妈|娘|奶奶)?的(?![\s\S])|得了吧(?![\s\S])|拉倒吧?(?![\s\S])/uy;
/** "It came to nothing." */
const CAME_TO_NOTHING = new RegExp(
  `(?:${VERB})(?:的)?(?:事|这事|计划|安排|行动)?(?:也|都|已经?|就|全)*(?:泡汤|黄|吹|取消|作废|落空|失败|免|告吹|没戏|停|叫停|未果|无果|未成|未遂|未获批|没获批|没批准?|没批下来|被(?:否|拒|拦|叫停|取消|劝退|卡)(?:下|住|绝|决)?)了?(?![\\s\\S])`,
  'uy',
);

/** By how a no is built, whatever the verb: a pattern, what it does, and what it costs. */
export const CANNOTS: readonly (readonly [RegExp, Kind, number])[] = [
  [CANNOT, 'no', 0.7],
  [IMPOSSIBLE, 'no', 0.6],
  [NONE, 'no', 0.2],
  [NOT_ON_US, 'no', 0.3],
  [NOT_MADE_TO, 'reason', 0.4],
  [LEADER_FORBIDS, 'no', 0.3],
  [NOBODY_WOULD, 'reason', 0.3],
  [IF_ONLY, 'wish', 0.5],
  [TOO_LATE_TOLD, 'past', 0.5],
  [ONCE_BETTER, 'if', 0.5],
  [SOME_DAY, 'day', 0.4],
  [ALL_GONE, 'reason', 0.5],
  [STILL_HERE, 'odd', 0.2],
  [GO_WHAT_FOR, 'odd', 0.3],
  [CAME_TO_NOTHING, 'reason', 0.4],
];

/** Words between a verb and what denies it. */
const BETWEEN = /^(?:[是就都还太很真]|实在|根本|的|了|的?事|这事|有点|有些|任务|人数|人员|数量|怕是|恐怕|:|得)+/;
const DENIES =
  /^(?:[不勿](?!见不散|是问题|成问题|在话下|怕|用|必|需|远|堵|误|耽|迟|晚|变|含|算|带|急|慌|困|累|难|[去来到走能想会要]|计|下[\d一二两三四五六七八九十]|到[\d半一二两三四五六七八九十]|足[\d半一二两三四五六七八九十]|少于|低于|超过)|没(?!问题|事|关系|毛病|意见|啥问题|什么问题|有问题|说的|跑|商量|得说|二话|错)|无(?!碍|妨|误|论|条件|问题|异议|疑|人机)|未(?!完|必|来)|难(?!免|得|不)|困难|零|为零|否|免了|休想|悬|够呛|泡汤|黄了|取消|作废|受[限阻]|乏力|有限|有难|有困难|欠|违|[×✗❌✖]|x$|打叉|个[头屁鬼毛球锤]|毛线|锤子|屁|送死|找死|才怪|有鬼|失败|落空|告吹|犯法|危险|拉倒|得了吧|还早|还差|早着|差[得点远]|费[劲力]|吃力|存疑|待定|就算了)/u;
/** A yes whose verb is denied right behind it: none. */
export function deniedBehind(tokens: Token[], { end }: Claim): boolean {
  const behind = tokens.filter(({ at }) => at >= end).map(({ text }) => text).join(''); // prettier-ignore
  return DENIES.test(behind.replace(BETWEEN, '')) || DENIES.test(behind);
}

/** A refusal in words: whatever its form, what holds one turns no part of a yes out of it. */
const REFUSES =
  /[甭莫勿岂]|^(?:[免缓戒未]|停(?![车船靠稳好])|休(?![整息])|少(?![数说]))|难说|原本|还未|未曾|未敢|别(?![的人处队家墅号])|反对|拒绝|推辞|推掉|免去|放弃|取消|停止|暂停|避免|阻止|谢绝|婉拒|退出|懒得|休想|禁止|无力|无意|无权|无望|无暇|无缘|错过|难以|恐怕|谁愿意|谁敢|怎么[能敢会]|何苦|何必|尚未|未批准|千万|放鸽子|差点|险些/;
const HARMLESS: Token['kind'][] = ['yes', 'self', 'first', 'move', 'ready', 'thing', 'task'];
/** Whether a form that may hold any word holds one that refuses. */
export const hidesNo = (kind: Token['kind'], text: string): boolean => HARMLESS.includes(kind) && REFUSES.test(text);
