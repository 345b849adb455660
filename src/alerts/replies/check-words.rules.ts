/** What words say to a check: everybody is well, somebody is not there, or nothing that may be acted on. */
export type CheckReading = { says: 'all' | 'short' | 'unclear'; heads: number | null };

/** Sounds of somebody lacking, hurt or out of reach: rather one alarm too many. */
const LACKING = /[少缺伤困丢]|差\d|差[一两二三四五六七八九十几]|失联|失踪|失散|走散|掉队|联系不|找不|不见|不在|没来|没到|没回|没见|没找|没跟|未到|未归|未回|未见|没了|死|昏|救命|求救|遇险|危险/; // prettier-ignore
/** The same sounds turned round ("not one is missing"): nobody acts on them alone. */
const TURNED =
  /不少|不缺|没少|没缺|没有|无人|没人|未发现|无一|无失|无伤|无缺|零失|零伤|[吗？?]|是否|有没有|不知|如果|要是|估计|可能|大概|应该|好像/;
const EVERYBODY = '全员|全队|全部|全体|全都|大家|所有人|都|全|均';
const COUNTED_ALL = '到齐|齐了|齐';
const WELL = '安全|平安|在岗|在位|在场|在现场|在|到位|到|无恙|良好|正常|没事|好';
const FILLER =
  '报告|汇报|收到|一起|我队|我们|咱们|本队|队里|我方|我这边|这边|这里|目前|现在|当前|现场|人员|队员|队伍|总共|一共|共|合计|实到|应到|的|了|啦|呢|着|已|已经|很|状态';
const COUNT = String.raw`(?:\d{1,3}|[一二两三四五六七八九十百]{1,5})(?:个人|名队员|名|人|个|位)`;
/** A greeting, and who has read the message: nothing of how the people of the unit are. */
const SAYS_NOTHING = new RegExp(`大家好|(?:${EVERYBODY}|${COUNT})+(?:已经|已)?收到`, 'g');
const WORD = new RegExp(
  `^(?:好的|(?<count>${COUNT})|(?<all>${EVERYBODY})|(?<whole>${COUNTED_ALL})|(?<well>${WELL})|(?<filler>${FILLER}))`,
);
const DIGITS = '零一二三四五六七八九';

/**
 * Reads what a unit's leader texts to a check. Everybody is well only where every word is known and says so of all; a sound of somebody
 * lacking makes it short; the rest is for a person.
 */
export function readCheck(words: string): CheckReading {
  const plain = words
    .normalize('NFKC')
    .replace(/[\s,.。!、;:·~…\-—“”"'()【】[\]]/g, '')
    .replaceAll('，', '')
    .replaceAll('！', '')
    .replace(SAYS_NOTHING, '');
  if (TURNED.test(plain)) return { says: 'unclear', heads: null };
  const heads = headsIn(plain);
  if (LACKING.test(plain)) return { says: 'short', heads };
  return { says: saysAll(plain) ? 'all' : 'unclear', heads };
}

/** Every word known, one of them about all, one that they are well or there, and one number at most. */
function saysAll(plain: string): boolean {
  const seen = { all: 0, well: 0, whole: 0, count: 0 };
  for (let rest = plain; rest !== '';) {
    const found = WORD.exec(rest);
    if (!found) return false;
    for (const kind of ['all', 'well', 'whole', 'count'] as const) if (found.groups![kind]) seen[kind]++;
    rest = rest.slice(found[0].length);
  }
  const ofAll = seen.whole > 0 || (seen.all > 0 && seen.well > 0) || (seen.count > 0 && seen.well > 0);
  return ofAll && seen.count <= 1;
}

function headsIn(plain: string): number | null {
  const told = [...plain.matchAll(new RegExp(COUNT, 'g'))].map(([text]) =>
    numberOf(text.replace(/[^\d一二两三四五六七八九十百]/g, '')),
  );
  return told.length === 1 ? told[0]! : null;
}

/** 6, 六, 十二, 二十六, 一百零二 without the zero; null where it is none. */
function numberOf(text: string): number | null {
  if (/^\d+$/.test(text)) return Number(text);
  let [sum, digit] = [0, 0];
  for (const sign of text.replaceAll('两', '二')) {
    const at = DIGITS.indexOf(sign);
    if (at >= 0) digit = at;
    else {
      sum += (digit || 1) * (sign === '百' ? 100 : 10);
      digit = 0;
    }
  }
  return sum + digit || null;
}

/**
 * What becomes of words to a check at which `expected` people should be there: taken for all of them; a call of the desks, because fewer
 * are told or somebody lacks; or left to a person. No answer is made out of words that name nobody.
 */
export function placeCheck({ says, heads }: CheckReading, expected: number): 'all' | 'short' | 'unclear' | 'differs' {
  if (says !== 'all') return says;
  if (heads === null || heads === expected) return 'all';
  return heads < expected ? 'short' : 'differs';
}
