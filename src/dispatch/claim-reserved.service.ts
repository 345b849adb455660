import { orderWays } from '../travel/index.js';
import type { Tx } from '../database/index.js';
import { handOverReservations, purposeOf, warehousesByIds } from '../relief-stock/index.js';
import { Problem } from '../shared/problem.js';
import { activeAssignments } from './assignment.store.js';
import type { SupplyOrderDto } from './dispatch.dto.js';
import { openMission, shareWithMission } from './opening.service.js';
import { type ClaimedSupplies, claimFrom, orderSupplies } from './send-supplies.service.js';
import type { MissionContext } from './send-teams.service.js';

/**
 * Reservations pass from the lines that hold them to those of an order of the incident: the same goods, never free in between (S4 S6). Goods
 * that were given for something else than this incident stay behind: 422 `stock.against-intent`. 409 `reservation.closed` when they are gone.
 */
export async function claimReserved(
  tx: Tx,
  context: MissionContext,
  { warehouseId, parts }: { warehouseId: string; parts: { lineId: string; itemId: string; units: number }[] },
): Promise<ClaimedSupplies> {
  const [warehouse] = await warehousesByIds(tx, [warehouseId]);
  const wanted = parts.map(({ itemId, units }) => ({ itemId, units }));
  const claim = claimFrom(context, warehouse, {
    wanted: { warehouseId, lines: wanted },
    wayFrom: await orderWays(tx, context.incident, context.now),
  });
  const untilAt = claim.source === 'own' ? null : context.holdUntil;
  const use = { purpose: purposeOf(context.incident), arrivalAt: claim.arrivalAt };
  for (const [n, { lineId, units }] of parts.entries()) {
    const made = await handOverReservations(tx, {
      fromLineIds: [lineId], toLineId: claim.lines[n]!.id, units, untilAt, now: context.now, use,
    }); // prettier-ignore
    if (made.reduce((sum, one) => sum + one.units, 0) !== units)
      throw new Problem('reservation.closed', { orderLineId: lineId, state: 'released' });
  }
  return claim;
}

/** A mission of its own for what was taken, with its supply order. */
export async function orderTaken(tx: Tx, context: MissionContext, claim: ClaimedSupplies): Promise<SupplyOrderDto> {
  const parts = { teams: [], supplies: [claim] };
  await openMission(tx, context, parts);
  const teamIds = [...new Set((await activeAssignments(tx, context.incident.id)).map((row) => row.teamId))];
  const [taken] = await orderSupplies(tx, context, { supplies: [claim], teamIds });
  await shareWithMission(tx, context, parts);
  return taken!;
}
