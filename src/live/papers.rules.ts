import { OPEN_PAPERS, PAPER_KINDS, type PaperKind, type PaperRowDto } from '../relief-stock/papers.dto.js';

type Data = Record<string, unknown>;
type End = { id: string; name: string };
const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const plain = (warehouseId: unknown, counterpart: unknown, at: unknown) => ({
  warehouseId: text(warehouseId), toWarehouseId: null, counterpart: text(counterpart), at: at as string,
}); // prettier-ignore
const between = ({ from, to, recipient, statusSince }: Data) => ({
  warehouseId: (from as End).id, toWarehouseId: (to as End | null)?.id ?? null,
  counterpart: (to as End | null)?.name ?? text(recipient), at: statusSince as string,
}); // prettier-ignore

/** What a row takes from a paper as the journal tells it: the very columns that a snapshot reads. */
const SHAPES: Record<PaperKind, (data: Data) => Omit<PaperRowDto, 'id' | 'number' | 'kind' | 'state' | 'version'>> = {
  'goods-receipt': (data) => plain(data.warehouseId, data.sourceName, data.receivedAt),
  donation: (data) => plain(null, data.donorName, data.receivedAt),
  'stock-count': (data) => plain(data.warehouseId, null, data.openedAt),
  'stock-transfer': between,
  'stock-issue': (data) => plain(data.warehouseId, data.recipient, data.statusSince),
  'stock-inquiry': between,
  'stock-request': (data) => plain(data.warehouseId, data.place, data.receivedAt),
  'stock-adjustment': (data) => plain(data.warehouseId, null, data.statusSince),
  'stock-reversal': (data) => plain(data.warehouseId, data.documentNumber, data.statusSince),
};

export const isPaper = (subject: string): subject is PaperKind => (PAPER_KINDS as string[]).includes(subject);

/** The row of a paper out of a change that tells it. */
export function paperRow(kind: PaperKind, data: Data, version: number): PaperRowDto {
  const { id, number, status } = data as { id: string; number: string; status: string };
  return { id, number, kind, state: status, version, ...SHAPES[kind](data) };
}

/** Nobody has to do anything about it any more. */
export const isDone = ({ kind, state }: Data): boolean =>
  !(OPEN_PAPERS[kind as PaperKind] as readonly unknown[]).includes(state);
