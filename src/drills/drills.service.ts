import { Injectable } from '@nestjs/common';
import { type Actor, allow, EVERYONE, findSociety, inCommand, pathKeys, visibleOr404 } from '../access/index.js';
import { Database, inTransaction, nextNumber, read, type Tx } from '../database/index.js';
import { Clock } from '../shared/clock.js';
import { idFrom, newId } from '../shared/ids.js';
import { decodeCursor, toPage } from '../shared/paging.js';
import { notFound, Problem } from '../shared/problem.js';
import { DrillHost } from './drill-host.service.js';
import * as store from './drill.store.js';
import {
  type DrillDto, DRILL_LIMITS, type DrillNowDto, type DrillStep, type EnteredDto, type EnterInject, type InjectDto, type ListedPerson, type PlanDrill,
  type ScoreDto,
} from './drills.dto.js'; // prettier-ignore
import { mayStartAt, mayTake } from './drill.rules.js';
import { mayRunDrill } from './may-run.js';
import { shippedScript } from './scripts.js';
import { insertSheet } from './sheet/sheet.store.js';
import { tell } from './telling.js';

type Page<T> = { items: T[]; nextCursor: string | null };

/**
 * The register of drills, in reality: who plans, starts and ends one, and the way in. What happens in a drill happens in its own application
 * on its own schema (docs/decisions/0010); reality keeps the plan, the two moments and the score.
 */
@Injectable()
export class DrillsService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly host: DrillHost,
  ) {}

  /**
   * Writes a drill down. Its injects are those of a shipped script and the given ones together, in the order of their minutes. 422
   * `drill.person-unknown` for a listed telephone that is of nobody under the society; `drill.too-long` for too many injects; `drill.start-out-of-range`.
   */
  async planDrill(actor: Actor, input: PlanDrill): Promise<DrillDto> {
    return inCommand(this.db, actor, async (tx) => {
      const society = await findSociety(tx, input.societyId);
      if (!society) throw notFound('society', input.societyId);
      allow(actor, 'drill.run', { paths: [society.path] });
      if (input.startsAt) mayStartAt(new Date(input.startsAt), this.clock.now());
      const injects = [...(input.script ? shippedScript(input.script) : []), ...input.injects].sort((a, b) => a.atMin - b.atMin); // prettier-ignore
      if (injects.length > DRILL_LIMITS.injects)
        throw new Problem('drill.too-long', { injects: injects.length, most: DRILL_LIMITS.injects });
      const row: store.DrillRow = {
        id: input.id ?? newId(), number: await nextNumber(tx, 'drill'), title: input.title, societyId: society.id, societyPath: society.path,
        script: input.script ?? null, injects, listed: await listedPeople(tx, input.listed, society.path),
        startsAt: input.startsAt ? new Date(input.startsAt) : null, speed: input.speed, state: 'planned', plannedBy: actor.name,
        plannedAt: this.clock.now(), preparingSince: null, attempts: 0, startedAt: null, endedAt: null, score: null,
        refusal: null,
        scope: [...pathKeys(society.path), EVERYONE], version: 1,
      }; // prettier-ignore
      await store.insertDrill(tx, row);
      await insertSheet(tx, row.id);
      return tell(tx, actor, row, 'drill.planned');
    });
  }

  /**
   * Makes the drill's world and starts its clock; takes seconds, and takes nothing from the desk meanwhile. 409 `drill.stale`,
   * `drill.step-not-allowed`; 422 `drill.too-many` when as many run as one server bears.
   */
  async startDrill(actor: Actor, id: string, input: DrillStep): Promise<DrillDto> {
    const preparing = await inTransaction(this.db, async (tx) => {
      const row = await this.held(tx, actor, id);
      mayTake(row, 'start', input.version);
      const open = [...(await store.drillsIn(tx, 'running')), ...(await store.drillsIn(tx, 'preparing'))];
      if (open.length >= DRILL_LIMITS.running) throw new Problem('drill.too-many', { most: DRILL_LIMITS.running });
      const next: store.DrillRow = { ...row, state: 'preparing', preparingSince: this.clock.now(), attempts: 1, version: row.version + 1 }; // prettier-ignore
      await store.saveDrill(tx, next);
      return next;
    });
    return this.host.prepare(preparing, actor);
  }

  /** Ends it for everybody at once, with its score; without one while it is still being made, or when its world does not open. What happened in it is kept for a while, to look at. */
  async endDrill(actor: Actor, id: string, input: DrillStep): Promise<DrillDto> {
    const row = await this.mine(actor, id, 'end', input.version);
    const score = await this.host.lastScore(row);
    const ended = await inTransaction(this.db, async (tx) => {
      const held = await this.held(tx, actor, id);
      mayTake(held, 'end', input.version);
      const next: store.DrillRow = { ...held, state: 'ended', preparingSince: null, endedAt: this.clock.now(), score, version: held.version + 1 }; // prettier-ignore
      await store.saveDrill(tx, next);
      return tell(tx, actor, next, 'drill.ended');
    });
    await this.host.stop(row.number);
    return ended;
  }

  /** Stops its clock, or sets the speed at which it runs on. Recorded in the drill, not in reality. */
  async setSpeed(actor: Actor, id: string, speed: number): Promise<DrillNowDto> {
    const row = await this.mine(actor, id, 'set-speed');
    const world = await this.host.world(row);
    await world.director.setSpeed(speed, actor.name);
    return { ...store.toDrillDto(row), listedPeople: row.listed, ...(await world.director.look()) };
  }

  /**
   * A further inject, by hand, while the drill runs: told in the drill once it happens, and in reality nowhere. Taken twice under one id or key
   * it is entered once. 409 `drill.step-not-allowed`, `idempotency.mismatch`; 422 `drill.inject-out-of-range`, `drill.too-long`.
   */
  async enterInject(actor: Actor, id: string, { id: own, at, call }: EnterInject): Promise<InjectDto> {
    const row = await this.mine(actor, id, 'inject');
    const world = await this.host.world(row);
    const key = actor.command && idFrom('inject by hand', id, actor.userId, actor.command.key);
    return world.director.enterInject({ id: own ?? key ?? newId(), at: at ? new Date(at) : null, call }, actor.name);
  }

  /** The way in: a session of the drill for who has a real one. 409 `drill.step-not-allowed` unless it runs. */
  async enterDrill(actor: Actor, id: string, from: { ip: string; userAgent: string }): Promise<EnteredDto> {
    const drill = visibleOr404(actor, await read(this.db, (tx) => store.findDrill(tx, id)), 'drill', id);
    mayTake(drill, 'enter');
    const { token, expiresAt } = await this.host.admit(drill, actor, from);
    return { number: drill.number, path: store.toDrillDto(drill).path, token, expiresAt };
  }

  /** A drill and, while it runs, its clock and its script: all of it for who runs drills there, what has happened for everybody else. */
  async drill(actor: Actor, id: string): Promise<DrillNowDto> {
    const drill = visibleOr404(actor, await read(this.db, (tx) => store.findDrill(tx, id)), 'drill', id);
    const runs = mayRunDrill(actor, drill);
    const dto = { ...store.toDrillDto(drill), listedPeople: runs ? drill.listed : [] };
    if (drill.state !== 'running') return { ...dto, clock: null, timeline: [] };
    const { clock, timeline } = await this.host.world(drill).then((world) => world.director.look());
    const seen = timeline.filter(({ state, call }) => runs || (state === 'played' && call.kind !== 'expected'));
    return { ...dto, clock, timeline: seen };
  }

  async drills(
    actor: Actor,
    { limit, cursor }: { limit: number; cursor?: string | undefined },
  ): Promise<Page<DrillDto>> {
    const after = decodeCursor(cursor, ['string', 'string']) as [string, string] | null;
    const rows = await read(this.db, (tx) => store.drillsVisible(tx, { keys: actor.keys, after, limit: limit + 1 }));
    return toPage(rows.map(store.toDrillDto), limit, (row) => [row.plannedAt, row.id]);
  }

  /** The score as it stands, or as the drill ended with; person by person for who runs drills there. 409 `drill.step-not-allowed` before it starts. */
  async score(actor: Actor, id: string): Promise<ScoreDto> {
    const drill = visibleOr404(actor, await read(this.db, (tx) => store.findDrill(tx, id)), 'drill', id);
    if (!drill.score) mayTake(drill, 'score');
    const score: ScoreDto = drill.score ?? (await (await this.host.world(drill)).director.score());
    return mayRunDrill(actor, drill) ? score : { ...score, people: [] };
  }

  private async held(tx: Tx, actor: Actor, id: string): Promise<store.DrillRow> {
    const row = visibleOr404(actor, await store.lockDrill(tx, id), 'drill', id);
    allow(actor, 'drill.run', { paths: [row.societyPath] });
    return row;
  }

  private async mine(
    actor: Actor,
    id: string,
    step: Parameters<typeof mayTake>[1],
    version?: number,
  ): Promise<store.DrillRow> {
    // prettier-ignore
    const row = visibleOr404(actor, await read(this.db, (tx) => store.findDrill(tx, id)), 'drill', id);
    allow(actor, 'drill.run', { paths: [row.societyPath] });
    mayTake(row, step, version);
    return row;
  }
}

/** Every listed telephone with the name of its owner. */
async function listedPeople(tx: Tx, phones: string[], path: string): Promise<ListedPerson[]> {
  const people = await store.peopleOfPhones(tx, phones, path);
  const known = new Set(people.map(({ phone }) => phone));
  const stranger = phones.findIndex((phone) => !known.has(phone));
  if (stranger >= 0) throw new Problem('drill.person-unknown', { phone: phones[stranger]! }, { errors: [{ pointer: `/listed/${stranger}`, code: 'drill.person-unknown' }] }); // prettier-ignore
  return people;
}
