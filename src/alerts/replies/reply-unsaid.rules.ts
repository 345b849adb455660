import type { Part } from './reply-clauses.rules.js';

/** Nobody lets them go. */
const BARRED = /离不[开得]人|不同意|不放人?|不让|不批|不准|没批/;
const SORRY = /抱歉|对不[住起]|不好意思|见谅|遗憾|包涵|谅解|歉意|惭愧|失礼|勿好意思/;
/** What keeps the sender's own body, house or only vehicle from coming tonight, whatever the will. */
const DISABLED =
  /骨折|石膏|钢[钉板]|夹板|拐杖|双拐|轮椅|卧床|住院|病房|病床|手术台|刚做完?手术|开了?刀|刀口|伤口|拆线|化疗|透析|输液|吊水|挂水|打点滴|隔离|喝(?:了|多|过|醉|高|大)+|酒驾|醉|安眠药|头晕|高烧|[三四]十度|站不[动稳起住]|走不动|起不来|爬不起|直不起|睁不开|动弹不得|撑不住|吃不消|下不了(?:床|地)|瘸|崴|扭[到伤了]|闪了?腰|腰[^,]{0,3}(?:伤|断|直|坏|不行)|临产|快生|要生|待产|产房|困在|出不[来去]|过不[来去]|回不[来去]|开不了车|开不出|打不着|发动不|抛锚|趴窝|(?:车|船|艇)[^,]{0,4}(?:坏|淹|撞|翻|沉|散架|报废|没了|借)|(?:家|店|屋|厂|地下室|车库|村|仓库|棚)里?[^,]{0,4}(?:淹|进水|塌|冲|倒)|国外|境外|出国|出差|外地|外省|省外|市外|不在(?!乎|意|话下|少数)|老家|旅游|值班|夜班|当班|备勤|驻训|执勤|执行任务|抽不|腾不|脱不|派出去|派光|没有?人/;
/** What only kept the sender from answering. */
const THEN_BUSY =
  /刚才|刚刚|才看到|没看到|没听|晚回|回晚|晚点|迟|堵|开会|会议|会上|开车|吃饭|洗澡|上课|睡着|手机|信号|电话/;
/** Still seeing to it, or back in time. */
const NOT_SETTLED =
  /等|安排|想办法|想想|商量|看能|能回|赶回|往回|回来|马上|尽快|明早|明天|天亮|下班|之后|以后|再|稍|待会|一会|能来接|没.{0,4}[好完定]/;
/** Who or what is only named: no reason by itself. */
const NAMED =
  /^(?:我?(?:老人|孩子|小孩|娃|娃娃|宝宝|爸|妈|爸爸|妈妈|爸妈|父母|老婆|媳妇|老公|爱人|儿子|女儿)|家里|医院|单位|学校|公司|老板|领导)$/;
/** Where only a person should answer. */
const DELICATE = /丧|白事|去世|过世|出殡|头七|守灵|[妈爸娘爹人]走/;
/** Left to others: "look for somebody younger". */
export const LEFT_TO_OTHERS =
  /你们(?:年轻|别|其他|先|自己)*[去来上](?:吧|就)|(?:找|换|让|叫|派|喊|请|安排|联系|调)(?:一?[个些下])?(?:别|其他|其它|另外|年轻|下一|专业|内行|附近|就近|近[的点]|更|兄弟)/;
/** "Do not wait for us." */
const NO_WAITING = /^(?:你们)?(?:就)?(?:别|不用|不要|甭|莫)(?:再)?等我们(?:队)?了$/;
const OVER = /^(?:还是|就|这次|这回|这趟|今晚|我看)*算了(?:吧|啊|哈)?$/;

const isQuiet = ({ asks, open, has, claims }: Part): boolean =>
  !asks && !open && !has('if', 'then', 'whether', 'wish', 'maybe', 'about') && claims.every(({ sign, who, sort }) => sort !== 'maybe' && (sign === 'no' || who !== 'self' || sort === 'takes')); // prettier-ignore

/** A no without its word: a reason that leaves no choice, with an apology, with others named for it, or given up. */
export function isUnsaidNo(all: Part[]): boolean {
  const any = (pattern: RegExp, ...kinds: Parameters<Part['has']>) =>
    all.some(({ clause, has }) => pattern.test(clause.text) && (kinds.length === 0 || has(...kinds)));
  const sorry = any(SORRY, 'courtesy');
  if (sorry && all.some(({ clause, has }) => BARRED.test(clause.text) && !has('if', 'then', 'whether'))) return true;
  if (!all.every((part) => isQuiet(part) || OVER.test(part.clause.text))) return false;
  if (
    all.some(({ clause }) => NOT_SETTLED.test(clause.text) && !OVER.test(clause.text) && !NO_WAITING.test(clause.text))
  )
    return false;
  const disabled = all.some(({ clause }) => DISABLED.test(clause.text) && !THEN_BUSY.test(clause.text));
  const excused = all.some(
    ({ clause, tokens }) =>
      tokens.some(({ kind, text }) => kind === 'reason' && !NAMED.test(text)) &&
      !THEN_BUSY.test(clause.text) &&
      !DELICATE.test(clause.text),
  );
  const hindered = disabled || all.some(({ has }) => has('reason'));
  return (sorry && (disabled || excused)) || (hindered && any(NO_WAITING)) || (hindered && any(LEFT_TO_OTHERS, 'courtesy', 'no')) || (hindered && all.some(({ clause }) => OVER.test(clause.text))); // prettier-ignore
}
