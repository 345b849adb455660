import type { Tx } from '../../database/index.js';
import { recordChange, type RecordedActor } from '../../journal/index.js';
import { membersOfUnit } from '../../rescue-teams/index.js';
import { newId } from '../../shared/ids.js';
import type { Step } from '../assignment.rules.js';
import type { AssignmentRow } from '../assignment.store.js';
import { insertFact, parSettingOf } from './facts.store.js';
import { stopAsking } from './par-alerts.service.js';
import { PAR_DEFAULTS, startPar } from './par.rules.js';
import type { RollDto } from './roll.dto.js';
import { countRoll, followStep, type RollPerson } from './roll.rules.js';
import { insertRoll, lockRoll, type RollRow, saveRoll, settingsOf, toRollDto } from './roll.store.js';

export interface FactTimes {
  now: Date;
  occurredAt: Date;
  recordedAt: Date;
}
interface StepTold extends FactTimes {
  step: Step;
  /** The number of people that the step tells, where it tells one. */
  heads: number | null;
  /** How it came, where not by a session: kept also when nobody moves with it. */
  channel: 'link' | null;
  actor: RecordedActor;
}
/** Steps before anybody says yes make no roll: nobody is out. */
const WITHOUT_ROLL: readonly Step[] = ['decline', 'miss', 'withdraw'];
const STARTS_CLOCK: readonly Step[] = ['arrive'];
const STOPS_CLOCK: readonly Step[] = ['release', 'return', 'close', 'withdraw'];

/**
 * Takes a step of an assignment over to its people: the roll is made with the yes, moves with the unit, and its clock runs while the unit
 * is at the scene. The caller holds incident, unit and assignment.
 */
export async function followAssignment(tx: Tx, assignment: AssignmentRow, told: StepTold): Promise<void> {
  const held = await lockRoll(tx, assignment.id);
  if (!held && WITHOUT_ROLL.includes(told.step)) return;
  const before = held ?? (await listPeople(tx, assignment, told));
  const { step, heads, channel, occurredAt, actor } = told;
  const fact = { heads, departed: assignment.departedAt !== null, occurredAt, byName: actor.name };
  const after = atStep({ ...before, ...followStep(before, step, fact) }, assignment, told);
  const moves = !held || looks(held) !== looks(after);
  if (!moves && channel === null) return;
  if (STOPS_CLOCK.includes(step)) await stopAsking(tx, after, told);
  const changed = changedPeople(before.people, after.people);
  const kind = held ? 'step' : 'listed';
  await insertFact(tx, {
    assignmentId: assignment.id,
    kind,
    stage: step,
    changed,
    heads,
    channel,
    by: actor,
    times: told,
  });
  if (!moves) return;
  const saved = await saveRoll(tx, after, held ? before.people : []);
  await tellRoll(tx, saved, { kind: held ? 'people.moved' : 'people.listed', ...told });
}

const looks = (row: RollRow): string => JSON.stringify(toRollDto(row));
export const changedPeople = (before: readonly RollPerson[], after: readonly RollPerson[]): RollPerson[] =>
  after.filter((person) => !before.includes(person));
export const isOpen = (row: RollRow, active: boolean): boolean => active || countRoll(row).unaccounted > 0;

/** The members of the unit, as many as there are; who comes and who stays is told by name. */
async function listPeople(tx: Tx, assignment: AssignmentRow, { actor }: StepTold): Promise<RollRow> {
  const setting = await parSettingOf(tx, assignment.incidentId);
  const roll = await insertRoll(tx, assignment, setting?.intervalS ?? PAR_DEFAULTS.intervalS);
  const people = (await membersOfUnit(tx, assignment.unitId)).map(
    ({ id, name, phone, position }): RollPerson => ({
      id: newId(), memberId: id, name, phone, position, state: 'named', since: assignment.reservedAt, namedAt: null, outcome: null, words: null,
      byName: actor.name,
    }),
  ); // prettier-ignore
  return { ...roll, people };
}

function atStep(row: RollRow, assignment: AssignmentRow, { step, occurredAt }: StepTold): RollRow {
  const open = isOpen(row, assignment.active);
  if (STOPS_CLOCK.includes(step)) return { ...row, open, par: null };
  if (!STARTS_CLOCK.includes(step) || row.par) return { ...row, open };
  const clock = startPar(occurredAt, settingsOf(row.intervalS), row.cycle + 1);
  const par = { clock, intervalS: row.intervalS, accountedAt: occurredAt, holdReason: null, askedName: null };
  return { ...row, open, par };
}

export async function tellRoll(
  tx: Tx,
  row: RollRow,
  told: { kind: string; actor: RecordedActor } & FactTimes,
): Promise<RollDto> {
  const data = toRollDto(row);
  const { assignmentId: id, version, scope, incidentId } = row;
  const { kind, actor, occurredAt, recordedAt } = told;
  await recordChange(tx, {
    kind,
    actor,
    occurredAt,
    recordedAt,
    subject: 'roll',
    id,
    version,
    scope,
    incidentId,
    data,
  });
  return data;
}
