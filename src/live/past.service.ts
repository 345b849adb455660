import { Injectable } from '@nestjs/common';
import { type Actor, EVERYONE, findSociety, isWithin, pathKeys } from '../access/index.js';
import { Database, inSnapshot, type Tx } from '../database/index.js';
import type { SealedChange } from '../journal/index.js';
import { unitRows } from '../rescue-teams/index.js';
import { notFound } from '../shared/problem.js';
import { MOST_PAST_ROWS, MOST_UNRECORDED, type PastBoardDto, type PastQuery, STEP_WINDOW } from './past.dto.js';
import * as rules from './past.rules.js';
import * as store from './past.store.js';

interface Moment {
  seq: number;
  at: Date;
}

/** The board of a past moment: rebuilt from the record, never from what the tables hold now. */
@Injectable()
export class PastService {
  constructor(private readonly db: Database) {}

  /**
   * What a console would have shown then to somebody with the keys of the asker. 400 `request.invalid`; 404 `society.not-found`, `incident.not-found`,
   * `journal.not-found`; 422 `past.too-far`, `past.before-record`, `past.too-large`.
   */
  async board(actor: Actor, query: PastQuery): Promise<PastBoardDto> {
    return inSnapshot(this.db, async (tx) => {
      const keys = await keysOf(tx, actor, query.societyId);
      const span = await store.recordSpan(tx);
      const moment = await this.momentAsked(tx, query, span);
      const { lines, recordedUnits } = await this.linesOf(tx, moment.seq, keys);
      const whole = rules.boardOf(lines);
      const lists = query.incidentId ? rules.onlyIncident(whole, query.incidentId) : whole;
      const steps = await stepsBeside(tx, moment.seq, keys);
      const unrecorded = await unrecordedOf(tx, { ...moment, keys, recordedUnits });
      return {
        seq: moment.seq, at: moment.at.toISOString(), recordFrom: span.firstAt!.toISOString(), ...steps, ...lists, unrecorded,
        lacking: rules.lackingIn(lists),
      };
    });
  } // prettier-ignore

  /** A number stands for the moment at which its line came. */
  private async momentAsked(tx: Tx, query: PastQuery, span: { firstAt: Date | null; now: Date }): Promise<Moment> {
    if (query.seq === undefined) {
      const at = new Date(query.at!);
      rules.mustBeWithin(at, span);
      return { seq: await store.seqAt(tx, at), at };
    }
    const at = await store.momentOf(tx, query.seq);
    if (!at) throw notFound('journal', String(query.seq));
    rules.mustBeWithin(at, span);
    return { seq: query.seq, at };
  }

  /** The newest lines of all that stood; a thing is judged by its newest line alone, so what was not to be seen any more is not seen as it was before. */
  private async linesOf(tx: Tx, seq: number, keys: string[][]): Promise<{ lines: SealedChange[]; recordedUnits: Set<string> }> {
    const heads = await store.boardHeads(tx, seq, keys);
    const incidentIds = new Set(heads.flatMap(({ incidentId }) => incidentId ?? []));
    const work = await store.workHeads(tx, [...incidentIds], { seq, keys, limit: MOST_PAST_ROWS + 1 });
    const seen = heads.filter(({ scope }) => keys.every((set) => scope.some((key) => set.includes(key))));
    const lines = [...seen, ...work];
    const recordedUnits = new Set(heads.filter(({ subject }) => subject === 'team-unit').map(({ subjectId }) => subjectId));
    return { lines, recordedUnits };
  } // prettier-ignore
}

/** The keys that must reach a line: those of the asker, and, for the board of one desk, those of that desk as well. */
async function keysOf(tx: Tx, actor: Actor, societyId: string | undefined): Promise<string[][]> {
  if (societyId === undefined) return [actor.keys];
  const society = await findSociety(tx, societyId);
  const answersFor = ({ path, teamId, warehouseId }: Actor['grants'][number]) =>
    !teamId && !warehouseId && isWithin(society!.path, path);
  if (!society || !actor.grants.some(answersFor)) throw notFound('society', societyId);
  return [actor.keys, [EVERYONE, society.path, ...pathKeys(society.path).map((path) => `down:${path}`)]];
}

const toMoment = ({ seq, receivedAt }: SealedChange) => ({ seq, at: receivedAt.toISOString() });

async function stepsBeside(tx: Tx, seq: number, keys: string[][]): Promise<Pick<PastBoardDto, 'change' | 'previous' | 'next'>> {
  const [newest, before] = await store.changesUpTo(tx, seq, { keys, window: STEP_WINDOW, limit: 2 });
  const after = await store.changeAfter(tx, seq, { keys, window: STEP_WINDOW });
  const told = newest && (({ kind, subject, subjectId, incidentId, actorName }: SealedChange) => ({ kind, subject, subjectId, incidentId, actorName }))(newest);
  return {
    change: newest && told ? { ...toMoment(newest), ...told, data: JSON.parse(newest.body) as Record<string, unknown> } : null,
    previous: before ? toMoment(before) : null,
    next: after ? toMoment(after) : null,
  };
} // prettier-ignore

/** What is there now and had no line by then: named, because nobody knows how it was. */
async function unrecordedOf(tx: Tx, of: Moment & { keys: string[][]; recordedUnits: Set<string> }): Promise<PastBoardDto['unrecorded']> {
  const units = await unitRows(tx, of.keys.at(-1)!);
  return {
    incidents: await store.unrecordedIncidents(tx, { ...of, limit: MOST_UNRECORDED }),
    teamUnits: units.filter(({ id }) => !of.recordedUnits.has(id)).slice(0, MOST_UNRECORDED).map(({ id, code, teamName }) => ({ id, code, teamName })),
  };
} // prettier-ignore
