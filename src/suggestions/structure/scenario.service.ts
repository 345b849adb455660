import { Injectable } from '@nestjs/common';
import {
  type Actor, allow, canSee, findSocieties, findSociety, inCommand, resourceKeys, type SocietyRow, visibleOr404,
} from '../../access/index.js'; // prettier-ignore
import { Database, read, type Tx } from '../../database/index.js';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import { notFound, Problem } from '../../shared/problem.js';
import { recordScenario } from './structure-steps.js';
import { type AddScenario, type ChangeScenario, type ScenarioDto, STRUCTURE_LIMITS } from './structure.dto.js';
import * as store from './structure.store.js';

/** The scenarios that a society places its stock for: its own, and those of the societies above, which are theirs to change. */
@Injectable()
export class ScenarioService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** Own ones and those from above, the most frequent first. 404 `society.not-found` for a society that the actor does not see. */
  async scenarios(actor: Actor, societyId: string): Promise<{ items: ScenarioDto[]; nextCursor: null }> {
    return read(this.db, async (tx) => {
      const society = await seenSociety(tx, actor, societyId);
      const rows = await store.scenariosFor(tx, society.path);
      return { items: rows.map(store.toScenarioDto), nextCursor: null };
    });
  }

  /**
   * A scenario of one's own. 404 `society.not-found`; 422 `structure-scenario.too-many` beyond what one advice looks at,
   * `structure-scenario.county-twice`, `structure-scenario.county-elsewhere` for a county that does not lie below the society.
   */
  async addScenario(actor: Actor, { id, societyId, ...content }: AddScenario): Promise<ScenarioDto> {
    return inCommand(this.db, actor, async (tx) => {
      const society = await seenSociety(tx, actor, societyId);
      allow(actor, 'structure.scenario', { paths: [society.path] });
      if ((await store.countScenarios(tx, society.id)) >= STRUCTURE_LIMITS.scenarios)
        throw new Problem('structure-scenario.too-many', { most: STRUCTURE_LIMITS.scenarios });
      await mustLieBelow(tx, society, content.counties);
      const row: store.ScenarioRow = {
        id: id ?? newId(), societyId: society.id, ...content, changedBy: actor.name, changedAt: this.clock.now(),
        scope: resourceKeys(society.path), version: 1,
      }; // prettier-ignore
      if (!(await store.insertScenario(tx, row))) throw new Problem('idempotency.mismatch', { key: row.id });
      await recordScenario(tx, 'structure-scenario.added', row, actor);
      return store.toScenarioDto(row);
    });
  }

  /** Writes a scenario anew, or switches it off. 404 `structure-scenario.not-found`, 403 for one of another society, 409 `structure-scenario.stale`. */
  async changeScenario(actor: Actor, id: string, { version, ...content }: ChangeScenario): Promise<ScenarioDto> {
    return inCommand(this.db, actor, async (tx) => {
      const held = visibleOr404(actor, await store.lockScenario(tx, id), 'structure-scenario', id);
      const society = (await findSociety(tx, held.societyId))!;
      allow(actor, 'structure.scenario', { paths: [society.path] });
      if (held.version !== version) throw new Problem('structure-scenario.stale', { version: held.version });
      await mustLieBelow(tx, society, content.counties);
      const row = { ...held, ...content, changedBy: actor.name, changedAt: this.clock.now(), version: version + 1 };
      await store.saveScenario(tx, row);
      await recordScenario(tx, 'structure-scenario.changed', row, actor);
      return store.toScenarioDto(row);
    });
  }
}

/** 404 `society.not-found` for one that the actor does not see. */
export async function seenSociety(tx: Tx, actor: Actor, id: string): Promise<SocietyRow> {
  const society = await findSociety(tx, id);
  if (!society || !canSee(actor, resourceKeys(society.path))) throw notFound('society', id);
  return society;
}

async function mustLieBelow(tx: Tx, society: SocietyRow, counties: AddScenario['counties']): Promise<void> {
  const ids = counties.map(({ societyId }) => societyId);
  const twice = ids.findIndex((id, at) => ids.indexOf(id) !== at);
  if (twice >= 0) throw refusal('structure-scenario.county-twice', twice);
  const paths = new Map((await findSocieties(tx, ids)).map(({ id, path }) => [id, path]));
  const elsewhere = ids.findIndex((id) => !paths.get(id)?.startsWith(society.path));
  if (elsewhere >= 0) throw refusal('structure-scenario.county-elsewhere', elsewhere);
}

function refusal(code: 'structure-scenario.county-twice' | 'structure-scenario.county-elsewhere', at: number): Problem {
  const errors = [{ pointer: `/counties/${at}/societyId`, code: 'invalid' }];
  const line = { line: at + 1 };
  return code === 'structure-scenario.county-twice'
    ? new Problem('structure-scenario.county-twice', line, { errors })
    : new Problem('structure-scenario.county-elsewhere', line, { errors });
}
