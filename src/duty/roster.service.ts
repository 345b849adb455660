import { Injectable } from '@nestjs/common';
import { type Actor, allow, canSee, findSociety, inCommand, pathKeys, type SocietyRow, visibleOr404 } from '../access/index.js'; // prettier-ignore
import { Database, inSnapshot, type Tx } from '../database/index.js';
import { recordChanges } from '../journal/index.js';
import { Clock } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import { notFound, Problem } from '../shared/problem.js';
import type {
  AddShift, CancelShift, ChangeShift, DutyRole, MakeRoster, OnDutyDto, RosterDto, RosterQuery, ShiftDto, ShiftsDto, SwapShifts,
} from './duty.dto.js'; // prettier-ignore
import * as rules from './roster.rules.js';
import * as store from './roster.store.js';

const DAY_MS = 86_400_000;
type Shift = store.Shift;

/** The duty roster of a society: who sits at its desk and when. One change at a time a society. */
@Injectable()
export class DutyRosterService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** Shifts in rotation, without a gap. 422 `duty-shift.not-of-desk`, `duty-shift.double-booked`; all of them or none. */
  async makeRoster(actor: Actor, input: MakeRoster): Promise<ShiftsDto> {
    return inCommand(this.db, actor, async (tx) => {
      const society = await this.open(tx, actor, input.societyId);
      const slots = rules.shiftsOfPattern(input);
      return { shifts: await this.put(tx, actor, { society, slots: slots.map((slot) => ({ ...slot, id: newId() })), reason: null }) };
    }); // prettier-ignore
  }

  /** One shift more. 422 as `makeRoster`, and `duty-shift.span`; 409 `duty-shift.exists`. */
  async addShift(actor: Actor, input: AddShift): Promise<ShiftDto> {
    return inCommand(this.db, actor, async (tx) => {
      const society = await this.open(tx, actor, input.societyId);
      const { role, userId, id = newId(), reason = null } = input;
      const slot = { id, role, userId, startsAt: new Date(input.startsAt), endsAt: new Date(input.endsAt) };
      return (await this.put(tx, actor, { society, slots: [slot], reason }))[0]!;
    });
  }

  /** Another person or another time. 409 `duty-shift.stale`, `duty-shift.step-not-allowed` once it is over or cancelled. */
  async changeShift(actor: Actor, id: string, input: ChangeShift): Promise<ShiftDto> {
    return inCommand(this.db, actor, async (tx) => {
      const held = await this.hold(tx, actor, { id, version: input.version, step: 'change' });
      const { userId = held.userId, reason } = input;
      const [startsAt, endsAt] = [new Date(input.startsAt ?? held.startsAt), new Date(input.endsAt ?? held.endsAt)];
      const next = { ...held, userId, startsAt, endsAt, reason, changedBy: actor.name, version: held.version + 1 };
      rules.mustBeShift(next);
      if (userId !== held.userId) await mustBeOfDesk(tx, next, [userId]);
      rules.mustNotMeet([next], await store.shiftsOf(tx, held.societyId, { from: startsAt, to: endsAt }));
      await store.saveShift(tx, next);
      return (await this.tell(tx, actor, { ids: [id], kind: 'duty.shift-changed' }))[0]!;
    });
  }

  async cancelShift(actor: Actor, id: string, input: CancelShift): Promise<ShiftDto> {
    return inCommand(this.db, actor, async (tx) => {
      const held = await this.hold(tx, actor, { id, version: input.version, step: 'cancel' });
      const cancelled = { cancelledAt: this.clock.now(), reason: input.reason, changedBy: actor.name };
      await store.saveShift(tx, { ...held, ...cancelled, version: held.version + 1 });
      return (await this.tell(tx, actor, { ids: [id], kind: 'duty.shift-cancelled' }))[0]!;
    });
  }

  /** Two shifts exchange their people, both or neither. 409 as `changeShift`; 422 `duty-shift.not-alike`, `duty-shift.double-booked`. */
  async swapShifts(actor: Actor, id: string, input: SwapShifts): Promise<ShiftsDto> {
    return inCommand(this.db, actor, async (tx) => {
      const one = await this.hold(tx, actor, { id, version: input.version, step: 'swap' });
      const other = await this.hold(tx, actor, { id: input.withId, version: input.withVersion, step: 'swap' });
      const alike = one.societyId === other.societyId && one.role === other.role;
      if (!alike || one.userId === other.userId || one.startsAt.getTime() === other.startsAt.getTime())
        throw new Problem('duty-shift.not-alike');
      const changed = { reason: input.reason, changedBy: actor.name };
      const next = [
        { ...one, ...changed, userId: other.userId, version: one.version + 1 },
        { ...other, ...changed, userId: one.userId, version: other.version + 1 },
      ] as const;
      for (const shift of next)
        rules.mustNotMeet([shift], (await store.shiftsOf(tx, one.societyId, { from: shift.startsAt, to: shift.endsAt })).filter((held) => held.id !== one.id && held.id !== other.id)); // prettier-ignore
      await store.exchangePeople(tx, ...next);
      return { shifts: await this.tell(tx, actor, { ids: [one.id, other.id], kind: 'duty.shifts-swapped' }) };
    });
  }

  /** A span of the roster with what is wrong in it. 404 `society.not-found` for a desk that the actor does not see. */
  async roster(actor: Actor, query: RosterQuery): Promise<RosterDto> {
    const now = this.clock.now();
    return inSnapshot(this.db, async (tx) => {
      const { id } = visible(actor, await findSociety(tx, query.societyId), query.societyId);
      const from = query.from ? new Date(query.from) : now;
      const span = { from, to: new Date(from.getTime() + query.days * DAY_MS) };
      const shifts = await store.shiftsOf(tx, id, span);
      const people = await store.peopleOfDesk(tx, id);
      const everywhere = await store.shiftsOfPeople(tx, [...new Set(shifts.map(({ userId }) => userId))], span);
      const kept = await store.keepsRoster(tx, id, new Date(now.getTime() - rules.ROSTER_LIVES_MS));
      const onDuty = await store.shiftsOf(tx, id, { from: now, to: new Date(now.getTime() + 1) });
      return {
        societyId: id, from: span.from.toISOString(), to: span.to.toISOString(), kept, shifts: shifts.map(store.toShiftDto),
        gaps: kept ? rules.gapsOfDesk(shifts.filter(({ able }) => able), span) : [],
        doubles: rules.doublesOf(everywhere).filter(({ shiftIds }) => shifts.some((shift) => shiftIds.includes(shift.id))),
        onDuty: onDuty.map(store.toShiftDto), people,
      };
    }); // prettier-ignore
  }

  /** Who is on duty at this moment. */
  async onDuty(actor: Actor, societyId: string): Promise<OnDutyDto> {
    const now = this.clock.now();
    return inSnapshot(this.db, async (tx) => {
      const { id } = visible(actor, await findSociety(tx, societyId), societyId);
      const shifts = await store.shiftsOf(tx, id, { from: now, to: new Date(now.getTime() + 1) });
      const kept = await store.keepsRoster(tx, id, new Date(now.getTime() - rules.ROSTER_LIVES_MS));
      return { societyId: id, kept, shifts: shifts.filter(({ able }) => able).map(store.toShiftDto) };
    });
  }

  /** The society whose roster the actor plans, under its lock. */
  private async open(tx: Tx, actor: Actor, societyId: string): Promise<SocietyRow> {
    const society = visible(actor, await findSociety(tx, societyId), societyId);
    allow(actor, 'duty.plan', { paths: [society.path] });
    await store.lockRoster(tx, societyId);
    return society;
  }

  /** A shift to change, read after the lock of its roster. */
  private async hold(tx: Tx, actor: Actor, asked: { id: string; version: number; step: string }): Promise<Shift> {
    const { id, version, step } = asked;
    const seen = visibleOr404(actor, await store.findShift(tx, id), 'duty-shift', id);
    await this.open(tx, actor, seen.societyId);
    const held = (await store.findShift(tx, id))!;
    if (held.version !== version) throw new Problem('duty-shift.stale', { version: held.version });
    if (held.cancelledAt) throw new Problem('duty-shift.step-not-allowed', { step, status: 'cancelled' });
    if (held.endsAt <= this.clock.now()) throw new Problem('duty-shift.step-not-allowed', { step, status: 'over' });
    return held;
  }

  private async put(
    tx: Tx,
    actor: Actor,
    { society, slots, reason }: { society: SocietyRow; slots: (rules.Slot & { id: string })[]; reason: string | null },
  ): Promise<ShiftDto[]> {
    slots.forEach(rules.mustBeShift);
    const { id: societyId, path } = society;
    await mustBeOfDesk(tx, { societyId, role: slots[0]!.role }, slots.map(({ userId }) => userId)); // prettier-ignore
    const [from, to] = [slots[0]!.startsAt, slots.at(-1)!.endsAt];
    rules.mustNotMeet(slots, await store.shiftsOf(tx, societyId, { from, to }));
    const made = { societyId, madeBy: actor.name, changedBy: null, reason, cancelledAt: null, scope: pathKeys(path), version: 1 }; // prettier-ignore
    await store.insertShifts(tx, slots.map((slot) => ({ ...slot, ...made }))); // prettier-ignore
    return this.tell(tx, actor, { ids: slots.map(({ id }) => id), kind: 'duty.shift-set' });
  }

  private async tell(tx: Tx, actor: Actor, { ids, kind }: { ids: string[]; kind: string }): Promise<ShiftDto[]> {
    const told: ShiftDto[] = [];
    const changes = [];
    for (const id of ids) {
      const shift = (await store.findShift(tx, id))!;
      told.push(store.toShiftDto(shift));
      changes.push({ kind, subject: 'duty-shift', id, version: shift.version, scope: shift.scope, data: told.at(-1)!, actor }); // prettier-ignore
    }
    await recordChanges(tx, changes);
    return told;
  }
}

/** The society if its desk is the actor's or below; otherwise 404, as if it did not exist. */
export function visible(actor: Actor, society: SocietyRow | undefined, id: string): SocietyRow {
  if (!society || !canSee(actor, pathKeys(society.path))) throw notFound('society', id);
  return society;
}

/** 422 `duty-shift.not-of-desk`: only who holds a duty role at this very desk can sit at it. */
async function mustBeOfDesk(tx: Tx, desk: { societyId: string; role: DutyRole }, userIds: string[]): Promise<void> {
  const people = await store.peopleOfDesk(tx, desk.societyId);
  const able = people.filter(({ roles }) => roles.includes(desk.role) || roles.includes('dutyLead'));
  const stranger = userIds.find((userId) => !able.some((person) => person.userId === userId));
  if (stranger) throw new Problem('duty-shift.not-of-desk', { userId: stranger });
}
