import { Injectable } from '@nestjs/common';
import { type Actor, allow, findSociety, inCommand, resourceKeys, visibleOr404 } from '../access/index.js';
import { Database, read } from '../database/index.js';
import { recordChange } from '../journal/index.js';
import { Clock } from '../shared/clock.js';
import { idFrom, newId } from '../shared/ids.js';
import { ensure, Problem } from '../shared/problem.js';
import { ownSociety } from './own-society.js';
import { type AreaDto, type LiftWeather, MOST_WEATHER, type SetArea, type SetWeather, type TravelDto, type WeatherDto } from './travel.dto.js'; // prettier-ignore
import * as store from './travel.store.js';

/** Weather on the roads, terrain and islands of a society's area; and all that ways are reckoned with, to read. */
@Injectable()
export class GroundService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** As far as the actor sees: crossings in force, weather in force or to come, terrain and islands. */
  async travel(actor: Actor): Promise<TravelDto> {
    return read(this.db, async (tx) => ({
      crossings: (await store.crossingsInForce(tx, actor.keys)).map(store.toCrossingDto),
      weather: (await store.weatherComing(tx, actor.keys, this.clock.now())).map(store.toWeatherDto),
      areas: (await store.areasSeen(tx, actor.keys)).map(store.toAreaDto),
    }));
  }

  /** Slows the roads to a society's area, from and until a moment. 422 `road-weather.over`, `road-weather.too-many`. */
  async setWeather(actor: Actor, input: SetWeather): Promise<WeatherDto> {
    return inCommand(this.db, actor, async (tx) => {
      const society = await ownSociety(tx, actor, input.societyId);
      const now = this.clock.now();
      const { id = newId(), societyId, kind, note } = input;
      const from = input.from ? new Date(input.from) : now;
      const until = input.until ? new Date(input.until) : null;
      if (until && (until <= now || until <= from)) throw new Problem('road-weather.over');
      if ((await store.countWeather(tx, societyId, now)) >= MOST_WEATHER)
        throw new Problem('road-weather.too-many', { most: MOST_WEATHER });
      const row: store.WeatherRow = {
        id, societyId, kind, from, until, note, setBy: actor.name, setAt: now, liftedBy: null, liftedAt: null,
        scope: resourceKeys(society.path), version: 1,
      }; // prettier-ignore
      await store.insertWeather(tx, row);
      const data = store.toWeatherDto(row);
      const told = { kind: 'road-weather.set', subject: 'road-weather', id, version: 1, scope: row.scope };
      await recordChange(tx, { ...told, data, actor });
      return data;
    });
  }

  /** 409 `road-weather.stale`, `road-weather.step-not-allowed` when it was lifted already. */
  async liftWeather(actor: Actor, id: string, input: LiftWeather): Promise<WeatherDto> {
    return inCommand(this.db, actor, async (tx) => {
      const held = visibleOr404(actor, await store.lockWeather(tx, id), 'road-weather', id);
      const society = await findSociety(tx, held.societyId);
      ensure(society !== undefined, 'weather has its society');
      allow(actor, 'travel.manage', { paths: [society.path] });
      if (held.version !== input.version) throw new Problem('road-weather.stale', { version: held.version });
      if (held.liftedAt) throw new Problem('road-weather.step-not-allowed');
      const row = { ...held, liftedBy: actor.name, liftedAt: this.clock.now(), version: held.version + 1 };
      await store.saveLifted(tx, row);
      const data = store.toWeatherDto(row);
      const told = { kind: 'road-weather.lifted', subject: 'road-weather', id, version: row.version, scope: row.scope };
      await recordChange(tx, { ...told, data, actor });
      return data;
    });
  }

  /** The ground of a society and of those below it that say nothing themselves. 409 `travel-area.stale`. */
  async setArea(actor: Actor, societyId: string, input: SetArea): Promise<AreaDto> {
    return inCommand(this.db, actor, async (tx) => {
      const society = await ownSociety(tx, actor, societyId);
      const held = (await store.lockArea(tx, societyId))?.version ?? 0;
      if (held !== input.version) throw new Problem('travel-area.stale', { version: held });
      const row: store.AreaRow = {
        ...input, societyId, setBy: actor.name, setAt: this.clock.now(), scope: resourceKeys(society.path), version: held + 1,
      }; // prettier-ignore
      await store.saveArea(tx, row);
      const data = store.toAreaDto(row);
      const { version, scope } = row;
      const id = idFrom('travel-area', societyId);
      await recordChange(tx, { kind: 'travel-area.set', subject: 'travel-area', id, version, scope, data, actor });
      return data;
    });
  }
}
