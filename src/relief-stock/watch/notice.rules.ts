import { addDays, addMonths } from '../days.rules.js';
import type { NoticeDto, NoticeKind } from './watch.dto.js';

/** Goods that nobody has moved for a year are looked at; ours, until a society sets another figure. */
export const COLD_MONTHS = 12;
/** The alarm for rotation comes at a quarter of the whole life or 180 days before the end, whichever is later. */
const SOON_DAYS = 180;
const LIFE_QUARTER = 4;
const MONTH_DAYS = 30.4;

export interface LevelFacts {
  warehouseId: string;
  itemId: string;
  availableUnits: number;
  onHandUnits: number;
  minimumUnits: number;
  maximumUnits: number;
}
/** A lot on the shelves of a warehouse; lastMovedOn: when anybody moved some of it there, in or out. */
export interface LotFacts {
  warehouseId: string;
  itemId: string;
  lotId: string;
  onHandUnits: number;
  expiresOn: string | null;
  receivedOn: string;
  shelfMonths: number | null;
  lastMovedOn: string;
}

export interface Cause {
  kind: NoticeKind;
  warehouseId: string;
  itemId: string | null;
  lotId: string | null;
  documentId: string | null;
  documentNumber: string | null;
  figures: NoticeDto['figures'];
}

const NO_PAPER = { documentId: null, documentNumber: null };

/** A paper that went on with one signature, and until when the second was to follow. */
export interface SignatureFacts {
  warehouseId: string;
  paper: 'goods-receipt' | 'issue';
  documentId: string;
  documentNumber: string;
  dueAt: Date;
}

/** Second signatures that have not come in their time. */
export function signatureCauses(papers: readonly SignatureFacts[], now: Date): Cause[] {
  return papers
    .filter(({ dueAt }) => dueAt < now)
    .map(({ warehouseId, documentId, documentNumber, paper, dueAt }) => ({
      kind: 'signature-overdue', warehouseId, itemId: null, lotId: null, documentId, documentNumber,
      figures: { paper, dueAt: dueAt.toISOString() },
    })); // prettier-ignore
}

/** Days before its end at which a lot is to be rotated: its whole life is the item's, else what it had when it came. */
export function rotationLeadDays(lot: Pick<LotFacts, 'expiresOn' | 'receivedOn' | 'shelfMonths'>): number {
  if (lot.expiresOn === null) return 0;
  const life = lot.shelfMonths === null ? daysBetween(lot.receivedOn, lot.expiresOn) : lot.shelfMonths * MONTH_DAYS;
  return Math.min(SOON_DAYS, Math.ceil(Math.max(0, life) / LIFE_QUARTER));
}

export function levelCauses(levels: readonly LevelFacts[]): Cause[] {
  return levels.flatMap(({ warehouseId, itemId, availableUnits, onHandUnits, minimumUnits, maximumUnits }): Cause[] => {
    const at = { warehouseId, itemId, lotId: null, ...NO_PAPER };
    if (minimumUnits > 0 && availableUnits < minimumUnits)
      return [{ kind: 'below-minimum', ...at, figures: { availableUnits, minimumUnits } }];
    if (maximumUnits > 0 && onHandUnits > maximumUnits)
      return [{ kind: 'above-maximum', ...at, figures: { onHandUnits, maximumUnits } }];
    return [];
  });
}

/** What a look at the shelves of `today` finds. A lot that has expired is neither expiring nor cold as well. */
export function shelfCauses(lots: readonly LotFacts[], today: string): Cause[] {
  return lots.flatMap((lot): Cause[] => {
    const { warehouseId, itemId, lotId, onHandUnits, expiresOn, lastMovedOn } = lot;
    const at = { warehouseId, itemId, lotId, ...NO_PAPER };
    if (expiresOn !== null && expiresOn < today)
      return [{ kind: 'expired', ...at, figures: { onHandUnits, expiresOn } }];
    if (expiresOn !== null && expiresOn <= addDays(today, rotationLeadDays(lot)))
      return [{ kind: 'expiring', ...at, figures: { onHandUnits, expiresOn } }];
    if (addMonths(lastMovedOn, COLD_MONTHS) <= today)
      return [{ kind: 'cold', ...at, figures: { onHandUnits, lastMovedOn } }];
    return [];
  });
}

type Open = Pick<NoticeDto, 'id' | 'kind' | 'warehouseId' | 'itemId' | 'lotId' | 'documentId' | 'figures'>;
export interface Difference<T> {
  opened: Cause[];
  changed: { notice: T; figures: NoticeDto['figures'] }[];
  closed: T[];
}

/** What the causes found make of the open notices of these kinds: one notice a cause, none without one. */
export function differenceOf<T extends Open>(
  open: readonly T[],
  found: readonly Cause[],
  kinds: readonly NoticeKind[],
): Difference<T> {
  const byCause = new Map(found.map((cause) => [keyOf(cause), cause]));
  const held = new Map(open.map((notice) => [keyOf(notice), notice]));
  const still = open.filter(({ kind }) => kinds.includes(kind));
  return {
    opened: [...byCause].filter(([key]) => !held.has(key)).map(([, cause]) => cause),
    changed: still.flatMap((notice) => {
      const cause = byCause.get(keyOf(notice));
      return cause && !isSame(cause.figures, notice.figures) ? [{ notice, figures: cause.figures }] : [];
    }),
    closed: still.filter((notice) => !byCause.has(keyOf(notice))),
  };
}

const keyOf = ({ kind, warehouseId, itemId, lotId, documentId }: Omit<Open, 'id' | 'figures'>): string =>
  [kind, warehouseId, itemId, lotId, documentId].join(' ');
const isSame = (a: NoticeDto['figures'], b: NoticeDto['figures']): boolean =>
  Object.keys({ ...a, ...b }).every((key) => a[key] === b[key]);
const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

const LEVEL_KINDS: readonly NoticeKind[] = ['below-minimum', 'above-maximum'];
const SHELF_KINDS: readonly NoticeKind[] = ['expired', 'expiring', 'cold'];
const SIGNATURE_KINDS: readonly NoticeKind[] = ['signature-overdue'];
export const KINDS_OF = { levels: LEVEL_KINDS, shelves: SHELF_KINDS, signatures: SIGNATURE_KINDS } as const;
