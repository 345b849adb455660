import type { Tx } from '../../database/index.js';
import type { RecordedActor } from '../../journal/index.js';
import { tellRoll } from './following.service.js';
import { clampPar, PAR_DEFAULTS, pullBack } from './par.rules.js';
import { lockPendingRolls, lockRollsDueAfter, saveRoll, settingsOf } from './roll.store.js';

/** Pulls every running PAR clock back by as much as the clock of the database was turned back. */
export async function pullParClocks(
  tx: Tx,
  { backMs, now, actor }: { backMs: number; now: Date; actor: RecordedActor },
): Promise<void> {
  const times = { now, occurredAt: now, recordedAt: now };
  for (const roll of await lockPendingRolls(tx)) {
    const par = { ...roll.par!, clock: pullBack(roll.par!.clock, backMs) };
    await tellRoll(tx, await saveRoll(tx, { ...roll, par }, roll.people), { kind: 'par.pulled-back', actor, ...times });
  }
}

/** Brings every PAR clock that waits longer than its settings allow to where it would be now. */
export async function clampParClocks(tx: Tx, { now, actor }: { now: Date; actor: RecordedActor }): Promise<void> {
  const times = { now, occurredAt: now, recordedAt: now };
  const shortest = Math.max(PAR_DEFAULTS.firstS, PAR_DEFAULTS.retryS);
  for (const roll of await lockRollsDueAfter(tx, new Date(now.getTime() + shortest * 1000))) {
    const clock = clampPar(roll.par!.clock, now, settingsOf(roll.intervalS));
    if (clock === roll.par!.clock) continue;
    const par = { ...roll.par!, clock };
    await tellRoll(tx, await saveRoll(tx, { ...roll, par }, roll.people), { kind: 'par.pulled-back', actor, ...times });
  }
}
