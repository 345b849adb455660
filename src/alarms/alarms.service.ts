import { Inject, Injectable } from '@nestjs/common';
import { type Actor, allow, canSee, findSociety, inCommand, pathKeys, type SocietyRow, visibleOr404 } from '../access/index.js'; // prettier-ignore
import { CONFIG, type Config } from '../config.js';
import { Database, type Tx } from '../database/index.js';
import { readIncident } from '../incidents/index.js';
import { Clock } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import { notFound, Problem } from '../shared/problem.js';
import * as rules from './alarm.rules.js';
import type { AcknowledgeAlarms, AlarmDto, AlarmNote, AlarmsDto, NoteAlarms, SnoozeAlarm } from './alarms.dto.js';
import * as store from './alarms.store.js';
import { keep } from './keep.service.js';

const DUTY = new Set(['dutyOfficer', 'dutyLead']);
/** More open alarms than this at one desk are not kept: nobody could read them, and they still stand on every console. */
export const MOST_OPEN = 1000;

/** What rings at duty desks, and what people answer to it. Consoles derive alarms from the facts they show; here they become one fact for all of them. */
@Injectable()
export class AlarmsService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * What a console shows and what it does not show any more. Right if several consoles say the same, or one says it twice. 404 for a desk or an
   * incident that the actor does not see, 403 where the actor has no duty; 422 `alarm.too-many`. Answers the rows of what was raised.
   */
  async noteAlarms(actor: Actor, { raised, standing, gone }: NoteAlarms): Promise<AlarmsDto> {
    const now = this.clock.now();
    return inCommand(this.db, actor, async (tx) => {
      const alarms = await inOrder(bySource(raised), (note) => this.raise(tx, actor, { note, now }));
      for (const id of [...new Set(gone)].sort()) await this.clear(tx, actor, { id, now });
      await store.markSeen(tx, { ids: standing, keys: actor.keys, deskIds: desksOf(actor), now });
      return { alarms: alarms.map(store.toAlarmDto) };
    });
  }

  /** One or several, all or none; those that no console has noted yet are raised in the same breath. Who acknowledged first stays. 422 `alarm.not-silenced`. */
  async acknowledgeAlarms(actor: Actor, { alarms }: AcknowledgeAlarms): Promise<AlarmsDto> {
    const now = this.clock.now();
    return inCommand(this.db, actor, async (tx) => {
      const rows = await inOrder(bySource(alarms), async (note) => {
        const held = await this.raise(tx, actor, { note, now });
        rules.mustBeSilenceable(held);
        if (held.acknowledgedAt !== null) return held;
        return keep(tx, rules.acknowledge(held, { by: actor.name, now }), { kind: 'alarm.acknowledged', actor });
      });
      return { alarms: rows.map(store.toAlarmDto) };
    });
  }

  /** Puts an alarm aside with its reason, until an end. 422 `alarm.snooze-too-long`, `alarm.not-silenced`; 409 `alarm.step-not-allowed` when it is over or put aside already. */
  async snoozeAlarm(actor: Actor, id: string, { minutes, reason }: SnoozeAlarm): Promise<AlarmDto> {
    const now = this.clock.now();
    return inCommand(this.db, actor, async (tx) => {
      const held = await this.hold(tx, actor, { id, step: 'snooze' });
      rules.mustBeSilenceable(held);
      if (rules.isAside(held)) throw new Problem('alarm.step-not-allowed', { step: 'snooze', status: 'snoozed' });
      const severity = await severityNow(tx, held);
      const next = rules.snooze(held, { severity, minutes, reason, by: actor.name, now });
      return store.toAlarmDto(await keep(tx, next, { kind: 'alarm.snoozed', actor }));
    });
  }

  /** It calls again at once. 409 `alarm.step-not-allowed` unless it is put aside. */
  async wakeAlarm(actor: Actor, id: string): Promise<AlarmDto> {
    return inCommand(this.db, actor, async (tx) => {
      const held = await this.hold(tx, actor, { id, step: 'wake' });
      if (!rules.isAside(held)) throw new Problem('alarm.step-not-allowed', { step: 'wake', status: 'awake' });
      const next = rules.wake(held, this.hopAt(this.clock.now()));
      return store.toAlarmDto(await keep(tx, next, { kind: 'alarm.woken', actor }));
    });
  }

  private hopAt(now: Date): Date {
    return new Date(now.getTime() + this.config.ALARM_HOP_S * 1000);
  }

  /** The open row of what a console shows. */
  private async raise(tx: Tx, actor: Actor, { note, now }: { note: AlarmNote; now: Date }): Promise<rules.Alarm> {
    const { society, incident } = await about(tx, actor, note);
    const [since, hopAt] = [new Date(note.since), this.hopAt(now)];
    const held = await store.lockNewest(tx, society.id, note.source);
    const what = rules.whatIsNoted(held, { since, now });
    const deskSeenAt = desksOf(actor).includes(society.id) ? now : null;
    if (what === 'standing') return held!;
    if (what === 'again' || what === 'found') {
      const next = what === 'again' ? rules.raiseAgain(held!, { since, now, hopAt }) : rules.findAgain(held!, { now, hopAt }); // prettier-ignore
      if (what === 'again') await store.insertChange(tx, next.id, 'raised', now);
      return keep(tx, { ...next, deskSeenAt: deskSeenAt ?? next.deskSeenAt }, { kind: `alarm.${what}`, actor });
    }
    if (what === 'replaced') await this.end(tx, actor, { held: held!, now });
    if ((await store.openCount(tx, society.id)) >= MOST_OPEN) throw new Problem('alarm.too-many', { most: MOST_OPEN });
    const row: rules.Alarm = {
      id: newId(), societyId: society.id, source: note.source, since, code: note.code, severity: rules.severityOf(note.code, incident),
      incidentId: note.incidentId, exercise: incident?.exercise ?? false, raisedAt: now, raises: 1, raisedAgainAt: null, seenAt: now,
      deskSeenAt, clearedAt: null, lost: false, answeredAt: null, acknowledgedAt: null, acknowledgedBy: null, snoozedAt: null,
      snoozedUntil: null, snoozedBy: null, snoozeReason: null, level: 0, hopAt, scope: pathKeys(society.path), version: 1,
    }; // prettier-ignore
    // L1: of two consoles that raise it at once one finds the other's row.
    if (!(await store.insertAlarm(tx, row))) return (await store.lockNewest(tx, society.id, note.source))!;
    await store.insertChange(tx, row.id, 'raised', now);
    return keep(tx, row, { kind: 'alarm.raised', actor, isNew: true });
  }

  /** Over already, or not the actor's: nothing. A console may say so late, and the one at the desk says so too. */
  private async clear(tx: Tx, actor: Actor, { id, now }: { id: string; now: Date }): Promise<void> {
    const held = await store.lockAlarm(tx, id);
    if (held && held.clearedAt === null && canSee(actor, held.scope)) await this.end(tx, actor, { held, now });
  }

  private async end(tx: Tx, actor: Actor, { held, now }: { held: rules.Alarm; now: Date }): Promise<void> {
    await store.insertChange(tx, held.id, 'cleared', now);
    await keep(tx, rules.clear(held, { now }), { kind: 'alarm.cleared', actor });
  }

  private async hold(tx: Tx, actor: Actor, { id, step }: { id: string; step: string }): Promise<rules.Alarm> {
    const held = visibleOr404(actor, await store.lockAlarm(tx, id), 'alarm', id);
    allow(actor, 'alarm.answer', { paths: [held.scope.at(-1)!] });
    if (held.clearedAt !== null) throw new Problem('alarm.step-not-allowed', { step, status: 'cleared' });
    return held;
  }
}

/** The desk and the incident of an alarm, if the actor answers for the one and sees the other. */
async function about(tx: Tx, actor: Actor, { societyId, incidentId }: AlarmNote) {
  const society = visibleDesk(actor, await findSociety(tx, societyId), societyId);
  allow(actor, 'alarm.answer', { paths: [society.path] });
  const incident = incidentId === null ? undefined : visibleOr404(actor, await readIncident(tx, incidentId), 'incident', incidentId); // prettier-ignore
  return { society, incident };
}

/** The society if its desk is the actor's or below; otherwise 404, as if it did not exist. */
export function visibleDesk(actor: Actor, society: SocietyRow | undefined, id: string): SocietyRow {
  if (!society || !canSee(actor, pathKeys(society.path))) throw notFound('society', id);
  return society;
}

/** An incident may have become graver since its alarm was raised. */
export async function severityNow(tx: Tx, { code, incidentId }: rules.Alarm): Promise<rules.Alarm['severity']> {
  return rules.severityOf(code, incidentId === null ? undefined : await readIncident(tx, incidentId));
}

/** The desks at which a person sits. */
const desksOf = ({ grants }: Actor): string[] =>
  grants.filter(({ role, teamId, warehouseId }) => DUTY.has(role) && !teamId && !warehouseId).map(({ societyId }) => societyId); // prettier-ignore

/** One order for every console, so that two of them never wait for each other; each source once. */
const bySource = (notes: readonly AlarmNote[]): AlarmNote[] => {
  const keyOf = ({ societyId, source }: AlarmNote) => `${societyId} ${source}`;
  return [...new Map(notes.map((note) => [keyOf(note), note])).values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
};

async function inOrder<T, R>(list: readonly T[], body: (one: T) => Promise<R>): Promise<R[]> {
  const done: R[] = [];
  for (const one of list) done.push(await body(one));
  return done;
}
