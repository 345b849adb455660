import type { Tx } from '../database/index.js';
import { estimatesOf, type KeptEstimate } from '../incidents/index.js';
import type { ComparedItem, ComparisonDto } from './comparison.dto.js';
import { compareItem } from './comparison.rules.js';
import { type ComparedGoods, type ComparedIncident, goodsOf, movedUnits } from './comparison.store.js';

/** What was estimated, sent, used and left unmet, for each of these incidents. Items that were only asked for stand too. */
export async function comparisonsOf(tx: Tx, incidents: readonly ComparedIncident[]): Promise<ComparisonDto[]> {
  const ids = incidents.map(({ incidentId }) => incidentId);
  const moved = await movedUnits(tx, ids);
  const estimates = await estimatesOf(tx, ids);
  const codes = [...new Set(estimates.flatMap(({ items }) => items.map(({ itemCode }) => itemCode)))];
  const goods = await goodsOf(tx, { ids: [...new Set(moved.map(({ itemId }) => itemId))], codes });
  return incidents.map((incident) => {
    const own = moved.filter(({ incidentId }) => incidentId === incident.incidentId);
    const kept = estimates.filter(({ incidentId }) => incidentId === incident.incidentId);
    const { reportedAt, closedAt, ...rest } = incident;
    return {
      ...rest,
      reportedAt: reportedAt.toISOString(),
      closedAt: closedAt?.toISOString() ?? null,
      counts: incident.status === 'closed' && !incident.exercise,
      items: goods.flatMap((item) => itemOf(item, own, kept) ?? []),
    };
  });
}

const NOTHING = { asked: 0, sent: 0, received: 0, returned: 0 };

function itemOf(
  item: ComparedGoods,
  moved: readonly (typeof NOTHING & { itemId: string })[],
  kept: readonly KeptEstimate[],
): ComparedItem | null {
  const estimates = kept.flatMap(({ serial, takenAt, takenBy, items }) =>
    items
      .filter(({ itemCode }) => itemCode === item.code)
      .map(({ low, mid, high, grossMid, factor, rule }) => ({ serial, takenAt, takenBy, low, mid, high, grossMid, factor, rule })),
  ); // prettier-ignore
  const found = moved.find(({ itemId }) => itemId === item.id);
  if (!found && estimates.length === 0) return null;
  const { asked, sent, received, returned } = found ?? NOTHING;
  const facts = { asked, sent, received, returned };
  const names = { itemId: item.id, itemCode: item.code, item: item.name, itemEn: item.nameEn, unit: item.unit };
  return { ...names, estimates, ...facts, ...compareItem({ ...facts, estimates }) };
}
