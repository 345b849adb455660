import { setTimeout as pause } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { allSocieties, systemActor } from '../access/index.js';
import { Database, inSnapshot, inTransaction, type Tx } from '../database/index.js';
import { type IncidentForDispatch, lockIncident, openIncidentRows, readIncident } from '../incidents/index.js';
import type { SealedChange } from '../journal/index.js';
import { Clock } from '../shared/clock.js';
import { affects, competes, ownIncidentOf, type Trigger, triggerOf, type WatchedIncident } from './affected.rules.js';
import { type Facts, hashOf, isMissingAnything, PLAIN_ASK } from './facts.rules.js';
import { FactsReader } from './facts.js';
import { SuggestionJobs } from './suggestion-jobs.service.js';
import { queueSuggestion, takeStep } from './suggestion-steps.js';
import { hasEnded, isPlannedFor, refreshVerdict } from './suggestion.rules.js';
import {
  dropOldInputs, lockOpenSuggestions, newestBySociety, openPlanningSocieties, type SuggestionRow,
} from './suggestion.store.js'; // prettier-ignore

const SCHEDULER = systemActor('suggestions');
const KEEP_INPUTS_MS = 7 * 86_400_000;
/** Changes are gathered this long before the incidents are looked up, so that a busy ledger costs ten looks a second, not hundreds. */
const GATHER_MS = 100;

/** Keeps the proposals of open incidents in step with the facts: what the journal tells is looked at soon, everything once a minute. */
@Injectable()
export class RefreshService implements BeforeApplicationShutdown {
  private readonly log = new Logger('suggestions');
  private waiting: SealedChange[] = [];
  private marking: Promise<void> | undefined;
  private stopping = false;

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly facts: FactsReader,
    private readonly jobs: SuggestionJobs,
  ) {}

  /** Takes note of changes and rings for the incidents whose plans they may touch. What is lost here, the tick finds. */
  note(changes: SealedChange[]): void {
    this.waiting.push(...changes.filter((change) => triggerOf(change) !== null));
    if (this.waiting.length > 0) this.marking ??= this.markAll();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    await this.marking;
  }

  /** Every incident that asks for something or has something open. Right also when every job and every note was lost. */
  async refreshAll(): Promise<void> {
    const { watched, open } = await inSnapshot(this.db, readWatched);
    const ids = new Set([...watched.map(({ id }) => id), ...open.map(({ incidentId }) => incidentId)]);
    for (const id of ids) this.jobs.refreshSoon(id, 'tick');
    const before = new Date(this.clock.now().getTime() - KEEP_INPUTS_MS);
    await inTransaction(this.db, (tx) => dropOldInputs(tx, before));
  }

  /** Asks for a new plan where the facts are no longer those of the newest one, and retires what nobody needs any more. */
  async refresh(incidentId: string, trigger: Trigger): Promise<void> {
    const { incident, newest } = await inSnapshot(this.db, async (tx) => ({
      incident: await readIncident(tx, incidentId),
      newest: await newestBySociety(tx, incidentId),
    }));
    if (!incident) return;
    if (hasEnded(incident)) return this.retireAll(incidentId);
    const kept = newest.filter(
      ({ status, societyId }) => status === 'proposed' && societyId !== incident.leadSocietyId,
    );
    for (const societyId of [incident.leadSocietyId, ...kept.map((row) => row.societyId)]) {
      const held = newest.find((row) => row.societyId === societyId);
      const ask = held?.status === 'proposed' ? held.ask : PLAIN_ASK;
      const facts = await this.facts.gather({ incidentId, societyId, ask });
      if (verdictOf(incident, held, facts, trigger) !== 'leave')
        await this.settle({ incidentId, societyId, facts, trigger });
    }
  }

  private async markAll(): Promise<void> {
    try {
      while (this.waiting.length > 0 && !this.stopping) {
        await pause(GATHER_MS);
        await this.mark(this.waiting.splice(0));
      }
    } catch (error) {
      this.log.warn(`changes not noted, the tick looks again: ${String(error)}`);
    } finally {
      this.marking = undefined;
    }
  }

  private async mark(changes: SealedChange[]): Promise<void> {
    for (const change of changes) {
      const own = ownIncidentOf(change);
      if (own) this.jobs.refreshSoon(own, triggerOf(change)!);
    }
    const shared = changes.filter((change) => ownIncidentOf(change) === null || triggerOf(change) === 'needs');
    if (shared.length === 0) return;
    const { watched } = await inSnapshot(this.db, readWatched);
    for (const incident of watched) {
      const first = shared.find((change) => affects(change, incident) || competes(change, incident));
      if (first) this.jobs.refreshSoon(incident.id, triggerOf(first)!);
    }
  }

  /** Decides once more with everything locked, so that two rings at once make one row. */
  private async settle(found: {
    incidentId: string;
    societyId: string;
    facts: Facts;
    trigger: Trigger;
  }): Promise<void> {
    const { incidentId, societyId, facts, trigger } = found;
    const asked = await inTransaction(this.db, async (tx) => {
      const incident = await lockIncident(tx, incidentId);
      if (!incident || hasEnded(incident)) return undefined;
      await lockOpenSuggestions(tx, incidentId);
      const newest = (await newestBySociety(tx, incidentId)).find((row) => row.societyId === societyId);
      // Somebody asked after these facts were read: that plan is made from newer ones.
      if (newest && newest.requestedAt > new Date(facts.at)) return undefined;
      const now = this.clock.now();
      const verdict = verdictOf(incident, newest, facts, trigger);
      if (verdict === 'retire') await takeStep(tx, newest!, 'supersede', { now, actor: SCHEDULER });
      if (verdict !== 'ask') return undefined;
      return queueSuggestion(tx, {
        incident, societyId, ask: facts.ask, trigger, requestedBy: null, now, actor: SCHEDULER,
      }); // prettier-ignore
    });
    if (asked) this.jobs.solveSoon(asked);
  }

  private async retireAll(incidentId: string): Promise<void> {
    await inTransaction(this.db, async (tx) => {
      const incident = await lockIncident(tx, incidentId);
      if (!incident || !hasEnded(incident)) return;
      const how = { now: this.clock.now(), actor: SCHEDULER };
      for (const row of await lockOpenSuggestions(tx, incidentId)) await takeStep(tx, row, 'supersede', how);
    });
  }
}

function verdictOf(
  incident: IncidentForDispatch,
  newest: SuggestionRow | undefined,
  facts: Facts,
  trigger: Trigger,
): 'leave' | 'ask' | 'retire' {
  const isAsking = isPlannedFor(incident) && isMissingAnything(facts);
  return refreshVerdict(newest, {
    hash: hashOf(facts),
    isAsking,
    hasMoved: trigger !== 'tick' && trigger !== 'solved',
  });
}

/** Open incidents that ask for something, with the societies that keep plans for them, in one look. */
async function readWatched(tx: Tx): Promise<{ watched: WatchedIncident[]; open: { incidentId: string }[] }> {
  const societies = await allSocieties(tx);
  const paths = new Map(societies.map(({ id, path }) => [id, path]));
  const everywhere = societies.filter(({ parentId }) => parentId === null).map(({ path }) => path);
  const open = await openPlanningSocieties(tx);
  const watched = (await openIncidentRows(tx, everywhere))
    .filter(({ needs }) => needs.capabilities.length + needs.items.length > 0)
    .map((incident) => {
      const others = open.filter(({ incidentId }) => incidentId === incident.id).map(({ societyId }) => societyId);
      return {
        id: incident.id,
        specialities: new Set<string>(incident.needs.capabilities.map(({ speciality }) => speciality)),
        itemIds: new Set(incident.needs.items.map(({ itemId }) => itemId)),
        planningPaths: [...new Set([incident.leadSocietyId, ...others])].map((id) => paths.get(id)!),
      };
    });
  return { watched, open };
}
