import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { AccessService, hashPassword } from '../access/index.js';
import { CONFIG, type Config } from '../config.js';
import { Database, inTransaction, read } from '../database/index.js';
import { type DemoData, generateDemo } from '../database/seeds/demo/index.js';
import { IncidentsService } from '../incidents/index.js';
import { RequestService } from '../relief-stock/index.js';
import { Clock } from '../shared/clock.js';
import { DemoDuty } from './duty.service.js';
import { DemoOrder } from './order.service.js';
import { DemoPapers } from './papers.service.js';
import { demoLoadedOnce, hasDemo, isEmpty, loadDemo } from './load.store.js';

export const DEMO_PASSWORD = 'chiyuan-demo';
const DAY_MS = 86_400_000;
/** The shelves were filled before anybody looks: what happened since has its own time. */
const STOCKED_DAYS = 3;

/** Fills an empty database with the Zhejiang demonstration, when the settings ask for it. */
@Injectable()
export class DemoService implements OnApplicationBootstrap {
  private readonly log = new Logger('demo');

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly access: AccessService,
    private readonly incidents: IncidentsService,
    private readonly requests: RequestService,
    private readonly papers: DemoPapers,
    private readonly duty: DemoDuty,
    private readonly order: DemoOrder,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (!this.config.demo || !(await read(this.db, isEmpty))) return;
    const now = this.clock.now();
    const data = generateDemo({ now });
    const passwordHash = await hashPassword(DEMO_PASSWORD);
    const loaded = await inTransaction(this.db, async (tx) => {
      await demoLoadedOnce(tx);
      if (!(await isEmpty(tx))) return false;
      await loadDemo(tx, data, { passwordHash, now, stockedAt: new Date(now.getTime() - STOCKED_DAYS * DAY_MS) });
      return true;
    });
    if (!loaded) return;
    this.log.log('the Zhejiang demo is loaded');
    for (const incident of data.incidents) await this.report(incident, data);
    await this.askForStock(data);
    await this.order.write(data);
    await this.duty.write(data, DEMO_PASSWORD);
    this.papers.begin(data);
  }

  /** Whether the demonstration is in this database, whoever loaded it and when. */
  isLoaded(): Promise<boolean> {
    return read(this.db, hasDemo);
  }

  /** A county asks its city to fill up its shelves: the first paper that a duty officer finds to answer. */
  private async askForStock(data: DemoData): Promise<void> {
    const actor = await this.access.actorNamed('duty.331082');
    const store = data.warehouses.find(({ code }) => code === 'WH-331082-1')!;
    const itemId = (code: string) => data.items.find((item) => item.code === code)!.id;
    await this.requests.requestGoods(actor, {
      origin: 'below', societyId: actor.grants[0]!.societyId, neededBy: new Date(this.clock.now().getTime() + 2 * DAY_MS).toISOString(),
      warehouseId: store.id, place: store.name, note: '', lines: [{ itemId: itemId('FK01'), units: 200 }, { itemId: itemId('BD03'), units: 300 }],
    }); // prettier-ignore
  }

  /** The demo's incidents come in by the ordinary commands, so that they have a history like any other. */
  private async report(row: DemoData['incidents'][number], data: DemoData): Promise<void> {
    const actor = await this.access.actorNamed(`duty.${row.societyAdcode}`);
    const occurredAt = new Date(this.clock.now().getTime() - row.minutesAgo * 60_000).toISOString();
    const { kind, severity, title, whatHappened, placeText, lon, lat, peopleAffected } = row;
    const societyId = data.societies.find((society) => society.adcode === row.societyAdcode)!.id;
    const reporter = { name: row.reporterName, phone: row.reporterPhone, source: 'public' as const };
    const reported = await this.incidents.reportIncident(actor, {
      id: row.id, kind, severity, title, whatHappened, placeText, location: { lon, lat, datum: 'WGS84' }, societyId, reporter, peopleAffected,
      exercise: false, occurredAt,
    }); // prettier-ignore
    const items = row.needs.items.map(({ itemCode, ...need }) => ({
      ...need,
      itemId: data.items.find((item) => item.code === itemCode)!.id,
    }));
    const needed = await this.incidents.setNeeds(actor, reported.id, {
      version: reported.version,
      capabilities: row.needs.capabilities,
      items,
    });
    if (row.status === 'verified') await this.incidents.verifyIncident(actor, reported.id, { version: needed.version });
  }
}
