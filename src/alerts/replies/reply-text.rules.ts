import { SIMPLE, SLIPS } from './reply-signs.rules.js';

/** Where a piece of evidence stands in the words as they came, in UTF-16 units; `end` is not included. */
export interface Span {
  start: number;
  end: number;
}
/** Words made plain: half-width, lower case, simplified, slips mended; `places` says where each sign (and the end) stands in the raw words. */
export interface PlainText {
  text: string;
  places: number[];
}
/** One stretch of a reply that is judged by itself, with its place in the whole and the mark that ended it. */
export interface Clause extends PlainText {
  mark: string;
}

const ENDS_NOTHING = /[\d\p{Script=Han}]/u;
/** The alert sent back, with or without what the sender wrote around it: no part of the answer. */
const QUOTED = /(?:回复|转发)?["“]?【[^】]*】[^【】]*?https?:\/\/[\w./?=&#-]+["”]?[:,]?/g;
/** The alert without its link: its title and place have no word of an answer in them. */
const QUOTED_BARE =
  /(?:回复|转发|引用)?["“]?【[^】]*】[^【】]*?能否(?:出动|参加|到位|前往):[^,]*,(?:(?![不没能可我好行]|收到|出发|来|去)[^,])*(?:,|$)\s*(?:点此(?:答复|回复)[:,]?)?\s*["”]?/g;
/** A quote as messengers put it before an answer. */
const QUOTE_ABOVE = /^「[^」]*」[\s\-—]*/g;
/** The figure of an option that the alert does not offer, before the answer in words. */
const OPTION =
  /^(?:1[ ,.:、)]*(?=(?:我们?)?(?:能|可以|可|去|来|好|行|出动|出发|参加|同意|没问题))|2[ ,.:、)]*(?=(?:我们?)?(?:不|去不|来不|出不|没法|无法|参加不)))/g;
const REPEATED =
  /^(?:re: ?)?["“]?请?(?:就以下任务)?(?:立即)?(?:答复|回复)?(?:你队)?能否(?:出动|参加|到位|前往)[?:,—"”\n]+|^(?:回复|答复|应答|回执|反馈|答|re|回)(?:[:,—]+| +)/g;

/** A hum before the answer itself. */
const HUM = /^[嗯哦噢喔唔诶]+[,\s~…]+(?=好|行|可以|没问题|能)/g;

/** Who signs: "Old Zhou replies:". */
const SIGNED =
  /^(?![^:]*[不没去来能转代如若条前问])(?:\p{Script=Han}{0,6}(?:回复|答复|报告|汇报|回话)|\p{Script=Han}{1,6}(?:队|组|科|室|院|系|班|连|排|营|站|所|社|厂|店|会|司|部|局|办|急诊|中心|基地|村|镇|集团|协会)\p{Script=Han}{0,3}|[小老阿]\p{Script=Han}|\p{Script=Han}{1,3}(?:经理|主任|医生|老师|护士|师傅|书记|村长|站长|会长|队长|总|工|哥|姐|叔|先生|女士|同学|教练|船长)):\s*/gu;

/** A colon before the answer itself: "in short: we come". */
const SPEAKS_AFTER =
  /(?<=^(?![^:]*[说讲问叫让称能去来不没可])[^:\d]{3,12}):(?=能|可以|不能|去|来|我们?|出动|马上|好|行|没|无法|参加)/g;

/** Where who speaks into the telephone draws breath: behind a particle, and before who is spoken of next. */
const LONG_BREATH = /\p{Script=Han}{16}/u;
const BREATH =
  /(?<=\p{Script=Han}{3})(?<=[啊呀嘛哈]|了呢|吧)(?=\p{Script=Han}{3})(?![的了])|(?<=\p{Script=Han}{7})(?<![和跟给让叫把对请等帮被向替说是与同为比找劝通知而但在到往去来从离])(?=(?:我们|你们|我[让叫是把这马])\p{Script=Han}{3})/gu;

/** Half-width, lower case, simplified, without quotes of the alert and slips of the finger. */
export function plainOf(words: string): PlainText {
  let plain: PlainText = { text: '', places: [] };
  for (let at = 0; at < words.length;) {
    const sign = String.fromCodePoint(words.codePointAt(at)!);
    const flat = flatten(sign);
    plain.places.push(...Array.from({ length: flat.length }, () => at));
    plain.text += flat;
    at += sign.length;
  }
  plain.places.push(words.length);
  plain = replaced(plain, STICKER, (name) => (WRY.test(name) ? '😂' : '☺'));
  for (const quote of [QUOTED, QUOTED_BARE, QUOTE_ABOVE]) plain = replaced(plain, quote, '');
  if (LISTED.test(plain.text)) plain = replaced(plain, ENUMERATOR, ' ');
  plain = replaced(plain, REPEATED, '');
  plain = replaced(plain, SIGNED, '');
  plain = replaced(plain, HUM, '');
  plain = replaced(plain, OPTION, '');
  plain = replaced(plain, SPEAKS_AFTER, ',');
  plain = replaced(plain, LOOSE_BLANK, '');
  if (LONG_BREATH.test(plain.text)) plain = replaced(plain, BREATH, ',');
  for (const [slip, meant] of SLIPS) plain = replaced(plain, slip, meant);
  return plain;
}

/** Faces of a messenger, in words. */
const STICKER =
  /\[(?:ok|强|赞|抱拳|奋斗|握手|微笑|玫瑰|爱心|加油|拳头|胜利|鼓掌|合十|祈祷|呲牙|愉快|憨笑|敬礼|得意|酷|嘿哈|庆祝|礼物|心|比心|拥抱|太阳|咖啡|再见|机智|耶|好的|可怜|难过|委屈|尴尬|流汗|汗|擦汗|晕|衰|叹气|无语|苦涩|皱眉|流泪|大哭|哭|捂脸|偷笑|笑哭|破涕为笑|坏笑|阴险|狗头|吃瓜|裂开)\]/g;
const WRY = /流泪|大哭|哭|捂脸|偷笑|笑|阴险|狗头|吃瓜|裂开/;
/** A list with numbers before its points. */
const LISTED = /^1[.、)](?!\d)[^]*[\s,]2[.、)]/;
const ENUMERATOR = /(?:^|(?<=[\s,]))[1-9][.、)](?=\S)/g;
/** A blank that only stretches a word: beside a figure or between single signs. */
const LOOSE_BLANK =
  /(?<=\d) +(?=\p{Script=Han}|min|hour|hrs?\b|h\b|pax|ppl|people|person)|(?<=(?:^|[ ,])\p{Script=Han}) +(?=\d)|(?<=(?:^| )\p{Script=Han}) +(?=\p{Script=Han}(?: |$))/gu;

function flatten(sign: string): string {
  if (/[。；]/.test(sign)) return ',';
  if (/[、]/.test(sign)) return '、';
  if (sign === '\ufe0f' || sign === '\u200d') return '';
  const flat = sign.normalize('NFKC').toLowerCase();
  return SIMPLE.get(flat) ?? flat;
}

/** Puts other signs for all that a global pattern finds; each stands where the first of the found ones stood. */
function replaced(plain: PlainText, pattern: RegExp, put: string | ((found: string) => string)): PlainText {
  const { text, places } = plain;
  if (text.search(pattern) < 0) return plain;
  const result: PlainText = { text: '', places: [] };
  let from = 0;
  const keep = (to: number) => {
    result.text += text.slice(from, to);
    result.places.push(...places.slice(from, to));
  };
  for (const found of text.matchAll(pattern)) {
    keep(found.index);
    const by = typeof put === 'string' ? put : put(found[0]);
    result.text += by;
    result.places.push(
      ...Array.from(
        { length: by.length },
        (_, n) => places[found.index + Math.min(n, Math.max(found[0].length - 1, 0))]!,
      ),
    );
    from = found.index + found[0].length;
  }
  keep(text.length);
  result.places.push(places.at(-1)!);
  return result;
}

const isFigure = (unit: string | undefined) => unit !== undefined && /\d/.test(unit);

/** The clauses of a plain text. A point between two figures, and a dash between two numbers, end none. */
export function clausesOf({ text, places }: PlainText): Clause[] {
  const clauses: Clause[] = [];
  let from = 0;
  const push = (to: number, mark: string) => {
    const raw = text.slice(from, to);
    const start = from + raw.length - raw.trimStart().length;
    const held = raw.trim();
    if (held) clauses.push({ text: held, places: places.slice(start, start + held.length + 1), mark });
    else if (mark === '?' && clauses.length > 0) clauses.at(-1)!.mark = '?';
  };
  for (const { 0: signs, index: at } of text.matchAll(/[,.;!?\n\r~…—|/ ]+/g)) {
    const point = /^[./]$/.test(signs) && isFigure(text[at - 1]) && isFigure(text[at + 1]);
    const dash = /^[~—]+$/.test(signs) && isFigure(text[at - 1]) && ENDS_NOTHING.test(text[at + signs.length] ?? '');
    if (point || dash) continue;
    push(at, signs.includes('?') ? '?' : signs.includes('…') ? '…' : signs.trim().charAt(0) || ' ');
    from = at + signs.length;
  }
  push(text.length, '');
  return clauses;
}
