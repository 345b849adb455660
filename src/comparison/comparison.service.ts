import { Injectable } from '@nestjs/common';
import { type Actor, canSee } from '../access/index.js';
import { Database, inSnapshot, type Tx } from '../database/index.js';
import { readIncident } from '../incidents/index.js';
import { notFound } from '../shared/problem.js';
import { comparisonsOf } from './comparing.js';
import type { ComparisonDto } from './comparison.dto.js';
import { type Compared, comparedIncident, comparedIncidents } from './comparison.store.js';

/** What was expected and what was used in the end. Reads only: nothing changes by itself. */
@Injectable()
export class ComparisonService {
  constructor(private readonly db: Database) {}

  /** Of one incident, at any time; figures move until it is closed. 404 `incident.not-found`. */
  async ofIncident(actor: Actor, id: string): Promise<ComparisonDto> {
    return inSnapshot(this.db, async (tx) => {
      const seen = await readIncident(tx, id);
      if (!seen || !canSee(actor, seen.scope)) throw notFound('incident', id);
      return (await comparisonsOf(tx, [(await comparedIncident(tx, id))!]))[0]!;
    });
  }

  /** Of the incidents that a report covers, newest first; with the caller's transaction. */
  async within(tx: Tx, of: Compared, limit: number): Promise<ComparisonDto[]> {
    return comparisonsOf(tx, await comparedIncidents(tx, of, limit));
  }
}
