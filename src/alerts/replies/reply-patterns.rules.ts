import { AFFAIRS } from './reply-affairs.rules.js';
import { ASIDES } from './reply-asides.rules.js';
import { ASSENTS } from './reply-assents.rules.js';
import { CANNOTS } from './reply-cannot.rules.js';
import { FORMS } from './reply-forms.rules.js';
import { PHRASES } from './reply-phrases.rules.js';
import type { Kind } from './reply-lexicon.rules.js';
import { NUMBER } from './reply-numbers.rules.js';
import { SCENES } from './reply-scenes.rules.js';
import { SURNAMES } from './reply-signs.rules.js';
import { SPEECH } from './reply-speech.rules.js';
import { TAILS } from './reply-tails.rules.js';

/** What a piece costs: known words are cheap, figures and long words cheaper than short ones, unknown signs dear. */
export const COST = { figure: 0.4, word: 1, first: 1.6, title: 1.5, unable: 2.5, name: 5.5, opaque: 3, unknown: 4 };

/** What the sender does first, and is sure to come to its end: "when the gear is loaded". */
const FIRST =
  /(?:等我?们?|待|先)?(?![不没别你批给证保险问说能可雨水修路桥天孩最如若要假倘万除只无未病伤烧身体])(?:(?![不没别你批给证险雨水就马上修我队全已如果若要是病伤烧时分])\p{Script=Han}){1,7}?(?:完(?![成毕])|好|结束)了?(?:(?![就马立后再之过来去到不没出])\p{Script=Han}){0,4}?(?=就|马上|立|后|再|之后|过来|过去|来|去|回|到|赶|出发|$)/uy;
/** An errand of one's own, done before: "close the shop, then come". */
const ERRAND =
  /(?:先)?(?:把)?(?:交代|安排|处理|收|关|锁|放|下了?班|吃|洗|接(?!到)|送|换|拿(?!到)|取|穿|停|加(?![钱价班])|装|点(?!头)|喊|带|准备|交|办|回|忙)(?:(?![就再马然立赶不没你批领导给证雨水通谁])[^,_]){1,7}?(?=就(?!是|算)|再(?!说|看)|然后)/uy;
const CALLED =
  /[小老阿](?!时|孩|区|型|于|婆|公|师|家|人|地|规|样|是|乡|板|年|妈|爸|毛|心|雨|路|病|的|拉)\p{Script=Han}/uy;
const TITLED =
  /(?![让叫看听问找等请帮替个我本全咱这那哪各一二三四五六七八九十两几归跟])\p{Script=Han}(?:队长?|哥|姐|总|工(?![程作人地具业厂友会兵])|医生|师傅|主任|书记|站长|先生|老师|部长|教练|组长)/uy;
const NAMED = new RegExp(`[${SURNAMES}](?:(?![不没来去能可到在也都要会])\\p{Script=Han}){1,2}`, 'uy');
const SIGNS = /[^\p{Script=Han}\p{L}\p{N}]+/uy;

/** Measures of road and gear, which are neither a delay nor people. */
const MEASURED = new RegExp(
  `${NUMBER}(?:多|来)?(?:公里|千米|km|里路|里地|米|辆|台|条|艘|只|架|套|顶|箱|把|吨|件|根|部|桶|号线|车|艇|船|趟|床|份|瓶|袋|斤|担|捆|卷|双|块|盒|罐)`,
  'uy',
);
/** "Six of us turn out": a verb only before people. */
const SENDS = new RegExp(
  `(?:出|派|调|抽|组织|安排|召集|动员|拉|调集|调配|派遣|投入)(?=${NUMBER}(?:多|来)?(?:人|名|个|位))`,
  'uy',
);
/** "We can (go) out": a verb only at the end. */
const STANDS_IN =
  /(?<=能|可以|可|我|们|没法|无法|不敢|(?:我们?|本|咱)队|[能法力敢]再|我们?先|我们?也|组先|队先)[上出](?=$|[的吧啊])|(?<=能|可以|随时|马上)动(?=$|[了的])|(?<=能|可以|没法|无法|不敢|能再|敢再)下(?=$|[了的吧啊])|^上(?=$|[吧啊!])/uy;
/** "(We) don't go out": a no only where the sender or nothing stands before it. */
const STAYS_OUT = /(?<=^|[就也我们队次天可时先晚夜])不[上出](?=$|了|[吧啊])/uy;
/** "In under an hour": no denial. */
const UNDER = new RegExp(`不到(?=${NUMBER}|半)|(?<=小时|分钟|钟头|刻钟)不到(?=就|能|可|$)`, 'uy');
/** "Oh no": what comes after counts. */
const NO_WAIT = /[哦啊噢喔呃诶](?:不是?|错了)(?=$|[,!]|[\d一二两三四五六七八九十]+个)/uy;

/** Something that cannot be done, by any verb: what stands in the way. */
const UNABLE =
  /(?![就也都还又再先才便我们你他她队人今次天趟回可能会要是])\p{Script=Han}不(?:了|出来?|到|开|过来|过去|上|动|完|成|下|起来|及|够|足|齐|赢|动弹)/uy;
const PLACE =
  /(?:(?![不没我们你他去来到在从往抵赴已])\p{Script=Han}){1,4}(?:村委会?|村|镇|乡|县|路口|小学|中学|广场|公园|大桥|桥头|码头|水库|街道|社区|体育馆|桥头|大桥|桥|仓库|厂区|渡口|安置点|集合点|集结点|集结地|水闸|大坝|堤段|河边|江边|隧道口|矿区|景区|营地|站|湾|收费站|出口|服务区|加油站|车站|高铁站|火车站|机场|基地|队部|指挥部|政府|派出所|山脚|山下)/uy;

/** On the way to somewhere; not home, to work or to the doctor's. */
const TOWARD =
  /(?:正在?)?(?:[往朝向奔]|直奔)(?:(?![不没别家院学校单公店医外老])\p{Script=Han}){1,5}?(?:那边|方向)?(?:赶|开|走|跑|进发|集合|集结|靠拢|行进|机动|出发)(?:去|来|过去|过来|着了?)?|(?<=正在?)往(?:(?![不没别家院学校单公店医搬])\p{Script=Han}){2,4}(?=$|了$)/uy;
/** Where one sets out from. */
const FROM =
  /从(?:(?![不没别])\p{Script=Han}){1,6}?(?:那边|这边)?(?:出来)?(?=过来|过去|出发|赶|开过?[来去出拔]|走|到|得|要|\d)/uy;
/** Called away by somebody. */
const TAKEN_OFF =
  /(?:已经?)?被[^,_]{1,8}?(?:(?:调|叫|派|借|抽|拉|征|喊)(?:走|去|到|用|派|往)+|抽调|借调|征调|征用)(?:另一?个?\p{Script=Han}{1,3})?/uy;
/** Water that comes to somewhere, not people. */
const RISEN = /水(?:已经|都|快|已|位)*(?:到|进|漫|涨|淹|齐)(?:到|过|进|上)?/uy;
/** A squad by its task: the sender's own. */
const OUR_TEAM = new RegExp(
  '(?:我们?|本)?(?:清淤|清障|巡堤|抢险|抢修|送餐|炊事|堵口|打桩|转移|测流|夫妻|快艇|救生艇|摩托艇|皮划艇|橡皮艇|桨板|龙舟|出租|货运|物流|运输|爱心|摩托|机车|越野|骑行|单车|渔民|渔业|企业|工厂|校园|校友|退役军人|老兵|猎人|户外|登山|蓝天|曙光|公羊|红十字|红会|无线电|业余电台|消防志愿|义消|水上|水域|山地|山岳|绳索|医疗|救护|急救|担架|无人机|舟艇|冲锋舟|机动|后勤|保障|通信|通讯|搜救|搜索|搜救犬|救援|突击|先遣|供水|供电|心理|心理援助|运输|转运|潜水|破拆|排涝|消杀|宣传|物资|教师|学生|青年|党员|妇女|巾帼|民兵|应急|志愿|志愿者|教师志愿|青年志愿|车辆|航拍)(?:分|小|服务|突击|救援|志愿|保障)?[队组](?!员|长|友|里)' +
    `|(?<![\\s\\S])(?![他她别邻兄其友隔消武特交巡专听据好哪那各多一二三四五六七八九十])(?:(?![不没带率领])\\p{Script=Han}){2,4}队(?=${NUMBER}(?:个?人|名|位)|能|可以?|收到|已|马上|立即|全[员体]|报到|出发|准备)`,
  'uy',
);
const GEAR_NAMED =
  '(?:冲锋舟|橡皮艇|船外机|无人机|发电机|抽水泵|对讲机|救护车|越野车|皮卡|货车|卡车|大巴|中巴|面包车|舟|艇|船|车|犬|狗|泵|艘|帐篷|担架)';
/** Boats and vehicles with their number: "one boat", "boats: 2". */
const GEAR_COUNTED = new RegExp(
  `(?:携|带|及|和|加)?(?:${GEAR_NAMED}:?\\d+(?:[艘条台辆只架]|(?![\\d:点]|小时|分|个|人|名))|${NUMBER}(?:[艘条台辆只架顶套]|个)?(?:大|小)?${GEAR_NAMED}(?!老|长|工|员|夫|手|主|东))`,
  'uy',
);
const PLACE_OR_DETAIL =
  '(?:导航|定位|位置|地址|坐标|路线|频道|频率|集合地点|集结地点|集合时间|汇合地点|集合点|集结点|联系人|联系方式|电话|号码|名单|花名册|路线图|地图|单子|图片|照片|视频|停车位|车位|泊位|名额|任务|位子|口子|通道|空位|地方|清单|详情|具体情况|任务单|二维码|群)';
/** A place, a detail or a spot to park that is asked for beside the answer. */
const ASKED_BESIDE = new RegExp(
  `(?:请|麻烦|烦请|劳烦|还请)?(?:你们?|您|值班室|领导|指挥部)?(?:岸边|路口|门口|桥头|村口|现场|码头|河边)?(?:提前|先|再|帮忙|帮我们?|给我们?|替我们?)?(?:把|将|给|发|告知|告诉|提供|安排|预留|留|保留|推送|共享)(?:一?下|个|好|我们?|给我们?|大家|留)*[^,_不没替代让换取消打单]{0,6}${PLACE_OR_DETAIL}(?:在哪)?(?:发来|发过来|发|给|留|告知|告诉|报|共享|推|拉)?(?:给|到)?(?:我们?|一?下|过来|群里|来)*` +
    `|${PLACE_OR_DETAIL}(?:请|再|麻烦)?(?:发|给|告诉|报|推|共享)(?:给)?(?:一?个|我们?|一?下|过来|群里)+` +
    '|(?:请|麻烦|烦请|劳烦)[^,_不没替代我车]{0,9}(?:带路|带个路|指路|引路|接应|引导|开门|留门|留灯|做好接应)(?:一?下)?',
  'uy',
);
/** Hands that the sender asks for: "come, three of you, and help". */
const ASKED_PEOPLE = new RegExp(
  `(?<![\\s\\S])(?:快|再|请|速|赶紧|你们|能不能)*[来派](?:${NUMBER}|几)(?:个|名|位)?人?(?:来|过来)?(?:帮忙|帮帮|帮我|救人|救救|搭把手)`,
  'uy',
);
/** "I call you when I am there." */
const CALLS_THEN =
  /(?:到|到了|到达后?|到后|出发后?|出发了|路上)(?:再|就|给|跟|和|你们?(?=打)|您(?=打))*(?:喊|叫|打|联系|通知|告诉|说|报|找|汇报|报告|发)(?:给)?(?:你们?|您|大家|值班室|指挥部|电话|一声|一?下|消息|信息|定位|平安|说)+/uy;
const PERMITTED =
  /(?<![不没未无能会法算])(?:老婆|媳妇|老公|爱人|家属|家里人?|爸妈|父母|老师|辅导员|领导|单位|老板|公司|学校|厂里|队里|所里|主任|院里)(?:也|都|已|已经|刚|那边|给)*(?:批假|批准|同意|支持|准了?|批了?|答应|放行|点头|没意见|给假|准假)了?(?:我去|我来|的)?/uy;
/** "I am Wang of the second school." */
const INTRODUCED = new RegExp(
  `(?<![\\s\\S])(?:我们?|这里|这边)是(?![不没要想去来能肯说])\\p{Script=Han}{1,9}?(?:老师|医生|护士|师傅|队长?|组长?|部长|主任|志愿者|教练|[小老]\\p{Script=Han}|[${SURNAMES}]\\p{Script=Han}{0,2}|的)(?![\\s\\S])`,
  'uy',
);
/** An errand of one's own that fills the clause. */
const OWN_ERRAND =
  /(?<![\s\S])(?:我们?)?(?:还|就)?(?:得|要|需要?)?先(?:去|回|回去|把)?(?:送|接(?!到)|安顿|安置|收|关|锁|吃|洗|换|拿|取|穿|装|加(?![钱价班])|交接|交班|停|喂|放|哄|(?:\p{Script=Han}{1,4}?(?:送|安顿|安置|放|停|锁|关|收|交)))(?:(?![不没批假给让谁领导])[^,_]){0,10}(?![\s\S])/uy;
const OK_WITH_US = /(?<=我|我们|队|组|这边)(?:ok|okay)(?![a-z])/uy;
/** "Once (the boat) is moored." */
const DONE_FIRST =
  /(?:(?![不没水雨路风火假领老他她你如要])\p{Script=Han}{1,3}(?=[关锁扔丢撂拴赶圈喂收吃喝])|(?<![不没]))(?:靠|下|吃|洗|穿|换|送|收|关|锁|装|交|忙|弄|办|卸|喂|放|停|拿|取|睡|歇|备|加|充|扔|丢|撂|拴|赶|圈|扒|喝|盖|挂|挑)了(?:\p{Script=Han}{0,3}?)(?=就|马上|立|再(?!说))/uy;
/** "In the hospital's order": as ordered. */
const BY_THE_LIST = /按(?:照)?(?![不没理道说])\p{Script=Han}{1,4}?(?=派|出|来|去|集合|到|执行)/uy;
/** "We cannot send doctors." */
const SENDS_NOT =
  /(?:派|抽|腾|调|匀|凑|拨|挪|分|拿|找)不(?:出来?|了|到|动|成|过来|过去|上来?)(?:(?![不没吗么])\p{Script=Han}){0,5}(?![\s\S])/uy;
/** Got into the coach. */
const ON_BOARD =
  /(?:我们?|人)?(?:都|已经?|刚刚?|全)*(?:坐|登|搭|乘)?上了?(?:大巴|车|船|艇|高铁|动车|火车|轮渡|出租车?|地铁|公交|拖车|皮卡|卡车|货车|摩托)了?(?![\s\S])/uy;
/** Said or signed before: it no longer counts. */
const SAID_BEFORE =
  /(?:之前|先前|刚才|刚刚|早上|上午|昨晚|昨天|前面)(?:我们?)?(?:还|就|都|是)*(?:报了?名了?|报过名|答应了?|说了|填了|登记了|同意了?|应了|承诺了?)(?!的)|(?<![\s\S])(?:报了名|答应了|说好|登记了|定好)的(?![\s\S])/uy;
/** What ends today for sure, before "then". */
const FINISHED =
  /(?:散会|下课|放学|下班|交班|交完班|收工|散场|完事|备好|装好|弄好|收好|穿好|吃好|到齐|人齐|人到齐|集合好|加满|换好|放下|忙完|(?:我|先|我先)?把\p{Script=Han}{1,4}(?:关|收|锁|停|交代?|送|放|安顿|装|喂|哄睡))(?:了|好|后|掉)*(?=就|马上|立|后|再|来|去|过)/uy;
/** "Set out two hours ago." */
const AGO = new RegExp(
  `${NUMBER}(?:个?半?(?:小时|钟头)|分钟)[以之]?前(?:就|已经?)*(?=出发|走|动身|到|上路|启程)`,
  'uy',
);
/** "Those who can come are six." */
const THOSE_WHO = new RegExp(
  `(?:能|确定|报名|目前|现在|我们|还)*(?:动|在家|有证|醒着|在队|来|去|参加|到|出动|走|下水|上船|开船|会水|出队|报名|有空)的(?:有|共|一共|总共|来|去|到|是|就|目前|大概|也就)*(?=${NUMBER}|我|咱|俺|仨|俩)`,
  'uy',
);
/** "I go in his place." */
const INSTEAD_OF = /(?<=我)(?:顶替|替|代替|代|顶)(?!我|你们)\p{Script=Han}{1,3}?(?=[去来上]|参加)/uy;
/** In somebody else's car. */
const IN_A_CAR_OF = /(?:坐|搭|乘|蹭|跟)(?:\p{Script=Han}{1,4}?的|顺风|便|别人的?|朋友的?)[车船]/uy;
/** The child is looked after. */
const MINDED =
  /(?:我|她|他)?(?:妈|爸|爸妈|婆婆|公公|丈母娘|岳母|老婆|媳妇|老公|爱人|奶奶|爷爷|外婆|外公|邻居|家里人?|家人|妹妹|姐姐|我妹|我姐)(?:能|可以|会|在家?|来|过来|已经)*(?:帮忙?|给)?(?:我|我们)?(?:带|看|照看|照顾|接|管)(?:一下)?(?:着)?(?:孩子|小孩|娃|老人|家)(?:了|们)?/uy;
/** "I shall tell them". */
const TELLS_OURS = /(?<=我|我来|我去)(?:通知|转告|告诉|喊|叫)(?:他们|队员们?|大家|兄弟们|组员|司机)(?![\s\S])/uy;
/** Taken off the list at the sender's wish. */
const OFF_THE_LIST =
  /(?<![别不没要先])(?:请|就)?(?:把|将)(?:我|我们|我们队|我队|本队|我们组|咱们?)(?:队|组)?(?:的名字?|名字)?(?:从)?(?:名单|群|队伍|表|系统)?(?:里面?|上|中)?(?:给)?(?:划掉|划去|取消|去掉|删掉|删了|剔除|除名|排除|拿掉|撤下|剔掉|勾掉)/uy;

/** On the way to somewhere that is not us. */
const AWAY = /(?:正在?|在)?往(?:家|家里|单位|公司|学校|医院|老家|外地|店里|厂里)(?:那边)?(?:赶|走|开|跑)/uy;
/** Another scene or task than ours. */
const ANOTHER_SCENE =
  /(?:别的|另一?个|另外一?个?|其[他它]|隔壁)的?(?!人|队员)(?:(?![没不])\p{Script=Han}){0,2}?(?:村|镇|乡|县|市|省|点|现场|地方|灾区|任务|行动)/uy;
/** "In those days we …". */
const ONCE = /(?<![\s\S])以前(?=我|都|也|就|去|来|能|可以|行)/uy;

/** What is found by its form: a pattern, what it does in the clause, and what it costs. */
export const PATTERNS: readonly (readonly [RegExp, Kind | 'first' | 'sign', number])[] = [
  [FIRST, 'first', COST.first],
  [ERRAND, 'first', COST.first + 0.2],
  [UNABLE, 'reason', COST.unable],
  [PLACE, 'ready', COST.unable],
  [CALLED, 'other', COST.title],
  [TITLED, 'other', COST.title],
  [NAMED, 'other', COST.name],
  [MEASURED, 'ready', COST.figure],
  [STANDS_IN, 'move', COST.figure],
  [STAYS_OUT, 'no', COST.word],
  [OFF_THE_LIST, 'no', COST.word],
  [TOWARD, 'move', COST.title],
  [AWAY, 'reason', COST.word],
  [ANOTHER_SCENE, 'reason', COST.word - 0.1],
  [ONCE, 'past', COST.figure],
  [FROM, 'plain', COST.title],
  [IN_A_CAR_OF, 'plain', COST.word],
  [TAKEN_OFF, 'reason', COST.title],
  [RISEN, 'reason', COST.word],
  [OUR_TEAM, 'self', COST.word],
  [GEAR_COUNTED, 'ready', COST.figure],
  [ASKED_BESIDE, 'ready', COST.word],
  [ASKED_PEOPLE, 'odd', COST.word],
  [CALLS_THEN, 'ready', COST.word],
  [PERMITTED, 'ready', COST.word],
  [INTRODUCED, 'ready', COST.word],
  [OWN_ERRAND, 'first', COST.first],
  [OK_WITH_US, 'yes', COST.figure],
  [FINISHED, 'first', COST.word],
  [DONE_FIRST, 'first', COST.word],
  [BY_THE_LIST, 'plain', COST.word],
  [SENDS_NOT, 'no', COST.word],
  [ON_BOARD, 'yes', COST.word],
  [TELLS_OURS, 'ready', COST.word],
  [SAID_BEFORE, 'past', COST.word],
  [AGO, 'soon', COST.figure],
  [THOSE_WHO, 'plain', COST.word],
  [INSTEAD_OF, 'plain', COST.word],
  [MINDED, 'ready', COST.word],
  [SENDS, 'move', COST.word],
  [UNDER, 'soon', COST.word],
  [NO_WAIT, 'back', COST.word],
  [SIGNS, 'sign', COST.word],
  ...FORMS,
  ...PHRASES,
  ...CANNOTS,
  ...ASSENTS,
  ...AFFAIRS,
  ...SCENES,
  ...SPEECH,
  ...ASIDES,
  ...TAILS,
];
