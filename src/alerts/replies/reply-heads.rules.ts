import { SURNAMES } from './reply-signs.rules.js';
import { NUMBER, NUMBERS, readNumber } from './reply-numbers.rules.js';

/** Trades and kinds of helpers that are counted. */
const TRADE =
  '(?:司机|驾驶员|舟手|水手|船手|艇手|舵手|操作手|机手|飞手|绳手|队医|医生|大夫|护士|医护|护工|急救员|救护员|救援员|救护师|潜水员|教练|装卸工?|搬运工?|电工|焊工|木工|厨师|厨子|炊事员|翻译|教师|老师|体育老师|学生|大学生|民兵|党员|民警|辅警|退伍兵|老兵|技工|师傅|技术员|维修工|修理工|工人|民工|伙计|村民?干部|干部|保安|心理咨询师|咨询师|社工|通信员|通讯员|联络员|安全员|观察员|领队|组长|徒弟|徒工|帮手|壮劳力|劳力|劳动力|后生|小伙子?|小伙伴|年轻人|棒小伙|姑娘|女生|男生|女的|男的|女同志|男同志|大人|成人|成年人|青壮年|青壮|男人|女人|大男人|爷们|老爷们|汉子|壮汉|大汉|男队员|女队员|新队员|老队员|队员|队友|兄弟|弟兄|哥们|姐妹|志愿者|义工|伙伴|同事|朋友|亲戚|邻居|家属|战友|同学|骨干|人手|船老大|老大|船长|船夫|渔民|猎人|猎户|牧民|向导|护林员|老表|老乡|儿子|女儿|侄子|侄儿|外甥|庄稼汉|木匠|瓦匠|铁匠|壮小伙|好手|把式|老把式|会水的|懂水性的)';
/** How many people a clause promises, the sender counted in. `total` when the words say that it is the whole number. */
export interface SaidHeads {
  count: number;
  total: boolean;
  /** Whether the words promise by themselves (bring, send), and not only name a number. */
  promises: boolean;
  /** One sort of people beside others: "two drivers", "and another two". */
  sort: boolean;
  at: number;
  end: number;
}

/** Who is counted by the ending of the word: "two shore hands". */
const HAND = `(?!伤|病|患|老人|孩|小孩|婴|孕|群众|灾民|村民|居民|游客|被|家属|领导|小时|月)\\p{Script=Han}{1,4}?(?:员|手|工|师|生|长|兵|夫|佬|匠|友|导|勤|士|医|护|警|叔|哥|弟|姐|妹|侄|舅|汉|丁|仔|伢子|娃子|老乡)(?=$|[^\\p{Script=Han}]|[一二两三四五六七八九十和跟与加都也全能可会去来到马随已愿在参报待有就]|现在|正|准备)`;
const PEOPLE = `(?<trade>(?:个|名|位)(?:\\p{Script=Han}{1,3}的(?=$|[,_和加另一二两三四五六七八九十\\d])|\\p{Script=Han}{0,2}?${TRADE}(?:的)?|${HAND}))|${
  /(?:个人|人|号人|条汉子|个(?:\p{Script=Han}{0,2}(?:小伙子?|汉子|男的|女的|男人|民兵|党员|教练|司机|潜水员|老手|新人|劳力|年轻人))|[名位个](?:队员|志愿者|兄弟|同志|骨干|队友|同事|人员|救援队员|医护|医生|护士|潜水员|急救员)|名|位|口子(?=人|都|一起|全|来|去|$|,)|口人|口(?=都|人|一起|全|$)|👤|(?:兄弟|姐妹|弟兄)(?=一起|都|来|去|能|可以|马上|$)|个(?:队员|队友|兄弟|弟兄|志愿者|同志|伙伴|同伴|成员|帮手|同事|朋友|医生|护士|骨干|小伙)|个(?=$|[_过去来到能可一马,了吧的啊呀和带肯先随立在已出赶正准全报在做搞负当管干会帮留守跟愿手是刚(吧]|其[他余]|都(?!不|没|走不|来不|去不)|不是[\d一二两三四五六七八九十]|[\d一二两三四五六七八九十]+(?:点|:\d)|左右|上下|\p{Script=Han}{1,4}?[组队班员手师工护医][\d一二两三四五六七八九十])|个(?<=(?:我们队?|咱们?队?|俺们|[我本]队|队里|阿拉)(?:现在|这边|就|只|有|还|能|先|来|去|到|这)*[\d一二两三四五六七八九十]+个)(?!小时|钟|月|小?[组队班]|小?分队|村|镇|乡|县|点|地方|任务|单位|科室|部门|问题|条件|要求|人))/u
    .source
}`;
const NOT_OURS =
  /(?:其中|伤员|伤者|被困|被埋|困|救出|救起|失踪|需要|还需|缺|差|(?<![至多])少|群众|老人|遇难|转移|家属|含(?!我|本人|自己)|其中有?|应到|应有|编制|满编|报了|原定|派给|请派|再派|增派|等|找|换(?!班|岗|下|好)|坐(?!了)|载(?!了)|容|睡|能装|可装|能拉|可拉|拉得下|装得下|不是|不止|病人|村民(?!兵)|游客|学生(?!志愿|会|社团|队))[了着有有]?[^\d一二两三四五六七八九十]{0,3}$/;
const A_PERSON = `(?:大(?!家|概|约|队|部|巴|船|车|雨|水|人|伙|坝|堤|桥|门|货|卡|学|夫|叔|伯|哥|姐)\\p{Script=Han}(?=$|[、,和跟与一都马两三四去来])|[小老阿](?!时|婆|公|家|人|地|板|妈|爸)\\p{Script=Han}|[${SURNAMES}](?!子|女)(?:队长?|哥|姐|总|工|医生|师傅)|[${SURNAMES}](?!子|女)\\p{Script=Han}{1,2}|(?:我们?)?(?:村|队|店|班|寝室|科)?的?(?:研究生|实习生|师兄|师姐|师弟|师妹|表姐|堂姐|嫂子|外甥|同桌|同学|工友|战友|老乡|闺蜜|对象|女朋友|男朋友|学弟|学妹|室友|同伴|伙计|学徒|堂哥|堂弟|表叔|侄子|舅舅|叔叔|小舅子|姐夫|妹夫|女婿|伙伴|哥们|兄弟|邻居)|我(?:弟|哥|儿子|徒弟|同事|老婆|老公|媳妇)|副队长?|徒弟|同事|朋友|老婆|老公|媳妇|爱人|儿子|女儿|弟弟|哥哥|表弟|表哥|搭档|司机|医生|护士|队友)`;
const WITH_ME = /(?:包括我|含我|连我|加我|加上我|算我|算上我|连同我|我在内|本人在内)/;
const BESIDES_ME = /(?:除了?我|除我|不算我|不含我|不包括我|我之外|我以外)/;
const WHOLE = /(?:一共|总共|共计|合计|共|全队|全员)(?:来|去|有|是|能来|能去|能到|出动)?$/;
const BRINGS =
  /(?:带着?|带上|带了|带来|带过来|领着?|叫上了?|喊上了?|拉上|约了?|捎上?|带领|率领|再来|再叫|多带|多来|另外|还有|另有)(?:另外|其他|村里的?|队里的?|厂里的?|店里的?|班里的?|家里的?|公司的?|学校的?|单位的?|隔壁的?|邻居|寝室的?|我们?村的?)?$/;
/** "Abin and I bring five." */
const WITH_ANOTHER = new RegExp(`我[和跟与同](?:${A_PERSON})(?:一起|一块)?(?:带着?|带上|带了|领着?|叫上|喊上)$`, 'u');
const LEADS = /(?:带队|率队|带一队)$/;
const SENDS = /(?:出动|派出|派|安排|组织|抽调|集结|能来|能去|能到|可以来|可以去|能出|可出|可以出|能派|可派|来|去|到)$/;
const OURS = /(?:我们|咱们?|我们队|我队|本队|就|只有|只能来?|只|最多|至少|现有|有|这边|目前|先)$/;

const COUNTED = new RegExp(`(?<number>${NUMBERS})(?:来|多|几|余)?(?<unit>${PEOPLE})`, 'gu');

/** The people of ours that a clause names, each with its number; none when it names none, or none of ours. */
export function peopleIn(clause: string): SaidHeads[] {
  const found = counted(clause);
  const other =
    form(clause) ??
    summed(clause) ??
    perVehicle(clause) ??
    threeOfUs(clause) ??
    pairs(clause) ??
    listed(clause) ??
    named(clause) ??
    andMe(clause) ??
    alone(clause);
  return other ? [...found, other] : found;
}

/** Asked first: most clauses name no number, and looking for one with its noun is slow. */
const HAS_NUMBER = /[\d零〇一二两俩仨三四五六七八九十百壹贰叁肆伍陆柒捌玖拾佰]/;

function counted(clause: string): SaidHeads[] {
  const found: SaidHeads[] = [];
  if (!HAS_NUMBER.test(clause)) return found;
  for (const match of clause.matchAll(COUNTED)) {
    const [at, end] = [match.index, match.index + match[0].length];
    const [before, after] = [clause.slice(0, at), clause.slice(end)];
    const said = readNumber(match.groups!.number!);
    if (!said || !Number.isInteger(said.low) || /[几第]$/.test(before)) continue;
    if (NOT_OURS.test(before) || (/个$/.test(match[0]) && /[县镇乡市省]里?[头上]?有$/.test(before))) continue;
    if (KIT_HAS.test(before) && /\d个|\p{Script=Han}个/u.test(match[0]) && !/人/.test(match[0])) continue;
    const sort = match.groups!.trade !== undefined || ANOTHER.test(before) || LABELLED.test(before);
    found.push({ ...peopleFor(said.low, { before, after, clause }), sort, at, end });
  }
  return found;
}

/** "Cylinders: four": kit, and nobody. */
const KIT_HAS =
  /(?:气瓶|氧气瓶|绳索|绳子|救生衣|救生圈|头灯|手电|灯|泵|担架|帐篷|油桶|水桶|沙袋|铁锹|头盔|电台|对讲机|睡袋|面罩|无人机|油锯)(?:还|也|就|只|一共|总共|大概)*(?:有|剩|带了?|共|:)?$/u;
/** "And another two": more of the same, the sender among the first ones. */
const ANOTHER = /(?:[\d一二两三四五六七八九十]\p{Script=Han}{1,6}|^)(?:外加|另外|再加上?|另有|还有)$/u;

/** "Nurses: 3 people". */
const LABELLED = new RegExp(
  `(?:^|[,、和_:人名个位\\d])(?:[a-z]{2,4})?\\p{Script=Han}{0,3}?(?:${TRADE}|医疗|救援|后勤|保障|水上|岸上|机动|通信|舟艇|\\p{Script=Han}{1,2}(?:[员手工师生兵医护]|人员)|\\p{Script=Han}{2,3}[组队班科])(?:里|来|有|出|能来|可出)?:?$`,
  'u',
);

type Context = { before: string; after: string; clause: string };

function peopleFor(
  number: number,
  { before, after, clause }: Context,
): Pick<SaidHeads, 'count' | 'total' | 'promises'> {
  if (BESIDES_ME.test(clause)) return { count: number + 1, total: true, promises: true };
  if (/^(?:加|加上|和|跟|\+)我(?:自己|一个|1个)?(?![们])/.test(after))
    return { count: number + 1, total: false, promises: true };
  if (WITH_ME.test(clause) || WHOLE.test(before)) return { count: number, total: true, promises: WITH_ME.test(clause) };
  if (LEADS.test(before)) return { count: number, total: false, promises: true };
  if (
    (BRINGS.test(before) && !ANOTHER.test(before)) ||
    /我(?:和|跟|与|同|加上?|还有|带着?)(?:另外|其他|其余|别的|那)?$|^(?:另外|其余)$(?!)/.test(before)
  )
    return { count: number + (WITH_ANOTHER.test(before) ? 2 : 1), total: false, promises: true };
  const promises =
    SENDS.test(before) || (OURS.test(before) && /^(?:马上|现在|都)?(?:能|可以|去|来|到|出发|一起)/.test(after));
  return { count: number, total: false, promises };
}

const PAIR =
  /(?:我|咱|你)?们?(?:爷|娘|哥|姐|兄弟|姐妹|弟兄)?(?<word>俩|仨)(?!小时|钟|点|(?:(?![开坐骑打乘搭有带找停上下从在])\p{Script=Han}){0,2}[车船艇泵])|(?:夫妻|父子|兄弟|姐妹|母子|父女|哥|爷|娘|师徒)俩|两口子|我(?:\+|加)(?<more>\d)(?!\d|个|名|人)|(?<man>\d+)男(?<woman>\d+)女|男:?(?<men>\d+)(?:人|名|个)?、?女:?(?<women>\d+)(?:人|名|个)?(?![\d:点岁])/u;

function pairs(clause: string): SaidHeads | null {
  const match = PAIR.exec(clause);
  if (!match || /(?:他|她|他们|她们)$/.test(clause.slice(0, match.index))) return null;
  const { word, more } = match.groups!;
  const [man, woman] = [match.groups!.man ?? match.groups!.men, match.groups!.woman ?? match.groups!.women];
  const brings = BRINGS.test(clause.slice(0, match.index));
  const count = more
    ? Number(more) + 1
    : man
      ? Number(man) + Number(woman)
      : (/仨/.test(word ?? '') ? 3 : 2) + (brings ? 1 : 0);
  return { count, total: false, promises: brings, sort: false, at: match.index, end: match.index + match[0].length };
}

const JOINED = new RegExp(
  `(?:(?<me>我)(?:和|跟|与|同|还有|加上?)|^(?:和|跟|与|同)(?=.{2,4}(?:一起|一块|一同))|(?<bring>(?:(?:带|叫|喊|拉|约)上了?|带着|带)个?))(?<names>${A_PERSON}(?:[、和跟与]?${A_PERSON}){0,12}?)(?=(?:一起|一块|一同|都|也|两|马上|能|可以|会|去|来|到|过|出|赶|在|现在|立即|立刻|准备|已|先|后|就|直接|正|往|报名|参加|,|$|_))`,
  'u',
);

/** People named beside the sender: "Xiao Li and I", "with Lao Zhang". */
function named(clause: string): SaidHeads | null {
  const match = JOINED.exec(clause);
  if (!match) return null;
  const count = (match.groups!.names!.match(new RegExp(A_PERSON, 'gu')) ?? []).length + 1;
  const promises = match.groups!.bring !== undefined;
  return { count, total: false, promises, sort: false, at: match.index, end: match.index + match[0].length };
}

/** "The secretary and I". */
const AND_ME =
  /^(?![和跟与加])(?:(?![你他她大不没个一二两三四五六七八九十])\p{Script=Han}){2,4}(?:和|跟|与|加)我(?!们|队)(?=先|一起|一块|都|两|来|去|能|可|马上|过|到|出|还有|带|外加|$)(?:(?:还有|外加|加上|带上?|带着)(?<others>[\d一二两三四五六七八九十]+)(?:个|名|位)?)?/u;
/** Crews by their letters: "two doctors, three nurses" in four signs. */
const BY_LETTER = new RegExp(
  `(?:${NUMBER}(?:医|护|男|女|驾|司|师|生|官|兵|警|干|工|技)(?![\\p{Script=Han}]{1}[师生士理手机员])){2,}`,
  'u',
);

function andMe(clause: string): SaidHeads | null {
  const letters = BY_LETTER.exec(clause);
  const match = letters ?? AND_ME.exec(clause);
  if (!match) return null;
  const numbers = (letters?.[0].match(new RegExp(NUMBER, 'gu')) ?? []).map((one) => readNumber(one)?.low ?? 0);
  const others = readNumber(match.groups?.others ?? '')?.low ?? 0;
  const count = letters ? numbers.reduce((sum, one) => sum + one, 0) : 2 + others;
  return { count, total: true, promises: true, sort: false, at: match.index, end: match.index + match[0].length };
}

const LISTED = new RegExp(
  `我[、,和跟与同]+${A_PERSON}(?:[、,和跟与同]*${A_PERSON}){0,12}(?!说|讲|商量|交代|打|请|报|通|借|换|一样|不|告|约|道)|(?<!${A_PERSON}[、和跟与]?)(?:${A_PERSON}[、和跟与]?){1,12}[、和跟与加]我(?!们|队)`,
  'u',
);

/** A list of names with the sender among them. */
function listed(clause: string): SaidHeads | null {
  const match = LISTED.exec(clause);
  if (!match) return null;
  const count = (match[0].match(new RegExp(A_PERSON, 'gu')) ?? []).length + 1;
  return { count, total: false, promises: true, sort: false, at: match.index, end: match.index + match[0].length };
}

const FORM = new RegExp(
  `(?:人数|实到|实有|到位|现有|人员|出动人数|参加人数|到位人数|队员|人手|(?<![\\p{Script=Han}])人):?(?<number>${NUMBER})(?![\\d.:点]|小时|分|刻|天|个|名|人|位|岁|多|[一二三四五六七八九十])`,
  'u',
);

/** "Number of people: 7", as on a form. */
function form(clause: string): SaidHeads | null {
  const match = FORM.exec(clause);
  const said = match && readNumber(match.groups!.number!);
  if (!match || !said || !Number.isInteger(said.low)) return null;
  return {
    count: said.low,
    total: true,
    promises: true,
    sort: false,
    at: match.index,
    end: match.index + match[0].length,
  };
}

const THREE_OF_US = new RegExp(
  `我(?:[、和跟与](?!我)\\p{Script=Han}{2,3}?){1,6}(?<![带叫领喊])(?<number>${NUMBER})个人?(?!小时|多|钟)|我[和跟与同]我?\\p{Script=Han}{1,4}(?<two>俩)(?!小时|钟)`,
  'u',
);

/** Names, the sender's among them, and their number. */
function threeOfUs(clause: string): SaidHeads | null {
  const match = THREE_OF_US.exec(clause);
  const count = match?.groups!.two ? 2 : match && readNumber(match.groups!.number!)?.low;
  if (!match || !count || !Number.isInteger(count)) return null;
  return { count, total: true, promises: true, sort: false, at: match.index, end: match.index + match[0].length };
}

const SUMMED = new RegExp(`^(?<one>\\d{1,2})\\+(?<more>\\d)(?:个?人|个|名)?(?=$|[^\\d:点小分])`, 'u');

/** "4+1". */
function summed(clause: string): SaidHeads | null {
  const match = SUMMED.exec(clause);
  if (!match) return null;
  const count = Number(match.groups!.one) + Number(match.groups!.more);
  return { count, total: true, promises: true, sort: false, at: 0, end: match[0].length };
}

const PER_VEHICLE = new RegExp(
  `(?<cars>${NUMBER})(?:辆|台|个)?车,?(?:每车|各|每辆)(?<each>${NUMBER})(?:个人|人|个|名)?`,
  'u',
);

/** People per vehicle times vehicles. */
function perVehicle(clause: string): SaidHeads | null {
  const match = PER_VEHICLE.exec(clause);
  const [cars, each] = [match && readNumber(match.groups!.cars!), match && readNumber(match.groups!.each!)];
  if (!match || !cars || !each) return null;
  return {
    count: cars.low * each.low,
    total: true,
    promises: true,
    sort: false,
    at: match.index,
    end: match.index + match[0].length,
  };
}

const ALONE =
  /[来去]我一个|(?:就|只有|只能|只|仅)我(?:自己|一个人?|1个?人?)?|我(?:一个人|1个人|1人|单独|独自)|^(?:一个人|独自|单独|1个人|1人)/;

function alone(clause: string): SaidHeads | null {
  const match = ALONE.exec(clause);
  if (!match) return null;
  return { count: 1, total: false, promises: false, sort: false, at: match.index, end: match.index + match[0].length };
}
