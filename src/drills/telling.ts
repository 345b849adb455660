import type { Tx } from '../database/index.js';
import { recordChange, type RecordedActor } from '../journal/index.js';
import { type DrillRow, toDrillDto } from './drill.store.js';
import type { DrillDto } from './drills.dto.js';

/** Reality's word about a drill: that it was planned, that it began, that it ended. */
export async function tell(tx: Tx, actor: RecordedActor, row: DrillRow, kind: string): Promise<DrillDto> {
  const { id, version, scope } = row;
  const data = toDrillDto(row);
  await recordChange(tx, { kind, subject: 'drill', id, version, scope, data, actor });
  return data;
}
