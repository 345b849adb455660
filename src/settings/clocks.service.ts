import { Injectable } from '@nestjs/common';
import { type Actor, allow, canSee, findSociety, inCommand, resourceKeys, type SocietyRow } from '../access/index.js';
import { Database, read, type Tx } from '../database/index.js';
import { recordChange } from '../journal/index.js';
import { Clock } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import { notFound, Problem } from '../shared/problem.js';
import { limitAlong, mustBeWithin } from './clock-limits.rules.js';
import { CLOCK_KEYS, type ClockKey, type ClocksDto, type ClockSettingDto, type ResetClock, type SetClock } from './settings.dto.js'; // prettier-ignore
import * as store from './settings.store.js';

type Of = { societyId: string; key: ClockKey };

/** The limits of the desk's clocks, a society's own or inherited from those above it. */
@Injectable()
export class ClocksService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** The clocks of a society as they run. 404 `society.not-found` for one that the actor does not see. */
  async clocks(actor: Actor, societyId: string): Promise<ClocksDto> {
    return read(this.db, async (tx) => {
      const society = await seen(tx, actor, societyId);
      const way = await store.wayUp(tx, society.path);
      const rows = await store.settingsOf(tx, way);
      const of = (at: string, key: ClockKey) => rows.find((row) => row.societyId === at && row.key === key);
      const items = CLOCK_KEYS.map((key) => {
        const { valueS, from } = limitAlong(key, way, (at) => of(at, key)?.valueS);
        const own = of(society.id, key);
        return { key, valueS, fromSocietyId: from, own: own ? store.toSettingDto(own) : null };
      });
      return { societyId: society.id, items };
    });
  }

  /** A limit of one's own. 409 `clock-limit.stale`; 422 `clock-limit.out-of-bounds`. */
  async setClock(actor: Actor, of: Of, { valueS, version, reason }: SetClock): Promise<ClockSettingDto> {
    return inCommand(this.db, actor, async (tx) => {
      const held = await this.hold(tx, actor, { ...of, version });
      mustBeWithin(of.key, valueS);
      return this.keep(tx, actor, { ...held, valueS, reason }, 'clock.limit-set');
    });
  }

  /** Gives a limit of one's own up: what is above counts again. 404 `clock-limit.not-found` when there is none. */
  async resetClock(actor: Actor, of: Of, { version, reason }: ResetClock): Promise<ClockSettingDto> {
    return inCommand(this.db, actor, async (tx) => {
      const held = await this.hold(tx, actor, { ...of, version });
      if (held.valueS === null) throw notFound('clock-limit', of.key);
      return this.keep(tx, actor, { ...held, valueS: null, reason }, 'clock.limit-reset');
    });
  }

  private async hold(tx: Tx, actor: Actor, of: Of & { version: number }): Promise<store.ClockSettingRow> {
    const society = await seen(tx, actor, of.societyId);
    allow(actor, 'clock.set', { paths: [society.path] });
    const held = await store.lockSetting(tx, {
      id: newId(), societyId: society.id, key: of.key, setBy: actor.name, setAt: this.clock.now(), scope: resourceKeys(society.path),
    }); // prettier-ignore
    if (held.version !== of.version) throw new Problem('clock-limit.stale', { version: held.version });
    return held;
  }

  private async keep(tx: Tx, actor: Actor, changed: store.ClockSettingRow, kind: string): Promise<ClockSettingDto> {
    const row = { ...changed, setBy: actor.name, setAt: this.clock.now(), version: changed.version + 1 };
    await store.saveSetting(tx, row);
    const data = store.toSettingDto(row);
    const { id, version, scope } = row;
    await recordChange(tx, { kind, subject: 'clock-setting', id, version, scope, data, actor });
    return data;
  }
}

async function seen(tx: Tx, actor: Actor, id: string): Promise<SocietyRow> {
  const society = await findSociety(tx, id);
  if (!society || !canSee(actor, resourceKeys(society.path))) throw notFound('society', id);
  return society;
}
