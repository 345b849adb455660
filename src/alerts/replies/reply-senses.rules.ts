import type { Token } from './reply-tokens.rules.js';

/** Sending out, which the sender offers or asks for. */
const SENDS = /^(?:派|派车|派个车|派辆车|派人|派船|派员|安排|安排车|安排人|提供|给|出借|借)$/;
/** Before the sending: it is asked of somebody. */
const ASKED = /请|麻烦|求|需要?|得|希望|你们?|您|领导|[帮只如若除等先]|能不能|能否|可否|是否|可不可以|要(?!不)/;
/** Behind the sending: it is to come to the sender. */
const TO_US = /^(?:[^,]{0,8}(?:过来|来(?!的)|给我|给我们|接|帮我|帮忙|就|才)|给?我)/;
/** Before the sending: it is the sender's own. */
const OWN =
  /(?:可以?|能够?|会|同意|决定|准备|打算|愿意|已经?|刚|现|拟|将|马上|立即|立刻|这就|正在?|给你们|为你们|按\p{Script=Han}{0,3}|不|没|没法|没办法|无法|无从|难以|无力|无人|无车)$/u;
const textOf = (tokens: Token[]): string => tokens.map(({ text }) => text).join('');
/** Who is only called upon: "Yes, chief". */
const CALLED =
  /^(?:师傅|主任|书记|老大|老板|老板娘|头儿|班长|连长|排长|营长|指导员|教导员|老班长|船长|会长|社长|理事长|站长|所长|院长|护士长|校长|村长|镇长|县长|局长|处长|科长|经理|队长|副队长?|组长|领导|同志|老师|\p{Script=Han}(?:队长?|主任|书记|站长|师傅|哥|姐|工|总|医生|老师|教练|组长|部长))$/u;
const ADDRESS: Token['kind'][] = ['courtesy', 'receipt', 'assent', 'sign', 'plain'];
/** "Some of our young ones": no question. */
const OF_OURS = /^(?:他们|她们|咱们|队里|村里|班里|组里|店里|厂里|这|那|有|我们|这边|我们这边|手下|身边)$/;
/** Who is counted by the trade. */
const TRADES = /^(?:师傅|司机|驾驶员|领队|组长|队长|队医|副队长?|徒弟|同事|朋友|老师|领导)$/;
/** "We can lend rooms." */
const LENDS = /^(?:提供|出借|借|给)$/;
/** "All is possible": a "can" beside what is to be done. */
const EITHER_WAY = /^(?:都可以|都行|也可以|也行)$/;
/** Behind these "in" and "on" is no "fine". */
const NAMES: Token['kind'][] = ['ready', 'task', 'thing', 'gear', 'unknown', 'move', 'reason'];
/** "Can go again." */
const CAN_AGAIN = /^(?:可以|能|能够|可)$/;
/** Who comes along. */
const KIN = /^我?(?:爸|妈|哥|弟|姐|妹|爷|叔|舅|老婆|媳妇|老公|爱人|儿子|女儿|爸爸|妈妈)$/;
const TOGETHER = /^(?:跟|和|与|同|带|带上|叫上|喊上|拉上|还有|加上)$/;
const PART_OF_DAY = /^(?:下午|晚上|傍晚|中午|上午|早上|夜里|半夜|凌晨|天亮|天黑前?|天亮前?)$/;

/** What a word means by what stands right beside it; null where that says nothing. */
function besideOthers(tokens: Token[], n: number): Token | null {
  const [token, before, next] = [tokens[n]!, tokens[n - 1], tokens[n + 1]];
  if (token.kind === 'reason' && /^[从离]$/.test(before?.text ?? '')) return { ...token, kind: 'ready' };
  if (
    token.text === '上' &&
    token.kind === 'assent' &&
    !next &&
    /^(?:都|全|也都|马上|立刻|立马|立即|随时|肯定|一定|必须|坚决|必)$|就$/.test(before?.text ?? '')
  )
    return { ...token, kind: 'move' };
  if (
    token.text === '出' &&
    token.kind === 'unknown' &&
    !next &&
    /^(?:马上|立刻|立即|这就|现在就|一起|都|随时|全员|全队|我们)$/.test(before?.text ?? '')
  )
    return { ...token, kind: 'move' };
  if (token.text === '我家' && next?.people) return { ...token, kind: 'self' };
  if (token.kind === 'reason' && KIN.test(token.text) && TOGETHER.test(before?.text ?? ''))
    return { ...token, kind: 'plain' };
  if (
    (/^[中上]$/.test(token.text) && token.kind === 'assent' && NAMES.includes(before?.kind ?? 'sign')) ||
    (token.text === '中' && before?.kind === 'plain')
  )
    return { ...token, kind: 'plain' };
  if (token.text === '到' && (PART_OF_DAY.test(next?.text ?? '') || next?.kind === 'day'))
    return { ...token, kind: 'plain' };
  return null;
}

/** Tokens whose sense hangs on what stands around them: "we send twelve" offers, "send us a car" asks. */
export function inContext(tokens: Token[]): Token[] {
  return tokens.map((token, n) => {
    const [before, next] = [tokens[n - 1], tokens[n + 1]];
    const sense = besideOthers(tokens, n);
    if (sense) return sense;
    if (token.kind === 'other' && next?.people && TRADES.test(token.text)) return { ...token, kind: 'plain' };
    if (token.kind === 'other' && before?.people && TRADES.test(token.text)) return { ...token, kind: 'plain' };
    if (token.kind === 'crew' && before?.people) return { ...token, kind: 'plain' };
    if (
      token.text === '再' &&
      (next?.time ||
        (next?.text === '有' && tokens[n + 2]?.time) ||
        before?.kind === 'not' ||
        (next?.kind === 'move' && CAN_AGAIN.test(before?.text ?? '')))
    )
      return { ...token, kind: 'plain' };
    if (
      token.kind === 'other' &&
      CALLED.test(token.text) &&
      tokens.every(
        (one) =>
          one === token ||
          ADDRESS.includes(one.kind) ||
          (one.end <= token.at && (one.kind === 'yes' || one.kind === 'soon')),
      )
    )
      return { ...token, kind: 'courtesy' };
    if (token.text === '几个' && token.kind === 'ask' && OF_OURS.test(before?.text ?? ''))
      return { ...token, kind: 'plain' };
    if (token.text === '上' && before?.text === '路') return { ...token, kind: 'plain' };
    // "I would, only I fear the hill": no courtesy before a no.
    if (token.text === '怕' && before?.text === '就' && n > 0) return { ...token, kind: 'maybe' };
    if (token.text === '有条件' && !next) return { ...token, kind: 'if' };
    if (token.kind === 'maybe' && /请假$/.test(token.text) && /^(?:已经?|刚刚?|都)$/.test(before?.text ?? ''))
      return { ...token, kind: 'ready' };
    if (
      token.text === '来人' &&
      before &&
      (before.kind === 'self' || tokens[n - 2]?.kind === 'self' || /^(?:马上|立即|立刻|这就|现在就)$/.test(before.text))
    )
      return { ...token, kind: 'move' };
    if (token.text === '又来了' && next?.people) return { ...token, kind: 'plain' };
    if (LENDS.test(token.text) && before?.kind === 'can' && !ASKED.test(textOf(tokens.slice(0, n))))
      return { ...token, kind: 'ready' };
    if (token.text === '下来' && (before?.kind === 'self' || (before?.kind === 'soon' && !/^刚/.test(before.text))))
      return { ...token, kind: 'move' };
    if (
      EITHER_WAY.test(token.text) &&
      (before?.kind === 'task' || before?.kind === 'thing' || next?.kind === 'move' || next?.kind === 'task')
    )
      return { ...token, kind: 'can' };
    if (token.text === '我看' && /^[完好过]/.test(next?.text ?? '')) return { ...token, kind: 'first' };
    if (SENDS.test(token.text) && offers(tokens, n)) return { ...token, kind: 'move' };
    return token;
  });
}

function offers(tokens: Token[], n: number): boolean {
  const token = tokens[n]!;
  const [before, after] = [textOf(tokens.slice(0, n)), textOf(tokens.slice(n + 1))];
  if (/^(?:给|借|提供)$/.test(token.text)) return false;
  if (OF_A_HOUSE.test(before) && !OTHER_HOUSE.test(before) && COUNTED.test(after)) return true;
  if (ASKED.test(before) || TO_US.test(after) || (/在$/.test(before) && after === '')) return false;
  if (OWN.test(before) || tokens.slice(0, n).some(({ kind }) => kind === 'self')) return true;
  const opens = tokens.slice(0, n).every(({ kind }) => ['sign', 'receipt', 'assent', 'plain', 'ready'].includes(kind));
  return opens && (/^了$/.test(tokens[n + 1]?.text ?? '') || COUNTED.test(after));
}
/** Said of one's own house. */
const OF_A_HOUSE =
  /(?:店|院|校|厂|司|站|科|部|会|社|村|队|组|班|室|中心|集团|超市|工地|宾馆|街道|镇|所|馆|局|这边|我们|咱们)(?:里|这边|方面)?(?:决定|同意|可以|愿意|马上|现在|先|能|可)*$/;
const OTHER_HOUSE = /[给帮替叫让求请别邻隔兄他她你您]|其他|其它|另/;
/** People or vehicles with their number. */
const COUNTED = /^(?:[\d一二两三四五六七八九十]+(?:来|多|几)?(?:个|名|位|人|辆|台|条|艘|部|组|队|批|班|支))/;
