import type { Kind } from './reply-lexicon.rules.js';
import { NUMBER } from './reply-numbers.rules.js';

const FINE = '好的|好嘞|好啊|好呀|好哒|好勒|好咧|好|行的|行啊|行嘞|行|成|中|ok|okay|得嘞|对|是的|是|要得|得行';
/** "Fine, fine." */
const DOUBLED = new RegExp(
  `(?<![\\s\\S])[嗯哦噢喔唔诶啊]*(?:${FINE})(?:[嗯哦噢喔,]*(?:${FINE})){1,4}[的嘞呀啊哒滴哈呢]*(?![\\s\\S])`,
  'uy',
);
const HUMMED = new RegExp(`(?<![\\s\\S])[嗯哦噢喔唔诶啊]+(?:${FINE})(?![\\s\\S])`, 'uy');
/** "Fine", with a particle of some dialect. */
const IN_DIALECT =
  /(?<![\s\S])[嗯哦噢]*(?:好|行|成|中|得)[噶嘎嘞撒噻哈哟咯喽呦捏嘛哇啵唻嚟咧哩](?:[哈啊])?(?![\s\S])/uy;
const CAN_IN_DIALECT =
  /(?:可以|没问题|没得问题|要得|得行|行得|做得|使得|能成|能行|能中)[噶嘎嘞撒噻哈哟咯喽呦捏啵唻嚟咧哩呢嘚滴哒的啊呀](?![\s\S])/uy;
const WE_COME_IN_DIALECT =
  /(?<![\s\S])(?:阿拉|俺们?|俺|咱们?|吾伲|我哋|我俚|伢|我等|额|偶)(?:都|也|就|这就|马上)*(?:来|去|到|上|过来|过去)(?:的|了|嘞|咧|啊|哈|咯)*(?![\s\S])/uy;
/** "Taken" by the team. */
const TEAM_TAKES_IT =
  /(?<![不没别])(?:(?:这个?|该|此)?(?:任务|活儿?|单子?)?(?:我们?|咱们?|俺们?|本)(?:队|组|班|站|村|中心)?(?:接|接下|接单|收下|领|包)了|(?:接下?|收下|领下?|接受)(?:了)?(?:这个?|该)?(?:任务|单子?|活儿?)(?:了)?)(?![\s\S])/uy;
/** How few they are, by the way. */
const FEW_OF_US =
  /(?<![\s\S])(?:就是|只是|不过|但|但是|就)?(?:我们|我们?这边|这边|队里)?(?:人|人手|人数|队员|来的人)(?:有点|有些|可能|会|比较|稍微|略)*(?:少(?:了)?(?:一?点|一?些)?|不(?:太|是很|算)?多)(?:了)?(?![\s\S])/uy;
/** "If you need one, I have it": an offer. */
const IF_NEEDED =
  /(?:如果|要是|若|假如)?(?:你们|现场|那边|还)?(?:需要|要用?|用得[着上]|缺|想要|用)(?:(?![不没我])[^,_]){1,7}(?:的话)?(?=我们?(?:队|家|这|这边|也|还)*(?:有|带|可以带|能带|会带|可以提供|能提供|能出|可以开))(?<=(?:的话|如果|要是|若|假如).*)/uy;
/** "By the old road or round?" */
const WHICH_WAY =
  /(?<![\s\S])(?:是)?(?:走|从|坐|开|带|到|在|先到|先去|直接去|直接到)(?:(?![不没,])[^,]){1,7}还是(?:走|从|坐|开|带|到|在|去|先|直接|绕)?(?:(?![不没,能])[^,]){0,7}(?![\s\S])/uy;
/** Those on duty, before their number. */
const ON_DUTY = new RegExp(
  `(?:值班|备勤|在岗|在班|当班|待命|在家|在队)(?:的|有)?(?=${NUMBER}(?:个|名|位)?人?(?:先|马上|都|全|可以|能|过来|过去|出发|去|来|已|立即|现在|随时|这就))`,
  'uy',
);
/** Has not come back from where it was lent. */
const NOT_BACK =
  /(?:都|也|还|一直)*(?:没|未)(?:有)?(?:归还|还回来|送回来|开回来|拉回来|运回来|修好|修回来|拿回来|还|(?<=在.*)回来|(?<=借.*)回来)(?:呢|了)?(?![\s\S])/uy;

/** "Keep in touch." */
const IN_TOUCH =
  /(?:请|都|电话|手机|通讯|通信|对讲机|微信|咱们|大家)*(?:保持(?:联系|联络|通信|通讯|畅通|通话|电话畅通|手机畅通|电话|手机开机)|随时联系)(?:吧|啊|哈|着)?(?![\s\S])/uy;
/** "Off first, the rest we shall see." */
const OFF_FIRST = /先(?:出发|过去|过来|去|来|上|到|走|动身|赶过去|集合)(?:了|吧)?再说(?:吧|呗)?(?![\s\S])/uy;

/** By when they must be back: hinders nobody. */
const BACK_BY =
  /(?:晚上|下午|天亮|中午|傍晚|夜里|明早|明天早上|早上)(?:还)?(?:要|得)赶?回(?:来|去)?(?:上班|值班|交班|接班|接孩子|上课)(?:的)?(?![\s\S])/uy;
/** "As for going, one could". */
const COULD_GO = /(?<![\s\S])[去来]是(?:可以|行)(?:的)?(?![\s\S])/uy;

/** Assent as it is really said, and what is said beside it: a pattern, what it does, and what it costs. */
export const ASSENTS: readonly (readonly [RegExp, Kind, number])[] = [
  [BACK_BY, 'ready', 0.2],
  [COULD_GO, 'odd', 0.2],
  [DOUBLED, 'assent', 0.6],
  [HUMMED, 'assent', 0.6],
  [IN_DIALECT, 'assent', 0.6],
  [CAN_IN_DIALECT, 'yes', 0.6],
  [WE_COME_IN_DIALECT, 'yes', 0.6],
  [TEAM_TAKES_IT, 'yes', 0.6],
  [FEW_OF_US, 'ready', 0.3],
  [IF_NEEDED, 'plain', 0.3],
  [WHICH_WAY, 'ask', 0.3],
  [ON_DUTY, 'plain', 0.5],
  [IN_TOUCH, 'courtesy', 0.5],
  [OFF_FIRST, 'yes', 0.5],
  [NOT_BACK, 'reason', 0.5],
];
