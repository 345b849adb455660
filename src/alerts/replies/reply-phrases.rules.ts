import type { Kind } from './reply-lexicon.rules.js';
import { NUMBER } from './reply-numbers.rules.js';

/** Getting ready at this moment: nobody does so who stays. */
const GETTING_READY =
  /(?:正在|在|都在|已在|都已经?在|已经在|开始|正)(?:穿|换|装|备|收拾|整理|召集|集合|集结|喊|叫|加|拿|取|搬|抬|点|发动|热|倒|系|检查|清点|绑|挂|充|吊|放|套|拖|领)(?:着)?(?:上|好|下|一下)?(?:救生|雨|冲锋|橡皮|抽水|应急|抢险|救援)?(?:衣服?|裤子?|鞋|靴子?|装备|器材|设备|船|艇|舟|车|泵|队员|人员|人|兄弟们?|弟兄们?|发动机|油|工具|物资|背包|包|绳子?|绳索|货|名|挂机|马达|队伍)(?:出库|上车|下水|集合)?(?:了|呢|中|啦)?(?![\s\S])/uy;
/** Somebody near has died. */
const DIED =
  /(?:我)?(?:老(?:娘|爹|妈|爸|父亲?|母亲?|人|太太|爷子|丈人|伴|头)|奶奶|爷爷|外婆|外公|岳[父母]|父亲|母亲|爸爸?|妈妈?|爹|娘|婆婆|公公|丈母娘|大伯|叔叔|舅舅|姑姑)(?:刚刚?|昨天|昨晚|昨夜|今天|今早|上午|早上|前天|这?两天)?(?:没了|走了|去世了?|过世了?|走(?![\s\S])|不在了|病危|快不行了)(?![\s\S])/uy;
/** Until when: a limit, which hinders nobody. */
const UNTIL = new RegExp(
  `(?:天亮|${NUMBER}点半?|明早|明天早上|早上|上午|中午|明天一早)(?:左右|多钟?|钟)?(?:之|以)?前(?:我们?)?(?:就)?(?:必须|要|得)(?:赶?回|走|撤|上班|交班|归队|接班|送)[^,_]{0,6}(?![\\s\\S])`,
  'uy',
);
/** What is not asked, not feared, not spared: willing. */
const WILLING =
  /不(?:讲(?:条件|价钱?|客气)|怕(?:苦|累|死|危险|脏|黑|水|雨|远)*|困|累|嫌(?:远|累|脏|晚)?|堵(?!的话)|打折扣|睡觉?了|吃了|休息了|等了|耽搁|耽误|掉链子|拖后腿|退缩|后退|皱眉头?|眨眼|分白天黑夜|挑活?|讲究)(?![\s\S])/uy;
/** Was not seen or heard till now: said of the message. */
const MISSED =
  /(?:刚才?|刚刚|之前|先前|一直|手机)?(?:在|正在)?(?:开车|开会|吃饭|洗澡|睡觉?|上课|干活|忙|开着车|静音|充电|抢险|巡堤|值班|路上)?(?:着|了|时)?(?:没|未)(?:看到|看见|听到|听见|注意|留意|看手机|接到|来得及看|及时看到|及时回|顾上看|顾得上看|来得及回|带在身上)(?:手机|消息|短信|信息|电话|通知|铃声)?(?![\s\S])/uy;
/** A short thing to do before setting out. */
const SHORT_STOP =
  /(?:稍微?|先|再)?(?:休整|休息|整理|整顿|收拾|准备|补给|换装|吃口饭|喝口水|洗把脸|加个油|加油|歇|缓口气|喘口气|修整|集合|装备?|清点|换身?衣服|换衣服|擦把脸|垫垫肚子|吃点东西)(?:一下|下|一会儿?|片刻|完毕?|好|口气|\d+分钟)?(?=就|马上|立|再(?!说|看))/uy;
/** What is over for sure: daybreak, the shift, the ebb by the clock. */
const BY_DAYLIGHT = /天(?:一|刚|蒙蒙)?亮了?(?=就|马上|立|我们?就)/uy;
/** Lines of one's own in relief of the first. */
const RELIEVES =
  /(?:来|去|过来|过去)(?:接班|换班|接替|轮换|替换)(?:[一二三]队|他们|前面|前一批|上一批|第一批|兄弟们)?(?![人来])|接替(?:[一二三]队|他们|前面|前一批|上一批|第一批|兄弟们)/uy;
const OTHER_SHIFT = /(?:我们?)?(?:再|另)?(?:换|派)一?(?:批|拨|组|班)(?:队员|人|队伍|人马|弟兄)?(?=过来|过去|来|去|上|顶)/uy;
/** Come to know, seen, had: a verb that "to" only ends. */
const GOT_TO =
  /(?:拿|买|借(?!调)|找|遇|碰|想|做|领|取|搞|弄|捞|淹|漫|堵|排|轮|听|看|收|接|料|猜|谈|提|说|讲|考虑|联系|通知|落实|感受|喊|叫|问)到(?!位|场|岗|达|点|现|集|你|桥|村|镇)(?:了|过)?/uy;
/** A squad at the head that goes or is told of: the sender's own. */
const SQUAD_GOES =
  /(?<![\s\S])(?:已|已经|现|先|就)?(?:派|安排|调|让)?(?![他她别邻兄其友隔消武特交巡专听据好哪那各多一二三四五六七八九十市县省镇])(?:(?![不没我你他她别是说])\p{Script=Han}){2,5}?(?:小组|小队|分队|班组|梯队|突击队|组|队)(?=(?:的)?(?:现在|马上|立即|全部|都|现|也)*(?:已|正在|先行|随后|跟进|前往|赶|出发|出动|集合|在路上|集结|待命|到位|能|可以|可|过来|过去))/uy;
/** Told in the name of the leader. */
const IN_THE_NAME_OF = /(?:副队长?|队副|值班员?|文书|内勤|我)?(?:代|替)(?:队长|组长|\p{Script=Han}队)?(?:回复|答复|回|报告)(?=[_,:]|我?们?队?[能可去来])/uy;
/** They all go: of the number told before. */
const TOPIC_OF_WORK = /(?:安置点|现场|后勤|保障|搬运|转移|医疗|通信|救护|物资)(?:服务|工作|任务|的活儿?|这块|方面|类)(?=我|咱|本)/uy;
/** Cannot so much as help oneself. */
const SELF_HELPLESS =
  /(?:我们?|本队|这边|自己)?(?:也|都|也都)?(?:自顾不暇|自身难保|自身都难保|顾自己都?来不及|自己都顾不过来|自己都(?:保不住|顾不上|救不过来)|泥菩萨过河)/uy;

/** The road to somewhere. */
const ROAD_TO = /(?<![前在正赶直])(?:到|去|往|从)(?:(?![不没能可])\p{Script=Han}){1,6}?(?:那|这|的)(?:一)?(?:段|条)?路(?:上)?(?:也|都)?/uy;
/** The place of the alert said back. */
const ECHOED = /(?<![\s\S])(?![我能可去来行好明后])(?:(?![不没吗么])\p{Script=Han}){2,8}?(?:是吧|对吧|是不是|对不对)(?![\s\S])/uy;
/** "However high the water, …". */
const HOWEVER = /再(?:大|远|难|苦|累|晚|黑|危险|高|急|深|险|忙)的?(?:\p{Script=Han}{1,2}?)(?=也|都|我?们?也)/uy;
/** What the sender brings out or loads before setting out. */
const LOADS_FIRST =
  /(?:还|就)?(?:得|要|需要?)?先?(?:把|将)(?:(?![不没人])\p{Script=Han}){1,6}?(?:从(?:(?![不没])\p{Script=Han}){1,5}?)?(?:搬|抬|装|拖|吊|弄|推|卸|收|拿|取|运|开|背|扛|舀|清|扫|盖|绑|充)(?:出来?|上车|下来|下水|好|完|走|上去|到车上|进去|干净|满)(?:了|后)*(?=就|马上|立|再(?!说)|$)/uy;
/** Age, told as a reason. */
const OLD = new RegExp(`(?:我|今年|都|已经|快)*(?:[五六七八5678][十\\d]?[一二三四五六七八九]?)(?:多|几|来)?(?:岁)?(?:的人)?了(?=$|[,_])`, 'uy');
/** How many there are of what is needed: enough. */
const ENOUGH = /(?<![\s\S])(?:人手(?!都?齐)|人(?!都?齐)|车|船|油|装备|器材|物资|队员|设备)(?:都|也)?(?:够|足|够用|管够|齐|满的?|充足|到位)了?(?![\s\S])/uy;

/** "As soon as the shop is shut." */
const AS_SOON_AS =
  /(?<![\s\S])(?:我们?)?(?:(?![不没雨风水浪潮路领单批我])\p{Script=Han}){0,4}一(?:丢|放|撂|扔|收|停|关|交|换|脱|穿|拿|带|锁|下|散|装|吃|洗|喂|卸|靠|弄|忙|到齐|集合)(?:(?![不没])\p{Script=Han}){0,3}?(?=我?们?(?:就|马上|立))/uy;
const SEVERAL = /(?<=[抽凑带叫喊拉调匀拨])(?:出)?几(?:个|名|位)(?:人|队员|兄弟|弟兄|人手)?(?![吗呢])/uy;
/** Put down for it, or struck off: by the house. */
const COUNTS_IN =
  /(?<![别不莫甭没用要])(?:算上?|加上?|带上|叫上|喊上|报上|写上|记上)(?:我们?|咱们?|俺们?)(?:这)?(?:站|队|组|班|村|科|所|家|厂|店|社|院|连|排|个)(?:一个|个|一份)?(?![\s\S])/uy;
const COUNTS_OUT =
  /(?:别|不用|不要|莫|甭)(?:再)?(?:算上?|加上?|带上?|叫|喊|派|安排|通知|报|指望|考虑)(?:我们?|咱们?|俺们?)(?:这)?(?:站|队|组|班|村|科|所|家|厂|店|社|院|连|排|个)?(?:了)?(?![\s\S])/uy;
/** Without a car, so by some other way. */
const OTHER_WAY = /没(?:有)?(?:车|船|油|摩托|电动车)(?:就|那就|只能|只好)?(?=走路|步行|骑|坐|打车|搭|蹭|跑|走着|用)/uy;
const BORROWED = /(?:去|在|正在|找人)?借(?:条|辆|台|个)?(?:船|车|艇|泵|设备|装备|工具)(?=要|得|需|花|就|后|完)/uy;
/** Better others than us. */
const BETTER_OTHERS =
  /(?:还是|建议|你们|麻烦|请)(?:你们|还是)?(?:另)?(?:找|请|叫|派|联系)(?:一下|个|些)?(?:别|其他|其它|专业|内行|懂行|更?有经验|年轻|附近|就近|更?近|强|水性好|本地|当地)(?:\p{Script=Han}){0,5}?(?:吧|好了|去|为好|更好|比较好)?(?![\s\S])/uy;
const OTHERS_LATER = /(?<![\s\S])(?:第[二三四]批|后一批|后面的?|后续的?|其余的?|剩下的?|另外的?|另一批|下一批)(?:人|队员|几个|[\d一二两三四五六七八九十]+个?人?)?(?:还)?(?:要|得|在|需要?)?(?:等|缺|差|看|没|靠)(?:(?![我们])\p{Script=Han}){1,6}(?![\s\S])/uy;

/** Phrases by their form: what is done beside an answer, and what is said of it. */
export const PHRASES: readonly (readonly [RegExp, Kind | 'first' | 'sign', number])[] = [
  [GETTING_READY, 'yes', 0.7],
  [DIED, 'reason', 0.7],
  [UNTIL, 'ready', 0.7],
  [WILLING, 'ready', 0.8],
  [MISSED, 'receipt', 0.8],
  [SHORT_STOP, 'first', 0.9],
  [BY_DAYLIGHT, 'first', 0.8],
  [RELIEVES, 'move', 0.9],
  [OTHER_SHIFT, 'plain', 0.8],
  [GOT_TO, 'ready', 1.1],
  [SQUAD_GOES, 'self', 1.1],
  [IN_THE_NAME_OF, 'self', 0.9],
  [TOPIC_OF_WORK, 'thing', 0.8],
  [SELF_HELPLESS, 'no', 0.8],
  [ROAD_TO, 'thing', 1.2],
  [ECHOED, 'ready', 0.8],
  [HOWEVER, 'plain', 0.8],
  [LOADS_FIRST, 'first', 0.9],
  [OLD, 'reason', 0.8],
  [ENOUGH, 'ready', 0.8],
  [AS_SOON_AS, 'first', 0.9],
  [SEVERAL, 'plain', 0.5],
  [COUNTS_IN, 'yes', 0.8],
  [COUNTS_OUT, 'no', 0.8],
  [OTHER_WAY, 'plain', 0.8],
  [BORROWED, 'plain', 0.8],
  [BETTER_OTHERS, 'no', 0.85],
  [OTHERS_LATER, 'ready', 0.85],
];
