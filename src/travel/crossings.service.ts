import { Injectable } from '@nestjs/common';
import { type Actor, allow, findSociety, inCommand, pathKeys, resourceKeys, visibleOr404 } from '../access/index.js';
import { Database, type Tx } from '../database/index.js';
import { recordChange } from '../journal/index.js';
import { Clock } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import { ensure, Problem } from '../shared/problem.js';
import * as store from './travel.store.js';
import {
  type ChangeCrossing, type CrossingDto, type CrossingStep, MOST_CROSSINGS, type OpenCrossing, type SuspendCrossing,
} from './travel.dto.js'; // prettier-ignore
import { ownSociety } from './own-society.js';

/** Ferries and bridges: what leads over water, when, for what, and when it does not. */
@Injectable()
export class CrossingsService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** 422 `crossing.same-land` where both ends lie on one island, `crossing.too-many`. */
  async openCrossing(actor: Actor, { id = newId(), societyId, ...content }: OpenCrossing): Promise<CrossingDto> {
    return inCommand(this.db, actor, async (tx) => {
      const society = await ownSociety(tx, actor, societyId);
      mustJoin(content);
      const province = pathKeys(society.path)[0]!;
      if ((await store.countCrossings(tx, province)) >= MOST_CROSSINGS)
        throw new Problem('crossing.too-many', { most: MOST_CROSSINGS });
      const row: store.CrossingRow = {
        ...content, id, societyId, suspendedFrom: null, suspendedUntil: null, suspendedReason: null, retiredAt: null, setBy: actor.name,
        setAt: this.clock.now(), scope: resourceKeys(society.path), version: 1,
      }; // prettier-ignore
      await store.insertCrossing(tx, row);
      return told(tx, actor, row, 'crossing.opened');
    });
  }

  /** 409 `crossing.stale`, `crossing.step-not-allowed` once it is retired; 422 `crossing.same-land`. */
  async changeCrossing(actor: Actor, id: string, { version, ...content }: ChangeCrossing): Promise<CrossingDto> {
    mustJoin(content);
    return this.step(actor, { id, version, kind: 'crossing.changed' }, (row) => ({ ...row, ...content }));
  }

  /** No way leads over it from then on, until it is resumed or the moment named. */
  async suspendCrossing(actor: Actor, id: string, input: SuspendCrossing): Promise<CrossingDto> {
    const { version, from, until = null, reason } = input;
    return this.step(actor, { id, version, kind: 'crossing.suspended' }, (row) => {
      const suspendedFrom = from ? new Date(from) : this.clock.now();
      const suspendedUntil = until === null ? null : new Date(until);
      if (suspendedUntil && suspendedUntil <= suspendedFrom) throw new Problem('crossing.ends-before-it-begins');
      return { ...row, suspendedFrom, suspendedUntil, suspendedReason: reason };
    });
  }

  /** It runs again. 409 `crossing.step-not-allowed` where nothing was suspended. */
  async resumeCrossing(actor: Actor, id: string, { version }: CrossingStep): Promise<CrossingDto> {
    return this.step(actor, { id, version, kind: 'crossing.resumed' }, (row) => {
      if (row.suspendedFrom === null) throw new Problem('crossing.step-not-allowed', { name: row.name });
      return { ...row, suspendedFrom: null, suspendedUntil: null, suspendedReason: null };
    });
  }

  /** It is no more; it stays in the record. */
  async retireCrossing(actor: Actor, id: string, { version }: CrossingStep): Promise<CrossingDto> {
    return this.step(actor, { id, version, kind: 'crossing.retired' }, (row) => ({
      ...row,
      retiredAt: this.clock.now(),
    }));
  }

  private async step(
    actor: Actor,
    { id, version, kind }: { id: string; version: number; kind: string },
    take: (row: store.CrossingRow) => store.CrossingRow,
  ): Promise<CrossingDto> {
    return inCommand(this.db, actor, async (tx) => {
      const held = visibleOr404(actor, await store.lockCrossing(tx, id), 'crossing', id);
      const society = await findSociety(tx, held.societyId);
      ensure(society !== undefined, 'a crossing has its society');
      allow(actor, 'travel.manage', { paths: [society.path] });
      if (held.version !== version) throw new Problem('crossing.stale', { version: held.version });
      if (held.retiredAt) throw new Problem('crossing.step-not-allowed', { name: held.name });
      const row = { ...take(held), setBy: actor.name, setAt: this.clock.now(), version: version + 1 };
      await store.saveCrossing(tx, row);
      return told(tx, actor, row, kind);
    });
  }
}

function mustJoin({ from, to }: Pick<CrossingDto, 'from' | 'to'>): void {
  if (from.island !== null && from.island === to.island) throw new Problem('crossing.same-land', { island: from.island });
} // prettier-ignore

async function told(tx: Tx, actor: Actor, row: store.CrossingRow, kind: string): Promise<CrossingDto> {
  const data = store.toCrossingDto(row);
  const { id, version, scope } = row;
  await recordChange(tx, { kind, subject: 'crossing', id, version, scope, data, actor });
  return data;
}
