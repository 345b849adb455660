import { type Actor, allow, pathKeys, visibleOr404 } from '../../access/index.js';
import type { Tx } from '../../database/index.js';
import { recordChange } from '../../journal/index.js';
import { type DrillRow, findDrill, toDrillDto } from '../drill.store.js';
import { mayEvaluate } from './sheet.rules.js';
import * as store from './sheet.store.js';

export interface Held {
  drill: DrillRow;
  sheet: store.SheetRow;
}

/** The sheet of a drill, held for one change by who may run drills there; with `act`, of a drill that runs or ran. */
export async function holdSheet(
  tx: Tx,
  actor: Actor,
  drillId: string,
  act?: Parameters<typeof mayEvaluate>[1],
): Promise<Held> {
  const drill = visibleOr404(actor, await findDrill(tx, drillId), 'drill', drillId);
  allow(actor, 'drill.run', { paths: [drill.societyPath] });
  const sheet = await store.lockSheet(tx, drillId);
  if (act) mayEvaluate(toDrillDto(drill), act);
  return { drill, sheet };
}

/**
 * Saves the sheet one version on and says in the record who changed what of it, to the society and those above: no grade, no note and no
 * remark, because who is being judged reads the record too (E8).
 */
export async function keepSheet(
  tx: Tx,
  actor: Actor,
  { drill, sheet }: Held,
  told: { kind: string; item?: string | null; change?: Partial<store.SheetRow> },
): Promise<store.SheetRow> {
  const next = { ...sheet, ...told.change, version: sheet.version + 1 };
  await store.saveSheet(tx, next);
  const { number, title } = drill;
  await recordChange(tx, {
    kind: told.kind, subject: 'drill-sheet', id: drill.id, version: next.version, scope: pathKeys(drill.societyPath),
    data: { drillId: drill.id, number, title, item: told.item ?? null }, actor,
  }); // prettier-ignore
  return next;
}
