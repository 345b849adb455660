import type { AssignmentStatus } from '../../../../src/dispatch/dispatch.dto.js';
import type {
  CheckIn,
  Mark,
  ParDto,
  RollDto,
  RollPersonDto,
  Stage,
} from '../../../../src/dispatch/accountability/roll.dto.js';
import type { Limit } from '../../live/ageing.rules.js';

const ACCOUNTED = new Set(['staying', 'left', 'back', 'settled']);
export const isLost = ({ state }: Pick<RollPersonDto, 'state'>): boolean => !ACCOUNTED.has(state);
export const missingOf = (roll: RollDto): RollPersonDto[] => roll.people.filter(({ state }) => state === 'missing');
/** Whom the unit must name when it is asked at the scene. */
export const expectedOf = (roll: RollDto): RollPersonDto[] =>
  roll.people.filter(({ state }) => state === 'on-scene' || state === 'missing');

/** Where a unit is counted next, from how far it has come. */
const STAGE_AT: Partial<Record<AssignmentStatus, Stage>> = {
  accepted: 'assembling',
  assembling: 'assembling',
  departed: 'on-scene',
  'on-scene': 'on-scene',
  working: 'on-scene',
  resting: 'on-scene',
  released: 'release',
};
export const stageAt = (status: AssignmentStatus): Stage => STAGE_AT[status] ?? 'home';

/** One choice of a list: a mark, with where the person went. */
export type Choice = '' | Exclude<Mark, 'left'> | 'sent-home' | 'hospital' | 'stays';
const AWAY: readonly Choice[] = ['sent-home', 'hospital', 'stays'];
/** What may be said of a person now, the usual first. */
export function choicesOf({ state }: Pick<RollPersonDto, 'state'>, stage: Stage): Choice[] {
  if (state === 'settled') return [''];
  if (state === 'staying') return ['', 'present', 'coming'];
  if (state === 'named') return ['', 'present', 'staying', 'missing'];
  return ['', 'present', 'missing', ...AWAY, ...(stage === 'assembling' ? (['staying'] as const) : [])];
}
export const spoken = (choice: Choice): Omit<CheckIn['people'][number], 'personId'> | null => {
  if (choice === '') return null;
  if (choice === 'sent-home' || choice === 'hospital' || choice === 'stays') return { mark: 'left', outcome: choice };
  return { mark: choice };
};

/** The clock of a unit: what it waits for, since when, and how long it may. Null while there is nothing to wait for. */
type ParCode = 'par' | 'par-missed' | 'par-held' | 'check-in';
export function parWait(par: ParDto): { code: ParCode; since: string; limit: Limit | null } {
  const since = par.accountedAt;
  if (par.state === 'asked') return { code: 'par', since: par.askedAt!, limit: { limitS: par.answerS } };
  if (par.state === 'missed') return { code: 'par-missed', since: par.missedAt!, limit: { limitS: 1 } };
  if (par.state === 'excused') return { code: 'par-held', since, limit: null };
  return { code: 'check-in', since, limit: { limitS: par.intervalS + par.answerS, amberS: par.intervalS } };
}
