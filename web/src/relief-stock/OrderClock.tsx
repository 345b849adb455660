import type { SupplyOrderDto } from '../../../src/dispatch/dispatch.dto.js';
import { Since, Until } from '../parts/Since.js';

/** One shape for each state, so that a grey screen still tells them apart (C-10). */
export const STATUS_SIGNS: Record<SupplyOrderDto['status'], string> = {
  reserved: '◔', approved: '▣', picking: '▤', shipped: '▶', received: '✓', 'received-with-differences': '≠', closed: '■',
  cancelled: '✕',
}; // prettier-ignore

/** The clock that matters: until the reservation lapses, until the lorry arrives, otherwise since when. */
export function OrderClock({ order }: { order: SupplyOrderDto }) {
  if (order.status === 'reserved' && order.reservedUntil) return <Until at={order.reservedUntil} />;
  if (order.status === 'shipped' && order.etaAt) return <Until at={order.etaAt} />;
  return <Since at={order.statusSince} />;
}
