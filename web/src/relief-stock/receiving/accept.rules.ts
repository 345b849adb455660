import type {
  AcceptGoods,
  ReceiptDto,
  ReceiptLineDto,
  ReceiptRowDto,
  ReceiptStatus,
} from '../../../../src/relief-stock/receiving/receipt.dto.js';

/** What becomes of one line, as it is typed. What did not come is worked out, not typed. */
export type LineVerdict = {
  good: string;
  damaged: string;
  quarantined: string;
  rejected: string;
  rejectReason: string;
  overReason: string;
  settledReason: string;
  overrideReason: string;
  lotCode: string;
  expiresOn: string;
};
export type Verdicts = Record<number, LineVerdict>;
export type Piece = 'good' | 'damaged' | 'quarantined';
export const PIECES: readonly Piece[] = ['good', 'damaged', 'quarantined'];

const figure = (text: string): number => (/^\d{1,8}$/.test(text) ? Number(text) : 0);
/** The last count that is known of a line: the second, or the first where one person counts alone. */
export const countedOf = (line: ReceiptLineDto): number | null => line.countedBUnits ?? line.countedAUnits;

/** A line as counted is good, until somebody says otherwise. */
export function openVerdict(line: ReceiptLineDto): LineVerdict {
  return {
    good: String(countedOf(line) ?? line.announcedUnits), damaged: '', quarantined: '', rejected: '', rejectReason: '', overReason: '',
    settledReason: '', overrideReason: '', lotCode: line.lotCode ?? '', expiresOn: line.expiresOn ?? '',
  };
} // prettier-ignore

export type Sums = { accepted: number; rejected: number; short: number; over: number };
export function sumsOf(line: ReceiptLineDto, verdict: LineVerdict): Sums {
  const accepted = PIECES.reduce((sum, piece) => sum + figure(verdict[piece]), 0);
  const rejected = figure(verdict.rejected);
  const missing = line.announcedUnits - accepted - rejected;
  return { accepted, rejected, short: Math.max(0, missing), over: Math.max(0, -missing) };
}

/** What a line still lacks before it can be accepted; the fields are those of the verdict. */
export function lacks(line: ReceiptLineDto, verdict: LineVerdict): (keyof LineVerdict)[] {
  const { accepted, rejected, over } = sumsOf(line, verdict);
  const differ = line.countDifferenceUnits !== null && line.countDifferenceUnits !== 0;
  const counted = countedOf(line);
  const missing: (keyof LineVerdict)[] = [];
  if (!differ && counted !== null && accepted + rejected !== counted) missing.push('good');
  if (differ && verdict.settledReason.trim() === '') missing.push('settledReason');
  if (rejected > 0 && verdict.rejectReason === '') missing.push('rejectReason');
  if (over > 0 && verdict.overReason.trim() === '') missing.push('overReason');
  return missing;
}

const told = (text: string) => (text.trim() === '' ? {} : { text: text.trim() });
type Lot = AcceptGoods['lines'][number]['lots'][number];

export function acceptBody(receipt: ReceiptDto, verdicts: Verdicts, binId: string): AcceptGoods {
  const lines = receipt.lines.map((line) => {
    const verdict = verdicts[line.line] ?? openVerdict(line);
    const { rejected, short } = sumsOf(line, verdict);
    const lots = PIECES.filter((piece) => figure(verdict[piece]) > 0).map((condition): Lot => ({
      units: figure(verdict[condition]), condition, expiresOn: verdict.expiresOn || null,
      ...(verdict.lotCode.trim() ? { lotCode: verdict.lotCode.trim() } : {}),
      ...(told(verdict.overrideReason).text ? { overrideReason: verdict.overrideReason.trim() } : {}),
    })); // prettier-ignore
    return {
      line: line.line, lots, rejectedUnits: rejected, shortUnits: short,
      ...(rejected > 0 && verdict.rejectReason ? { rejectReason: verdict.rejectReason as AcceptGoods['lines'][number]['rejectReason'] } : {}),
      ...(told(verdict.overReason).text ? { overReason: verdict.overReason.trim() } : {}),
      ...(told(verdict.settledReason).text ? { settledReason: verdict.settledReason.trim() } : {}),
    }; // prettier-ignore
  });
  return { version: receipt.version, lines, ...(binId ? { binId } : {}) };
}

export const SECTIONS = ['todo', 'unsigned', 'to-put-away', 'done'] as const;
export type Section = (typeof SECTIONS)[number];
const BEFORE_ACCEPTING: readonly ReceiptStatus[] = ['announced', 'arrived', 'counted-a', 'counted-b'];

/** Where a receipt stands in the list: what somebody has to do first. */
export function sectionOf(row: Pick<ReceiptRowDto, 'status' | 'secondSignatureDueAt' | 'secondSignedAt'>): Section {
  if (BEFORE_ACCEPTING.includes(row.status)) return 'todo';
  if (row.secondSignatureDueAt !== null && row.secondSignedAt === null) return 'unsigned';
  return row.status === 'accepted' || row.status === 'part-rejected' ? 'to-put-away' : 'done';
}

/** Whether a person has put a name to the receipt in a role that the next one must differ from. */
export const hasSigned = (
  receipt: Pick<ReceiptDto, 'signatures'>,
  userId: string | undefined,
  roles: readonly string[],
): boolean => receipt.signatures.some((one) => one.userId === userId && roles.includes(one.role));
