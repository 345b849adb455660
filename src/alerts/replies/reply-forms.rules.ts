import type { Kind } from './reply-lexicon.rules.js';
import { NUMBER } from './reply-numbers.rules.js';

/** Houses that speak of themselves: hospitals, firms, schools, units. */
const HOUSE =
  '科室|院系|学院|医院|卫生院|院区|院|科里?|系里|班级|寝室|宿舍|校区|学校|公司|集团|厂|店|酒店|宾馆|民宿|工地|项目部|车间|船队|支队|大队|中队|分队|战队|连队|社团|社区|协会|商会|学生会|分会|渔业社|合作社|中心|站|所|馆|局|超市|商店|门店|饭店|车行|驾校|物业|工会|妇联|团委|幼儿园|保安队|办公室|单位|基地|俱乐部|工作室|村|街道|班组|班';
/** "Our hospital", "this company": the sender's own side. */
const OUR_HOUSE = new RegExp(
  `(?:我们?|本|咱们?|俺们?)(?:(?![不没去来能可会想在是有别就也都要给的和跟已今明昨到队正刚现马立先自还又再这那个人全各每从离往把被让])\\p{Script=Han}){0,4}?(?:${HOUSE})(?:里|内|这边|方面|全体|上下)?(?!长|员|友|门口|附近|里面|有人|工|主|老|民|的人|事)`,
  'uy',
);
/** Somebody else's house: not the sender's answer. */
const OTHER_HOUSE = new RegExp(
  `(?<![\\s\\S])(?:(?:听说|好像)?(?:别的?|其[他它]|另外?一?[家个所]?|隔壁|邻|兄弟|他们|人家|友邻|对面)的?(?:(?![不没])\\p{Script=Han}){0,3}?(?:${HOUSE}|镇|乡|县|队)|[市县省镇区]里(?=派|来|能|可以|有|已|会|要))`,
  'uy',
);
/** A house at the head of the clause that can, agrees or sends. */
const HOUSE_CAN = new RegExp(
  `(?<![\\s\\S])(?:(?![不没我你他别邻隔另其兄哪各对])\\p{Script=Han}){0,6}?(?:${HOUSE})(?:里|内|这边|方面)?(?=(?:目前|现在|今晚|今天|马上|都|也|已|已经|正)*(?:可以|可|能|愿意|同意|出动?(?:${NUMBER}|一)|派出?(?:${NUMBER}|一)|抽|安排了|来(?:${NUMBER}|一)|去(?:${NUMBER}|一)|组织了?(?:${NUMBER}|一)|确定了?(?:${NUMBER}|一)|凑了?(?:${NUMBER}|一)))`,
  'uy',
);
/** Wards and trades before people or by themselves: no places to go to. */
const WARD =
  /(?:急诊|手术室?|重症|icu|麻醉|内|外|儿|骨|神内|神外|心内|呼吸|感染|妇产|产|检验|放射|药剂|护理|康复|中医|口腔|眼|皮肤|肿瘤|消化|肾|血透)(?:科|部|室|中心)?(?:的)?(?:护士|医生|医师|护师|技师|护理|大夫|主任)(?!不|没|说|叫|让|要|建议)/uy;
/** Forbidden by who may forbid it: a no. The family's word is not the sender's. */
const FORBIDDEN =
  /(?:(?:我们?)?(?:单位|公司|老板|老总|领导|上级|上面|主任|院长|院里|科里|科长|队里|队医|队长|教练|医生|大夫|卫生室|法务|总部|学校|学院|系里|老师|辅导员|导师|班主任|厂里|厂长|经理|店长|班长|排长|营长|营里|组长|科主任|护士长|上司|教官|导员|校方|部里|社里|站长|连里|连长|部队|海事|港监|渔政|边防|家长))(?:也|都|还是|今天|明确|坚决|死活|就是)*(?:不让|不准|不许|不允许|禁止|不放|不批准|不同意|没同意|不放人|不放行|不给假)(?:我们?|人|队)?(?:去|来|参加|出队|跟队|出海|出门|出校|下水|出动|前往|离岗|走|请假|外出|动|下床|下地|出院|熬夜|累着|劳累|干活|碰水|剧烈运动)(?:了|的)?(?![\s\S])/uy;
/** "Who says I stay?" */
const WHO_SAYS =
  /(?:谁说|哪个说|没说|谁讲)(?:了)?(?:我们?|咱们?|俺们?)?(?:不|没|[去来]不)(?:能)?(?:去|来|到|了|成|参加|管)(?:的|了|呀|啊|啦)*(?![\s\S])/uy;
/** "I take his place". */
const TAKES_PLACE =
  /(?<=我|俺|咱)(?:来|去|先)?(?:顶|替|换|补)(?:上|他|她|他们)+(?:的|的班|的位|的缺|的名额|位置|班|缺)?(?![\s\S])/uy;
/** "Wait until I have my coat on". */
const WAIT_FOR_ME =
  /(?<![\s\S])等我们?(?:先)?(?:穿|换|拿|收拾|洗|关|锁|停|取|背|套|披|带|装|扒|吃|加)(?:(?![假消通电领老问信看想查确雨水准批再人谁])\p{Script=Han}){0,6}(?![\s\S])/uy;
/** What is settled by the sender alone, before setting out. */
const SETTLES = /(?:安排|交代|收拾|准备|整理|布置|拾掇|捯饬|打点)(?:一下|下|好)(?=就|马上|立|再(?!说)|$)/uy;
/** What is brought along. */
const BRINGING =
  /(?:带|拿|背|扛|拉|载|驮|提|装|运|开|骑|推)(?:着|上|好|齐|了|(?<=[带扛背拿]))(?:(?![不没孩娃路个俩仨一二两三四五六七八九十\d妈爸老人病队兄弟问给你他她去来])\p{Script=Han}){1,4}?(?=过来|过去|来|去|出发|马上|走|到|赶|就)/uy;
/** No time to look at the telephone now: says nothing of coming. */
const BUSY_PHONE =
  /(?:接不了|接不到|接不上|看不了|回不了|听不了|打不了)(?:电话|信息|消息|短信|微信|手机|话)|(?:不方便|没法|不能|没空|无法|不便|没时间)(?:看|接|听|回|打|讲|说|通)(?:电话|信息|消息|短信|微信|手机|话|你|复)*/uy;
/** Told on to somebody, beside the sender's own answer. */
const TOLD_ON =
  /(?:请|麻烦|帮我|帮忙)?(?:转告|告诉|跟|和|向|给)(?:一下)?(?:领导|队长|队里|指挥部|值班室|大家|各位|组长|站长|前指|指挥长)(?:说|讲|报告|汇报)?(?:一声|一下)?(?![\s\S])/uy;
/** "See you at the dam." */
const MEETS =
  /(?<![再不没意])(?:(?:在|到|去|咱们?|我们?)*(?:水库|大坝|坝上|桥头|大桥|码头|渡口|路口|村口|村部|镇上|镇政府|操场|广场|学校|医院|门口|东门|西门|南门|北门|集合点|集结点|老地方|现场|前线|堤上|那里|那边|那儿|队部|仓库|库房|车站|高速口|收费站|体育馆|安置点|指挥部))+(?:门口)?(?:等你们?)?(?:见|碰头|汇合|会合|集合见|会师)(?:面)?(?:了|吧|啊)?(?![\s\S])/uy;
/** "See you in twenty minutes." */
const SEES_SOON =
  /(?<=(?:分钟|小时|钟头|[点半刻])(?:后|左右|以后|之后)?)(?:现场|桥头|集合点|码头|村口|路口|那边|镇上)?(?:见|碰头|汇合|会合)(?:面)?(?:了|吧|啊|哈)?(?![\s\S])/uy;
/** At work for somebody else, somewhere else. */
const AT_ANOTHER =
  /(?:已经?|正|还|都|全|一直)*在(?!路上|现场|队里|集合|这边等|途中|家)(?:(?![不没就能可去来我])\p{Script=Han}){1,8}?(?:执行任务|出任务|出警|抢险|抢修|救援|救人|搜救|支援|帮忙|保障|守堤|巡堤|值守|排涝|堵口|转移|转移群众|施工|干活|作业|送货|送单|跑车|打工|上课|读书|考试|培训|集训|开会|参会|比赛|拍戏|直播|巡诊|查房|手术|出诊)(?:呢|中|着)?(?!完|好|结束|了$)/uy;
/** A place by which one meets, though its name is a reason elsewhere. */
const AT_THE_GATE =
  /(?:医院|公司|学校|单位|机场|火车站|高铁站|派出所|卫生院|宾馆|酒店)(?:大?门口?|门前|旁边?|对面|楼下|附近|停车场|广场|大厅|急诊楼)?(?=集合|集结|碰头|汇合|会合|门口|报到|待命|等)|(?:医院|公司|学校|单位|机场|火车站|高铁站|派出所|卫生院|宾馆|酒店)(?:大?门口?|门前|旁边|对面|楼下|附近|停车场)/uy;
/** "How should I not?": asked of nobody. */
const HOW_NOT =
  /(?:哪能|怎能|怎么能|怎么会|岂能|哪会|怎么可能|哪有|怎么好意思|哪好意思|怎么忍心|咋能|咋会)(?:看着)?不(?:管|帮|救|上|动|理|到|出|顶|出力|响应|支持|去|来)(?:呢|啊|呀|的|的道理)?(?![\s\S])/uy;
const NOT_WITHOUT =
  /(?:怎么|咋|为啥|为什么|凭什么|能|敢)不(?:去|来|参加|到|上|出)(?:呢|啊|呀|嘛)?(?=[!,]|$)(?<=(?:怎么|咋|凭什么)不.{1,3})/uy;
/** Oaths of coming. */
const OATH =
  /(?:谁不[去来上]|不[去来上])(?:谁)?(?:就)?(?:是|不是|算)(?:个)?(?:孙子|小狗|乌龟|王八蛋?|怂包|孬种|男人|爷们|人|好汉|党员|兵|队员|救援人)/uy;
/** "My name is not Wang if I stay". */
const OATH_BY_NAME =
  /不[去来上](?:的话)?(?:我)?(?:就)?(?:不姓\p{Script=Han}|誓不为人|不叫\p{Script=Han}{1,3}|白活|白当兵|枉为人|对不起这身衣服|对不起党)/uy;
/** Whether one or the other, all the same. */
const NO_MATTER = /(?:不管|不论|无论|管他|管它)(?:你们|领导|单位|他们)?(\p{Script=Han})不\1(?=我|都|也|先|咱|$)/uy;
/** Leave was asked for and is granted. */
const ON_LEAVE =
  /(?:我)?(?:已经?|刚)?(?:跟|向|和|同)?(?:(?![不没去来])\p{Script=Han}){0,4}?(?:请好|请过|请了|请到|请下|请妥|批了|批好|准了)(?:半天|一天|两天|几天|三天)?假了?(?![\s\S])/uy;
/** Somebody takes the sender along. */
const TAKEN_ALONG =
  /(?:让|叫|喊|请|托)?(?:(?![不没我])\p{Script=Han}){0,4}?(?:开车|骑车|开船)?(?:带|送|载|捎|拉|接)(?:上|着)?(?:我|我们|俺|咱们?)(?:一起)?(?:过去|过来|去|来)(?:了|的)?(?![\s\S])/uy;
/** Good wishes. */
const WISHES =
  /(?:愿|祝|祝愿|但愿|希望)(?:你们|大家|一切|所有人|天下|各位|灾区|乡亲们?|村民)?(?:都|人人)?(?:平安|安好|顺利|无恙|没事|好运|早日脱险)(?:归来)?/uy;
/** Forbidden as a rule. */
const BY_RULE =
  /(?:不允许|不许|不准|不让)(?:我们?|人员|车辆|员工|队员)?(?:外派|出队|离岗|脱岗|外出|出海|出港|出车|出动|离开|跨区|请假|出省|出市)(?:了)?(?![\s\S])/uy;
/** Not going is worse than going. */
const UNEASY =
  /不[去来](?:我|俺)?(?:(?:心里|良心|这心里|自己)(?:上|头)?(?:过不去|不安|难安|难受|不踏实|不好受|放不下)|睡不着|吃不下饭?|坐不住|不放心|不甘心|会后悔|要后悔|后悔一辈子)/uy;
/** "Whatever happens". */
const ANYWAY =
  /(?:说啥|说什么|怎么|咋|再怎么|再咋|怎么样|咋样|无论如何|不管怎样|不管咋样|不管怎么说|不管咋说)(?:也|都)(?=得|要|会|必|能|去|来|到)/uy;
/** Who is in the sender's care is brought to somebody. */
const IN_GOOD_HANDS =
  /(?:我|先|得|已经?)*(?:把)?(?:孩子|小孩|娃娃?|宝宝|老人|老娘|老爹|老妈|爸妈|父母|老婆孩子|家里人|家人|狗|猫|羊|牛|鸡鸭)(?:们|俩)?(?:已经?|先|都)*(?:送|放|托|交|丢|留|寄|搬|接|转|安顿|安置|托付|扔|抱|背)(?:给|到|去|在|回|了)*(?:(?![不没来就马])\p{Script=Han}){0,6}?(?:那里|那儿|那|家里?|手里|身边|楼上|高处)?(?:去)?(?:了|好|后|完)*(?=就|马上|立|再|才|然后|$)/uy;
/** What one rides in or on. */
const RIDES =
  /(?:骑|开|坐|乘|搭|蹬|划|驾|撑)(?:着|上|个|辆|台|条|了)?(?:(?![不没会始完好来去过到给你我什啥哪几])\p{Script=Han}){1,4}?(?=过来|过去|来|去|赶|到|出发|往)/uy;
/** There may be more of them. */
const MAYBE_MORE =
  /(?:可能|应该|估计|也许|说不定|后面|晚点|稍后|待会|回头|明天)(?:还|再)(?:会|能)?(?:有|来|加|增|凑|到|补)(?:人|几个|一些|一批|一两个|[一二两三四五六七八九十\d]+个?人?|的)*(?:来|到)?(?![\s\S])/uy;
/** "Anything on the bank will do." */
const ANY_WORK =
  /(?:\p{Script=Han}{1,4}的?)?(?:活儿?|事儿?|工作|啥|什么|杂活|脏活累活|重活)(?:我|我们)?(?:都|也)(?:行|可以|能干|能做|会|干|做|肯干|愿意干|不怕|没问题)(?![\s\S])/uy;
/** Gone to another place in need. */
const GONE_TO =
  /(?:已经?|都|全|全部|正|还)*(?:赴|去|到|前往|支援|派往|派去|增援|在)(?:了)?(?:邻|别的?|其他|其它|另外?一?个?|外|隔壁|兄弟|下游|上游)(?:(?![不没能可就])\p{Script=Han}){1,7}?(?:支援|帮忙|救援|抢险|增援)?(?:去|中)?了?(?![\s\S])/uy;
/** Somebody else is named for it. */
const NAMES_OTHERS =
  /(?:请|建议|你们|可以|还是|要不|不如|直接)*(?:联系|找|叫|问|喊|派|调|请)(?:一下|下)?(?:消防|蓝天|公羊|红会|红十字|武警|部队|解放军|专业|附近|就近|近的|近点的|兄弟|市里|县里|镇里|民间|应急局|应急办|公安|交警|年轻)(?:(?!我|能)\p{Script=Han}){0,6}(?:吧|看看|去)?(?![\s\S])/uy;
/** Asked, and granted. */
const GRANTED =
  /(?:刚|已经?|都)*(?:问|请示|跟|和)(?:过|了)*(?:我们?的?)?(?:领导|老板|单位|老婆|媳妇|老公|家里|队长|主任|爸妈|老师|经理)(?:说|请示|商量|打招呼|问)?(?:过|了)*(?:他|她|他们|那边)?(?:都|也|已经?)*(?:同意|批准?|答应|支持|说行|说可以|没意见|说好|放行)了?/uy;
/** What is put on or packed. */
const MADE_READY =
  /(?:我|我们)?的?(?:衣服|雨衣|东西|装备|车|车子|包|鞋|鞋子|器材|家伙|行李|工具|油|水|干粮)(?:都|也|已经?|全)*(?:换|装|收|带|备|停|穿|背|拿|加|热|打|整|准备|收拾|捆|绑|系|套|披)(?:好|齐|上|完|满|妥)了?|(?:车|船|艇|司机|油|人|装备|钥匙)(?:都|也|已经?)*(?:借|找|租|搞|弄|调|要|凑|喊|叫)(?:到|好|齐)了/uy;
/** Squads by their number. */
const SQUADS = new RegExp(`${NUMBER}个(?:小组|小队|分队|中队|班组|班|组|梯队|批次)`, 'uy');
/** Of the rest one shall see. */
const REST_LATER =
  /(?:后续|后面|其余|其他|剩下|剩余|晚点|再多|更多|另外)(?:的|人|队员|人员)*(?:看情况|视情况|再看|待定|再说|再定|看需要|需要|再派|再补|再报|再联系|陆续|随后|再来|跟上|补上)+(?:再派|再说|再定|再补|再来|跟上|到)?(?![\s\S])/uy;
/** A duty handed over. */
const SWAPPED =
  /(?:值班|班|课|夜班|门诊|手术|单子|活)?(?:的)?(?:都|已经?|也)*(?:换|让|交|推|托|转)给(?:别人|同事|人家|其他人|室友|徒弟|\p{Script=Han}{1,3}?)了/uy;
/** Seated in it. */
const SEATED =
  /(?:我们?|人|都|已经?|正|就)*(?:坐|在|等)(?:在)?(?:车|船|大巴|艇)(?:里|上)(?:了|等着|坐好了?)(?![\s\S])/uy;
/** The family will not have it: no answer of the sender's. */
const KIN_REFUSES =
  /(?:我)?(?:老婆|媳妇|老公|爱人|对象|女朋友|男朋友|家里人?|家人|爸妈|父母|爸爸?|妈妈?|丈母娘|岳母|岳父|婆婆|公公|孩子|儿子|女儿|老人|老伴)(?:也|都|死活|就是|坚决|还)*(?:不|没)(?:同意|答应|愿意|肯|让|准|支持|放)(?:我)?(?:去|来)?/uy;
/** "Leave it to us." */
const WE_TAKE_IT =
  /(?<![不没别])(?:包在(?:我们?|兄弟们?|咱们?|俺们?)身上|交给(?:我们?|咱们?|俺们?|兄弟们?)(?:吧|了|好了|就行)?|(?:这)?(?:任务|活儿?|单|趟|个)?(?:我们?|咱们?|俺们?|我队|本队)(?:接|接下|接单|领|包|干|办)(?:了|下了|吧)?)(?![\s\S])/uy;
/** Stuck somewhere. */
const STUCK =
  /(?:被)?(?:停|堵|卡|困|趴|坏|抛锚|撂|陷|搁|扔|耽误|耽搁|押|隔)在(?:了)?(?:(?![我你])\p{Script=Han}){1,6}?(?:上|里|中|下|口|路)?(?:了|呢)?(?![\s\S])/uy;
/** From where one comes, though its name is a reason elsewhere. */
const SETS_OUT_FROM =
  /(?:家里?|单位|公司|机场|学校|医院|店里|工地|厂里|码头|车站|县里|市里|城里|镇上|老家)(?=过去|过来|赶过|出发|开过|走过|打车|开车|骑车)/uy;
/** Wards side by side. */
const WARDS =
  /(?:急诊|手术室?|重症|icu|麻醉|内科|外科|儿科|骨科|骨伤科|产科|护理部?|检验科?|放射科?|中医科?|康复科?)(?=[+和、与及共出派来抽调]|[\d一二两三四五六七八九十])/uy;
/** A vehicle by its use, behind what sends it. */
const SOME_VEHICLE =
  /(?<=派|出动|开|调|带|用)(?:(?![不没来去过给])\p{Script=Han}){1,3}(?:车|船|艇|舟|泵)(?![\d一二两三四])/uy;
/** Put down or picked up on the way out. */
const DROPS_ALL =
  /(?:扔下|丢下|放下|撂下|搁下|背上|拿上|拎上|披上|套上|穿上|扛上|拎起|背起|拿起|扛起|带齐|叫上|喊上)(?:(?![不没来去就])\p{Script=Han}){1,5}?(?=就|马上|立)/uy;
/** Numbers and names follow. */
const FOLLOWS =
  /(?:具体)?(?:人数|名单|名字|人员|详情|车号|车牌|清单|姓名|情况)(?:我|我们)?(?:稍后|晚点|等会儿?|等下|随后|待会儿?|一会儿?|马上|回头)(?:再)?(?:报|发|给|告诉|统计|补|传|上报)(?:给)?(?:上|来|过来|过去|群里|你们?|您)*(?![\s\S])/uy;
/** Past a toll, a tunnel, a village on the way. */
const PASSED_BY =
  /(?:我们?|车)?(?:已经?|刚刚?|才)(?:过了?|下了?|上了?|出了?|进了?)(?:\p{Script=Han}{0,4}?(?:收费站|隧道|大?桥|江|河|高速|国道|省道|县界|县城|市区|镇|卡口|服务区|路口))(?:了)?(?![\s\S])/uy;
/** "On the road." */
const ON_THE_ROAD = /(?<![\s\S])(?:都|已经?|还)?路上(?:了|呢|啦)*(?![\s\S])/uy;
/** "Bringing the welder." */
const BRINGS_IT =
  /(?<![\s\S])(?:还|也|再|会)?(?:带|拿|背|扛)(?:着|上|了|齐)?(?:(?![不没孩娃路我你他她老人队个一两来去到走过赶出就马兄])\p{Script=Han}){1,5}(?![\s\S])/uy;
/** Sent by the sender's own house. */
const ASSIGNED =
  /(?:学校|单位|公司|领导|队里|村里|院里|科里|主任|队长|老板|厂里|镇里|街道|社区|上级|组织)(?:上)?(?:已经?|刚|也)*(?:安排|派|指派|委派|点名|让|叫|要)(?:了)?(?:我们?|俺|咱们?|我队)(?:带队|带人|带车|出)?(?:过来|过去|前往|去|来|参加|支援|报到|到场|带队)(?:了|的)?(?![\s\S])/uy;
/** A word to somebody before setting out. */
const WORD_FIRST =
  /(?:我)?(?:先)?(?:去)?(?:跟|和|给|向|同)(?:(?![不没])\p{Script=Han}){1,4}?(?:说|讲|打|交代|招呼|留)(?:一声|声|个招呼|声招呼|一下|个话|个电话)(?=就|马上|立|再(?!说)|然后)/uy;
/** Fed, fetched in, put to bed. */
const FED =
  /(?:把|给|等)?(?:孩子|娃娃?|宝宝|牛|猪|羊|鸡|鸭|鱼|狗|猫|老人|老娘|牲口)(?:都|也)?(?:喂|赶|关|牵|哄|洗|抱|送|圈|安顿)(?:完|好|饱|睡着?|回来|回去|进圈|进屋)?(?:奶|饭|药|澡|食)?了?(?=就|马上|立|再(?!说))/uy;
/** "Let it rain or not, we come." */
const EITHER_HOLDS =
  /(?:雨|路|水|风|假|领导|单位|桥|船)?([停通退批给让下刮管大涨有])不\1(?=(?:我们?|咱们?)?(?:都|也)(?:去|来|上|到|走|出))/uy;
/** Once the meal, the shift, the lesson is over. */
const AFTER_THE_MEAL =
  /(?:吃?完?)?(?:早|中|午|晚|夜)?(?:饭|餐|班|课|会|席)(?:[以之])?后(?=就|再(?!说|看|定)|马上|立|直接|过来|过去|来|去|赶|出发)/uy;
/** The car is at the garage. */
const AT_THE_GARAGE =
  /(?:送|拿|拖|开|拉)(?:去|到|进)?(?:厂里?|店里?|4s店)?(?:修理?|保养|检修|年检|维修|大修)(?:厂)?(?:去)?(?:了|着)?/uy;
/** Been there before, or gone already: who, and whether again, is not said. */
const BEEN =
  /(?<![\s\S])(?:我们?|都|已经?|早就|上次|前面)*(?:(?:去|来|参加|支援)过(?:了|的|一次|一趟|两次|几次)?|(?:都|全)[走去]了)(?![\s\S])/uy;
/** "Once my relief comes". */
const WAITS_FOR_OTHERS =
  /(?<![\s\S])(?:还在?|要|得|在)?等(?!着|待|我们?(?:来|到|回|上|过))(?:(?![们])\p{Script=Han}){1,6}(?:人来|来人|回来|醒|批|拍板|发话|到齐|接班|换班)(?:再说|再定)?(?![\s\S])/uy;
/** The shift, the fishing, the harvest: what the sender lays aside. */
const LAID_ASIDE =
  /(?:(?:地里|田里|店里|厂里|手里|手头|家里)(?:的)?(?:活|生意|事|工作|东西)?|稻子|谷子|鱼塘|生意|活|单子|摊子|店)(?:都|也|先|就)*(?:不管(?:它|他)?|不要|放一放|放下|扔下|丢下|撂下|停了?|关了?|收了?|不做|不干|搁一边|放一边|往后放|往后推|再说|交给别人)了?(?![\s\S])/uy;

/** "The lorry is on its way": the fleet's yes. */
const UNDER_WAY =
  /(?<![\s\S])(?:我们的?|本队|队里的?)?(?:救护|大巴|中巴|货|卡|拖|平板|挖|铲|渣土|冷链|越野|指挥|消防|急救|运输|抢险)?(?:供水|发电|照明|抢修|工程|排涝|送餐|餐|餐车)?(?:车辆?|车队|船只?|艇|舟|挖机|大巴|皮卡|人员?|队伍|人车|人和车|救护车)(?:[\d一二两三四五六七八九十]+[台辆条艘])?(?:都|已经?|刚刚?|现在|均)*(?:从\p{Script=Han}{1,6}开出来?|已派出?|派出|已调度|调度好?|已安排|已出发|已发车|发车|已上路|上路|已开出|开出|在路上|已装好出发)(?:了|咯)?(?![\s\S])/uy;
/** "Put our village down for ten." */
const PUTS_DOWN =
  /(?<![不别])(?:请)?(?:帮|给|替)(?:我们?|咱们?|俺们?)(?:队|村|班|组|科|院|家|厂|店|社|寝室)?(?:登记|报名|报|记|写|填)(?:上|一下|好|个)?(?!销|备|批|警|告)/uy;
/** Sent off to somewhere else. */
const SENT_OFF =
  /(?:都|全|已经?|早就|全部)*(?:被)?(?:派|调|拉|抽|叫)(?:到|去|往)(?:(?![不没我你])\p{Script=Han}){1,6}?(?:上|里|那边)?(?:去)?了(?![\s\S])/uy;
/** Seats, tons and power of what comes along. */
const RATED = new RegExp(`${NUMBER}(?:座|吨|方|马力|匹|kw|千瓦|米长|寸|升)(?:的|级)?`, 'uy');
/** A squad at the head, before its number. */
const SQUAD_OF = new RegExp(
  `(?<![\\s\\S])(?:(?![不没我你他她别邻隔其兄])\\p{Script=Han}){1,6}(?:班|组|队|连|(?<!安)排|科|系|部|院|所|站|村|厂|店|社|协会)(?=${NUMBER}(?:个|名|位|人))`,
  'uy',
);
/** Reached a place of ours. */
const ARRIVED =
  /(?:我们?|人|车|船)?(?:都|已经?|刚刚?|现在)*(?:到|进|过|下)(?:了)?(?!家|单位|公司|学校|医院|厂|店)(?:\p{Script=Han}{0,2}?(?:镇上?|村口?|桥头|路口|卡口|码头|收费站|服务区|集合点|集结点|指挥部|高速口?|队部|堤上|坝上|现场|门口|楼下|基地|隧道口?))了(?![\s\S])/uy;

/** What is found by its form, beside the patterns of times, people and ways: a pattern, what it does, and what it costs. */
export const FORMS: readonly (readonly [RegExp, Kind | 'first' | 'sign', number])[] = [
  [OUR_HOUSE, 'self', 1.2],
  [HOUSE_CAN, 'ready', 1.2],
  [WARD, 'ready', 1],
  [FORBIDDEN, 'no', 1],
  [BUSY_PHONE, 'later', 0.9],
  [TOLD_ON, 'courtesy', 1],
  [MEETS, 'yes', 1],
  [SEES_SOON, 'yes', 0.9],
  [AT_ANOTHER, 'reason', 1.1],
  [AT_THE_GATE, 'ready', 0.95],
  [HOW_NOT, 'ready', 1],
  [NOT_WITHOUT, 'yes', 0.8],
  [OATH, 'yes', 0.8],
  [UNEASY, 'yes', 0.8],
  [OATH_BY_NAME, 'yes', 0.8],
  [NO_MATTER, 'plain', 0.8],
  [ON_LEAVE, 'ready', 0.9],
  [TAKEN_ALONG, 'yes', 1.1],
  [WISHES, 'courtesy', 0.9],
  [BY_RULE, 'no', 0.9],
  [ANYWAY, 'plain', 0.8],
  [BEEN, 'reason', 0.8],
  [OTHER_HOUSE, 'other', 0.85],
  [WAITS_FOR_OTHERS, 'maybe', 0.9],
  [EITHER_HOLDS, 'plain', 0.8],
  [AFTER_THE_MEAL, 'first', 0.9],
  [AT_THE_GARAGE, 'reason', 1],
  [ASSIGNED, 'yes', 0.9],
  [WORD_FIRST, 'first', 0.9],
  [FED, 'first', 0.9],
  [BRINGS_IT, 'ready', 1.6],
  [ON_THE_ROAD, 'yes', 0.9],
  [SQUADS, 'ready', 0.4],
  [FOLLOWS, 'ready', 0.9],
  [PASSED_BY, 'yes', 0.9],
  [KIN_REFUSES, 'reason', 0.9],
  [WE_TAKE_IT, 'yes', 0.9],
  [STUCK, 'reason', 1],
  [SETS_OUT_FROM, 'ready', 0.9],
  [WARDS, 'ready', 0.9],
  [SOME_VEHICLE, 'ready', 1.1],
  [DROPS_ALL, 'first', 0.9],
  [GRANTED, 'ready', 1],
  [MADE_READY, 'ready', 1],
  [REST_LATER, 'ready', 0.9],
  [SWAPPED, 'ready', 1],
  [SEATED, 'yes', 0.9],
  [IN_GOOD_HANDS, 'first', 1],
  [RIDES, 'plain', 1.3],
  [MAYBE_MORE, 'ready', 0.9],
  [ANY_WORK, 'ready', 0.9],
  [GONE_TO, 'reason', 1],
  [NAMES_OTHERS, 'courtesy', 0.99],
  [LAID_ASIDE, 'ready', 1],
  [UNDER_WAY, 'yes', 0.9],
  [WHO_SAYS, 'ready', 0.9],
  [TAKES_PLACE, 'yes', 0.9],
  [WAIT_FOR_ME, 'yes', 0.9],
  [SETTLES, 'first', 0.9],
  [BRINGING, 'ready', 1],
  [PUTS_DOWN, 'yes', 0.9],
  [SENT_OFF, 'reason', 1],
  [RATED, 'ready', 0.5],
  [SQUAD_OF, 'self', 1.2],
  [ARRIVED, 'yes', 1],
];
