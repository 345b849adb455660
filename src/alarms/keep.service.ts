import type { Tx } from '../database/index.js';
import { recordChange, type RecordedActor } from '../journal/index.js';
import type { Alarm } from './alarm.rules.js';
import * as store from './alarms.store.js';

/** Writes what an alarm has become and tells it to every console of its desk and of those above. */
export async function keep(
  tx: Tx,
  row: Alarm,
  { kind, actor, isNew = false }: { kind: string; actor: RecordedActor; isNew?: boolean },
): Promise<Alarm> {
  const next = isNew ? row : { ...row, version: row.version + 1 };
  if (!isNew) await store.saveAlarm(tx, next);
  const { id, version, scope, incidentId } = next;
  const about = incidentId === null ? {} : { incidentId };
  await recordChange(tx, { kind, subject: 'alarm', id, version, scope, data: store.toAlarmDto(next), actor, ...about });
  return next;
}
