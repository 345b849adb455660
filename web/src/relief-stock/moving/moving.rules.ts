import type { TransferDto, TransferLotDto } from '../../../../src/relief-stock/moving/transfer.dto.js';

export type LotCount = {
  acceptedUnits: number;
  damagedUnits: number;
  missingUnits: number;
  damagedTo: 'bin' | 'disposal';
  reason: string;
};
export type Part = 'acceptedUnits' | 'damagedUnits' | 'missingUnits';
export const PARTS: readonly Part[] = ['acceptedUnits', 'damagedUnits', 'missingUnits'];

export const wholeLot = (units: number): LotCount => ({
  acceptedUnits: units, damagedUnits: 0, missingUnits: 0, damagedTo: 'bin', reason: '',
}); // prettier-ignore

/** Units that are not accounted for; negative when more were counted than sent. */
export const gapOf = (count: LotCount, units: number): number =>
  units - count.acceptedUnits - count.damagedUnits - count.missingUnits;
export const differs = (count: LotCount): boolean => count.damagedUnits + count.missingUnits > 0;

/** A figure was typed: what is damaged or missing comes off what was good, as long as the three added up before. */
export function withPart(count: LotCount, part: Part, figure: number, units: number): LotCount {
  const next = { ...count, [part]: figure };
  if (part === 'acceptedUnits' || gapOf(count, units) !== 0) return next;
  return { ...next, acceptedUnits: Math.max(0, units - next.damagedUnits - next.missingUnits) };
}

/** Whether a lot still needs the hand of who counts: its figures do not add up, or nobody said why something is wrong. */
export const isOpen = (count: LotCount, units: number): boolean =>
  gapOf(count, units) !== 0 || (differs(count) && count.reason.trim() === '');

/** Only what differs is told; lots left out came whole. */
export function receiveBody(
  transfer: { version: number },
  lots: readonly Pick<TransferLotDto, 'id' | 'units'>[],
  counts: Record<string, LotCount>,
  binId: string,
) {
  const told = lots.flatMap(({ id }) => {
    const count = counts[id];
    return count && differs(count) ? [{ id, ...count, reason: count.reason.trim() }] : [];
  });
  return { version: transfer.version, lots: told, ...(binId ? { binId } : {}) };
}

/** Sections of a list of transfers: who has to act first, then what others do, then what has ended. */
export const TRANSFER_SECTIONS = ['to-do', 'waiting', 'ended'] as const;
export type TransferSection = (typeof TRANSFER_SECTIONS)[number];
const GIVERS_TURN = new Set(['draft', 'ordered', 'picking', 'loaded', 'received', 'received-with-differences']);
const RECEIVERS_TURN = new Set(['departed', 'arrived']);
const ENDED = new Set(['closed', 'cancelled', 'returned', 'lost']);
export function transferSection(transfer: Pick<TransferDto, 'status' | 'from'>, warehouseId: string): TransferSection {
  if (ENDED.has(transfer.status)) return 'ended';
  const turn = transfer.from.id === warehouseId ? GIVERS_TURN : RECEIVERS_TURN;
  return turn.has(transfer.status) ? 'to-do' : 'waiting';
}

/** Whose turn a transfer is, as one side sees it: its own, the other side's, or nobody's any more. */
export function turnOf(status: TransferDto['status'], giving: boolean): 'own' | 'giver' | 'receiver' | 'nobody' {
  if (ENDED.has(status)) return 'nobody';
  const turn = RECEIVERS_TURN.has(status) ? 'receiver' : 'giver';
  return giving === (turn === 'giver') ? 'own' : turn;
}

export const SIGNS: Record<TransferDto['status'], string> = {
  draft: '✎', ordered: '◔', picking: '▤', loaded: '▣', departed: '▶', arrived: '◉', received: '✓', 'received-with-differences': '≠',
  closed: '■', cancelled: '✕', returned: '↩', lost: '?',
}; // prettier-ignore

/** Kilograms and cubic metres as people type them, in the base units of the wire; undefined for nothing. */
export const toBase = (typed: string, per: number): number | undefined => {
  const figure = Number(typed);
  return typed.trim() === '' || !Number.isFinite(figure) || figure <= 0 ? undefined : Math.floor(figure * per);
};
export const KG = 1000;
export const M3 = 1_000_000;
/** Rounded up: a load never looks lighter than it is. */
export const inTenths = (base: number, per: number): number => Math.ceil((base / per) * 10) / 10;
/** The instant that a date-and-time field of the desk's clock (UTC+8) names, and back. */
export const toInstant = (local: string): string => new Date(`${local}:00+08:00`).toISOString();
export const toLocal = (atMs: number): string => new Date(atMs + 8 * 3_600_000).toISOString().slice(0, 16);
