import { createHash } from 'node:crypto';
import { type FieldError, Problem, type ProblemParams } from '../../shared/problem.js';
import type { CommandDto, OfflineCommand, Proposal } from './command.dto.js';

/** A refusal as it is kept. */
export interface KeptProblem {
  code: string;
  params: ProblemParams;
  errors?: FieldError[];
}
export const kept = ({ code, params, errors }: Problem): KeptProblem => ({
  code,
  params,
  ...(errors ? { errors } : {}),
});

/** Deeper than any form. */
const DEEPEST = 32;
const LONE_SURROGATE = /\p{Surrogate}/u;

/** Whether the database can keep a value as it is: no zero character, no half of a character, not nested without end. */
export function isStorable(value: unknown, depth = 0): boolean {
  if (typeof value === 'string') return !value.includes('\u0000') && !LONE_SURROGATE.test(value);
  if (value === null || typeof value !== 'object') return true;
  return (
    depth < DEEPEST && Object.entries(value).every(([key, part]) => isStorable(key) && isStorable(part, depth + 1))
  );
}

/** The same for the same content, whatever the order of its fields: a client id stands for one command. */
export function fingerprintOf(command: Omit<OfflineCommand, 'clientId' | 'seen'>): Buffer {
  const { kind, occurredAt, recordedAt, clockOffsetMs, after, body } = command;
  const content = [kind, occurredAt, recordedAt, clockOffsetMs, after ?? null, sorted(body)];
  return createHash('sha256').update(JSON.stringify(content)).digest();
}

const sorted = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(sorted)
    : value !== null && typeof value === 'object'
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, part]) => [key, sorted(part)]))
      : value; // prettier-ignore

/** The times of a command, corrected by what the device knows of its clock. */
export function timesOf(command: Pick<OfflineCommand, 'occurredAt' | 'recordedAt' | 'clockOffsetMs'>) {
  const inServerTime = (at: string) => new Date(Date.parse(at) + command.clockOffsetMs);
  return { occurredAt: inServerTime(command.occurredAt), recordedAt: inServerTime(command.recordedAt) };
}

/** What a command does about the one it builds on: it runs when that has had its effect, is refused when it never will, or waits. */
export function fateOf(before: Pick<CommandDto, 'state' | 'resolution'> | undefined): 'runs' | 'waits' | 'refused' {
  if (before?.state === 'applied' || before?.resolution === 'corrected') return 'runs';
  return before?.resolution === 'dropped' ? 'refused' : 'waits';
}

export const canBeResolved = (state: CommandDto['state']): boolean => state === 'rejected' || state === 'waiting';

type Body = Record<string, unknown>;
/** What can be proposed whatever the kind: another moment, or the units that there are. Null when nothing can. */
export function proposalFor(problem: KeptProblem, command: { body: Body }, now: Date): Proposal | null {
  const { code, params } = problem;
  if (code === 'stock.occurred-in-future') return { occurredAt: now.toISOString() };
  if (code === 'stock.too-long-ago') return { occurredAt: String(params.earliest) };
  if (code === 'stock.not-yet-there') return { occurredAt: String(params.firstAt) };
  const available = Number(params.available);
  if (code !== 'stock.insufficient' || !(available > 0)) return null;
  const { body } = command;
  if (typeof body.units === 'number') return { body: { ...body, units: available } };
  const [line, ...others] = Array.isArray(body.lines) ? (body.lines as Body[]) : [];
  const hasOneAmount = typeof line?.units === 'number' && others.length === 0;
  return hasOneAmount ? { body: { ...body, lines: [{ ...line, units: available }] } } : null;
} // prettier-ignore

/** A receipt into bins that are not there: without them the goods go to the default bin. */
export function withoutBin(body: Body, binId: unknown): Body {
  const lines = body.lines as Body[];
  return { ...body, lines: lines.map(({ binId: own, ...line }) => (own === binId || own === undefined ? line : { ...line, binId: own })) };
} // prettier-ignore

/** An arrival into bins that are not there: without them the goods go to the default bin. */
export function withoutBinOf({ binId: own, lots = [], ...body }: Body, binId: unknown): Body {
  const kept = own === binId || own === undefined ? {} : { binId: own };
  const placed = (lots as Body[]).map(({ binId: at, ...lot }) => (at === binId || at === undefined ? lot : { ...lot, binId: at })); // prettier-ignore
  return { ...body, ...kept, lots: placed };
}

/**
 * The order in which commands of one upload run: as the device wrote them down, whatever the order in which they came. One that was told
 * twice runs once.
 */
export function inOrderOfDevice<T extends Pick<OfflineCommand, 'clientId' | 'occurredAt' | 'recordedAt' | 'clockOffsetMs'>>(commands: readonly T[]): T[] {
  const at = (command: T) => timesOf(command);
  return [...commands].sort((a, b) => {
    const [one, other] = [at(a), at(b)];
    return (
      one.recordedAt.getTime() - other.recordedAt.getTime() || one.occurredAt.getTime() - other.occurredAt.getTime() || (a.clientId < b.clientId ? -1 : Number(a.clientId > b.clientId))
    );
  });
} // prettier-ignore

/** A step refused because the paper was not so far: an earlier step may be on its way still. */
export const isBeforeItsTurn = (problem: Pick<KeptProblem, 'code'> | null): boolean =>
  problem?.code.endsWith('.step-not-allowed') ?? false;
