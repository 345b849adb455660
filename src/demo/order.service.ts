import { Injectable, Logger } from '@nestjs/common';
import { AccessService } from '../access/index.js';
import { type DemoData, PAPER_WORDS as SAYS } from '../database/seeds/demo/index.js';
import { DispatchService } from '../dispatch/index.js';
import { IncidentsService } from '../incidents/index.js';
import { Clock } from '../shared/clock.js';
import { idFrom } from '../shared/ids.js';

const DESK = 'duty.331000';
const STORE = 'WH-331000-1';
const GOODS = [{ itemCode: 'BD03', units: 60 }];
const SHELTER = { lon: 121.26, lat: 28.65 };
const MINUTES_AGO = 40;

/** One order of goods that waits for its keeper: what a keeper does first, to be done on the first day without a second person. */
@Injectable()
export class DemoOrder {
  private readonly log = new Logger('demo');

  constructor(
    private readonly access: AccessService,
    private readonly clock: Clock,
    private readonly incidents: IncidentsService,
    private readonly dispatch: DispatchService,
  ) {}

  /** By the ordinary commands. What is refused is logged and keeps nothing else away. */
  async write(data: DemoData): Promise<void> {
    try {
      await this.order(data);
    } catch (error) {
      this.log.warn(`the demo's order could not be written: ${String(error)}`);
    }
  }

  private async order(data: DemoData): Promise<void> {
    const actor = await this.access.actorNamed(DESK);
    const store = data.warehouses.find(({ code }) => code === STORE)!;
    const goods = GOODS.map(({ itemCode, units }) => ({ itemId: data.items.find(({ code }) => code === itemCode)!.id, units })); // prettier-ignore
    const reported = await this.incidents.reportIncident(actor, {
      id: idFrom('demo', 'shelter'), kind: 'flood', severity: 'IV', title: SAYS.shelterTitle, whatHappened: SAYS.shelterNeeds,
      placeText: SAYS.shelter, location: { ...SHELTER, datum: 'WGS84' }, societyId: store.societyId, peopleAffected: 60, exercise: false,
      reporter: { name: SAYS.shelterCaller, phone: SAYS.shelterPhone, source: 'public' },
      occurredAt: new Date(this.clock.now().getTime() - MINUTES_AGO * 60_000).toISOString(),
    }); // prettier-ignore
    const needed = await this.incidents.setNeeds(actor, reported.id, {
      version: reported.version,
      capabilities: [],
      items: goods.map((line) => ({ ...line, priority: 2 })),
    });
    await this.incidents.verifyIncident(actor, reported.id, { version: needed.version });
    const supplies = goods.map((line) => ({ ...line, warehouseId: store.id }));
    await this.dispatch.dispatchMission(actor, reported.id, { assignments: [], supplies });
  }
}
