import { Injectable } from '@nestjs/common';
import { type Actor, allow, inCommand, may, visibleOr404 } from '../access/index.js';
import { Database, inTransaction, read, type Tx } from '../database/index.js';
import type { MissionDto } from '../dispatch/dispatch.dto.js';
import { DispatchService } from '../dispatch/index.js';
import { type IncidentForDispatch, lockIncident, readIncident } from '../incidents/index.js';
import { Clock } from '../shared/clock.js';
import { decodeCursor, toPage } from '../shared/paging.js';
import { notFound, Problem } from '../shared/problem.js';
import { SuggestionJobs } from './suggestion-jobs.service.js';
import { queueSuggestion, takeStep } from './suggestion-steps.js';
import {
  askingSociety, decide, hasEnded, mayBeAccepted, meansFactsMoved, missionOf, type PlanningSociety, stale, staleBecause,
} from './suggestion.rules.js'; // prettier-ignore
import {
  findSuggestion, lockOpenSuggestions, lockSuggestion, type SuggestionRow, suggestionsOf, toSuggestionDto,
} from './suggestion.store.js'; // prettier-ignore
import type {
  AcceptSuggestion, AskSuggestion, RejectSuggestion, SuggestionDto, SuggestionsQuery,
} from './suggestions.dto.js'; // prettier-ignore

/** What officers do with suggestions: ask, read, take, refuse. A suggestion never sends anything by itself. */
@Injectable()
export class SuggestionService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly dispatch: DispatchService,
    private readonly jobs: SuggestionJobs,
  ) {}

  /**
   * Queues a plan for an incident and answers at once; a worker solves it. 404 `incident.not-found`, 403 `access.denied`,
   * 409 `incident.step-not-allowed` when the incident has ended.
   */
  async ask(actor: Actor, incidentId: string, input: AskSuggestion): Promise<SuggestionDto> {
    const queued = await inCommand(this.db, actor, async (tx) => {
      const incident = visibleOr404(actor, await lockIncident(tx, incidentId), 'incident', incidentId);
      allow(actor, 'suggestion.decide', { paths: pathsOf(incident) });
      if (hasEnded(incident))
        throw new Problem('incident.step-not-allowed', { status: incident.status, step: 'suggest' });
      const { id, ...ask } = input;
      const { societyId } = askingSociety(actingFor(actor, incident), incident);
      const row = await queueSuggestion(tx, {
        ...(id ? { id } : {}), incident, societyId, ask, trigger: 'asked', requestedBy: actor.name, now: this.clock.now(), actor,
      }); // prettier-ignore
      return toSuggestionDto(row);
    });
    this.jobs.solveSoon(queued);
    return queued;
  }

  /**
   * Sends the chosen lines as an ordinary mission, all or nothing, and closes the suggestion in that same transaction. 409
   * `suggestion.stale` when it is no longer the proposal that the officer saw, or when the facts moved (`cause` names the refusal of
   * the mission): then nothing was sent and a fresh suggestion is on its way. 403, 404 and refusals of the mission as they are.
   */
  async accept(actor: Actor, id: string, input: AcceptSuggestion): Promise<MissionDto> {
    const row = await read(this.db, (tx) => this.decidable(tx, actor, id, findSuggestion));
    if (!mayBeAccepted(row, input.version, actor.command !== undefined)) throw stale(row);
    const mission = missionOf(row.lines, input.lineIndexes);
    const within = (tx: Tx, { id: missionId }: { id: string }) => this.close(tx, actor, { ...input, id, missionId });
    try {
      return await this.dispatch.dispatchMission(actor, row.incidentId, mission, { suggestionId: id, within });
    } catch (refusal) {
      if (!(refusal instanceof Problem) || !meansFactsMoved(refusal)) throw refusal;
      const latest = (await read(this.db, (tx) => findSuggestion(tx, id)))!;
      if (!mayBeAccepted(latest, input.version, false)) throw stale(latest);
      await this.askAfresh(actor, latest);
      throw staleBecause(refusal);
    }
  }

  /** Refuses a proposal, with the reason on record; the same facts do not bring it back. 409 `suggestion.stale`. */
  async reject(actor: Actor, id: string, input: RejectSuggestion): Promise<SuggestionDto> {
    return inCommand(this.db, actor, async (tx) => {
      const row = await this.decidable(tx, actor, id, lockSuggestion);
      decide(row, 'reject', input.version);
      const now = this.clock.now();
      const having = { decidedAt: now, decidedBy: actor.name, decisionReason: input.reason };
      return toSuggestionDto(await takeStep(tx, row, 'reject', { now, actor, having }));
    });
  }

  /** 404 `suggestion.not-found`. */
  async suggestion(actor: Actor, id: string): Promise<SuggestionDto> {
    return toSuggestionDto(visibleOr404(actor, await read(this.db, (tx) => findSuggestion(tx, id)), 'suggestion', id));
  }

  /** All that was ever suggested for an incident, newest first. 404 `incident.not-found`. */
  async suggestions(actor: Actor, incidentId: string, query: SuggestionsQuery) {
    const after = decodeCursor(query.cursor, ['string', 'string']);
    return read(this.db, async (tx) => {
      visibleOr404(actor, await readIncident(tx, incidentId), 'incident', incidentId);
      const rows = await suggestionsOf(tx, incidentId, { keys: actor.keys, after, limit: query.limit + 1 });
      return toPage(rows.map(toSuggestionDto), query.limit, (last) => [last.requestedAt, last.id]);
    });
  }

  /** Joins the mission's transaction, after everything was booked: whoever comes second finds the proposal gone. */
  private async close(
    tx: Tx,
    actor: Actor,
    taken: AcceptSuggestion & { id: string; missionId: string },
  ): Promise<void> {
    const row = await this.decidable(tx, actor, taken.id, lockSuggestion);
    decide(row, 'accept', taken.version);
    const now = this.clock.now();
    const having = { decidedAt: now, decidedBy: actor.name, missionId: taken.missionId };
    await takeStep(tx, row, 'accept', { now, actor, having });
  }

  /** The same question again, for the same society, unless one is already on its way. */
  private async askAfresh(actor: Actor, old: SuggestionRow): Promise<void> {
    const queued = await inTransaction(this.db, async (tx) => {
      const incident = await lockIncident(tx, old.incidentId);
      if (!incident || hasEnded(incident)) return undefined;
      const open = await lockOpenSuggestions(tx, incident.id);
      if (open.some((row) => row.societyId === old.societyId && row.status !== 'proposed')) return undefined;
      const { societyId, ask } = old;
      return queueSuggestion(tx, {
        incident, societyId, ask, trigger: 'stale', requestedBy: actor.name, now: this.clock.now(), actor,
      }); // prettier-ignore
    });
    if (queued) this.jobs.solveSoon(queued);
  }

  /** The row if the actor may see it (else 404) and may decide for its incident (else 403). */
  private async decidable(
    tx: Tx,
    actor: Actor,
    id: string,
    rowOf: (tx: Tx, id: string) => Promise<SuggestionRow | undefined>,
  ): Promise<SuggestionRow> {
    const row = visibleOr404(actor, await rowOf(tx, id), 'suggestion', id);
    const incident = await readIncident(tx, row.incidentId);
    if (!incident) throw notFound('incident', row.incidentId);
    allow(actor, 'suggestion.decide', { paths: pathsOf(incident) });
    return row;
  }
}

const pathsOf = ({ societyPath, leadPath }: IncidentForDispatch) => [societyPath, leadPath];

/** The societies of the actor that may decide for this incident. */
function actingFor(actor: Actor, incident: IncidentForDispatch): PlanningSociety[] {
  const target = { paths: pathsOf(incident) };
  return actor.grants.filter((grant) => may({ ...actor, grants: [grant] }, 'suggestion.decide', target));
}
