import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { allSocieties, isWithin } from '../access/index.js';
import { CONFIG, type Config } from '../config.js';
import { Database, inSnapshot, read, type Tx } from '../database/index.js';
import { activeAssignmentRows, coverageOf, nobodyHasIt, openSupplyOrderRows } from '../dispatch/index.js';
import { openIncidentRows, readIncident } from '../incidents/index.js';
import { headSeq, latestChanges } from '../journal/index.js';
import { itemRows, warehouseRows } from '../relief-stock/index.js';
import { type TeamUnitDto, unitRows, unitRowsByIds } from '../rescue-teams/index.js';
import { Clock } from '../shared/clock.js';
import { EVENT_KINDS, EVENT_SUBJECTS, eventsOf, type Scene } from './events.rules.js';
import * as rules from './picture.rules.js';
import type { ScreenRow } from './screen.store.js';
import { screenPicture, type ScreenPicture } from './screens.dto.js';

/** Limits of one picture. Figures are of everything; only the lists end. */
const MOST = { lane: 12, incidents: 500, units: 2000, shortages: 8, events: 8 };
/** How many changes of the record are looked at for the events, and how far back. */
const EVENT_LOOK = { limit: 40, within: 20_000 };

@Injectable()
export class PictureService {
  /** In the mark, so that a page asks for the whole picture of a program that has started anew. */
  private readonly run = randomBytes(6).toString('base64url');

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** What stands for the picture of this moment: while it is the same, so is the picture. */
  async mark(): Promise<string> {
    return this.markOf(await read(this.db, headSeq));
  }

  markOf(seq: number): string {
    return `"${this.run}-${seq}"`;
  }

  /** How the server's clock stands now, and how fast it runs. */
  clockNow(): string {
    return `${this.clock.now().toISOString()} ${this.clock.pace()}`;
  }

  /** The picture of the screen's society and those below it, of one committed moment. */
  async picture(screen: ScreenRow): Promise<ScreenPicture> {
    const keys = [screen.societyPath];
    const { namesAllowed } = screen;
    const picture = await inSnapshot(this.db, async (tx): Promise<ScreenPicture> => {
      const { facts, units } = await this.facts(tx, keys);
      const items = new Map((await itemRows(tx, keys)).map((item) => [item.id, item]));
      const societies = (await allSocieties(tx)).filter(({ path, level }) => level !== 'township' && isWithin(path, screen.societyPath)); // prettier-ignore
      return {
        seq: await headSeq(tx),
        at: this.clock.now().toISOString(),
        name: screen.name,
        society: screen.societyName,
        namesAllowed,
        tally: rules.tallyOf(facts),
        lane: rules.laneOf(facts, MOST.lane),
        incidents: facts.slice(0, MOST.incidents).map((one) => rules.screenIncident(one, namesAllowed)),
        units: units.slice(0, MOST.units).map((unit) => rules.screenUnit(unit, namesAllowed)),
        warehouses: (await warehouseRows(tx, keys)).map(({ id, name, location }) => ({ id, name, at: location })),
        places: societies.map(({ shortName, level, lon, lat }) => ({ name: shortName, level, at: { lon, lat } })),
        shortages: rules.shortagesOf(facts, (id) => items.get(id), MOST.shortages),
        events: await this.events(tx, keys, { facts, namesAllowed }),
      };
    });
    return screenPicture.parse(picture); // B1: strict, so that what is not named there stays here
  }

  /** Open incidents, the gravest first, with what is under way for each; the units of the societies and those sent to one of these incidents. */
  private async facts(tx: Tx, keys: string[]): Promise<{ facts: rules.IncidentFacts[]; units: TeamUnitDto[] }> {
    const open = (await openIncidentRows(tx, keys)).filter(({ exercise }) => exercise === this.exercise);
    const assignments = byIncident(await activeAssignmentRows(tx, keys));
    const orders = byIncident(await openSupplyOrderRows(tx, keys));
    const own = await unitRows(tx, keys);
    const units = new Map(own.map((unit) => [unit.id, unit]));
    const sent = open.flatMap(({ id }) => (assignments.get(id) ?? []).map(({ unitId }) => unitId));
    for (const unit of await unitRowsByIds(tx, sent.filter((id) => !units.has(id)))) units.set(unit.id, unit); // prettier-ignore
    const facts = open.sort(rules.byGravity).map((incident): rules.IncidentFacts => {
      const work = { assignments: assignments.get(incident.id) ?? [], orders: orders.get(incident.id) ?? [] };
      const cover = coverageOf(incident, work, (id) => units.get(id));
      return {
        incident,
        teams: work.assignments.length,
        nobody: nobodyHasIt(incident, work),
        people: cover.capabilities,
        goods: cover.items,
      };
    });
    return { facts, units: [...units.values()] };
  }

  private async events(
    tx: Tx,
    keys: string[],
    { facts, namesAllowed }: { facts: rules.IncidentFacts[]; namesAllowed: boolean },
  ): Promise<ScreenPicture['events']> {
    const changes = await latestChanges(tx, { keys, subjects: EVENT_SUBJECTS, kinds: EVENT_KINDS, ...EVENT_LOOK });
    const scenes = new Map<string, Scene>(facts.map(({ incident }) => [incident.id, incident]));
    for (const { incidentId } of changes) {
      if (!incidentId || scenes.has(incidentId)) continue;
      const ended = await readIncident(tx, incidentId);
      if (ended) scenes.set(incidentId, ended);
    }
    return eventsOf(changes, (id) => scenes.get(id), { exercise: this.exercise, namesAllowed, most: MOST.events });
  }

  /** In a drill everything is an exercise, in reality nothing that is shown (C-29). */
  private get exercise(): boolean {
    return this.config.drill !== null;
  }
}

function byIncident<T extends { incidentId: string }>(rows: T[]): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const row of rows) found.set(row.incidentId, [...(found.get(row.incidentId) ?? []), row]);
  return found;
}
