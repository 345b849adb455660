import { AccessService, type Actor } from '../../../src/access/index.js';
import { AlertChannel, DeliveryService } from '../../../src/alerts/index.js';
import { Database, read } from '../../../src/database/index.js';
import {
  AnswerService, AssignmentService, DispatchService, EscalationService, ExpiryService, SupplyOrderService, TakeOverService,
} from '../../../src/dispatch/index.js'; // prettier-ignore
import { IncidentsService } from '../../../src/incidents/index.js';
import { reportIncident } from '../../../src/incidents/incidents.dto.js';
import { JournalFeed } from '../../../src/journal/index.js';
import { Clock } from '../../../src/shared/clock.js';
import { openApp } from '../../support/app.js';
import { prepareStatements } from '../../support/prepared.js';
import { obeyFates } from '../ledger/cut.js';

/** Officers of a field: two counties, their city, their province. */
const COUNTIES = ['331082', '331081'];
const CITY = '331000';
const PROVINCE = '330000';
const UNITS = 8;
const SEVERITIES = ['III', 'II', 'I'] as const;
/** Races at work at once, and as many connections. */
export const HANDS = 8;

export interface FieldUnit {
  id: string;
  code: string;
  teamId: string;
  teamName: string;
}

/** What is raced for: a few units and a few goods, wanted by officers of three tiers for three incidents of different gravity. */
export class Field {
  officers: Actor[] = [];
  keepers: Actor[] = [];
  leaders = new Map<string, Actor>();
  units: FieldUnit[] = [];
  incidents: string[] = [];
  /** A store, and the item of which it has the fewest units: some are asked for in vain. */
  stores: { warehouseId: string; itemId: string }[] = [];
  /** Missions of the demo. */
  before = new Set<string>();
  /** How often the provider was given each message. */
  readonly sent = new Map<string, number>();
  get db(): Database {
    return this.app.get(Database);
  }
  get dispatch(): DispatchService {
    return this.app.get(DispatchService);
  }
  get assignments(): AssignmentService {
    return this.app.get(AssignmentService);
  }
  get answers(): AnswerService {
    return this.app.get(AnswerService);
  }
  get escalation(): EscalationService {
    return this.app.get(EscalationService);
  }
  get expiry(): ExpiryService {
    return this.app.get(ExpiryService);
  }
  get delivery(): DeliveryService {
    return this.app.get(DeliveryService);
  }
  get orders(): SupplyOrderService {
    return this.app.get(SupplyOrderService);
  }
  get takeOvers(): TakeOverService {
    return this.app.get(TakeOverService);
  }
  private get access(): AccessService {
    return this.app.get(AccessService);
  }

  private constructor(
    private readonly app: Awaited<ReturnType<typeof openApp>>['app'],
    private at: Date,
  ) {}

  static async open(url: string, now: Date, roll: () => number): Promise<Field> {
    const { app, db } = await openApp(url, HANDS);
    prepareStatements(db);
    obeyFates(db);
    const field = new Field(app, now);
    Object.assign(app.get(Clock), { now: () => new Date(field.at) }); // time goes on only when a race says so
    Object.assign(app.get(AlertChannel), { send: field.provider(roll) });
    const societies = [...COUNTIES, CITY, PROVINCE];
    field.officers = await Promise.all(societies.map((adcode) => field.access.actorNamed(`duty.${adcode}`)));
    const missions = await read(db, (tx) => tx.query<{ id: string }>('select id from mission'));
    field.before = new Set(missions.map(({ id }) => id));
    await field.findUnits();
    await field.findStores();
    for (const [n, severity] of SEVERITIES.entries()) field.incidents.push(await field.report(field.officers[n]!, severity));
    return field;
  } // prettier-ignore

  close(): Promise<void> {
    return this.app.close();
  }

  forward(ms: number): void {
    this.at = new Date(this.at.getTime() + ms);
  }

  /** The newest alert by which a team was asked to go. */
  async alertOf(assignmentId: string): Promise<string | undefined> {
    const [row] = await read(this.db, (tx) =>
      tx.query<{ id: string }>(`select id from alert where assignment_id = $1 and kind = 'deploy'`, [assignmentId]),
    );
    return row?.id;
  }

  /** Waits until the record has every change. */
  async sealed(): Promise<void> {
    const feed = this.app.get(JournalFeed);
    for (;;) {
      const [row] = await read(this.db, (tx) =>
        tx.query<{ open: number }>('select count(*)::integer as open from journal where seq is null'),
      );
      if (row!.open === 0) return;
      feed.wake();
      await new Promise((wake) => setTimeout(wake, 50));
    }
  }

  /** Loses every tenth message, and says of some that the phone has them. */
  private provider(roll: () => number) {
    return async ({ deliveryId }: { deliveryId: string }) => {
      this.sent.set(deliveryId, (this.sent.get(deliveryId) ?? 0) + 1);
      if (roll() < 0.1) throw Object.assign(new Error('refused'), { code: 'refused' });
      return roll() < 0.5 ? 'handed' : 'delivered';
    };
  }

  private async report(officer: Actor, severity: (typeof SEVERITIES)[number]): Promise<string> {
    const asked = reportIncident.parse({
      kind: 'flood', location: { lon: 121.14, lat: 28.862 }, placeText: 'soak', severity,
    }); // prettier-ignore
    const reports = this.app.get(IncidentsService);
    const { id, version } = await reports.reportIncident(officer, asked);
    await reports.verifyIncident(officer, id, { version });
    return id;
  }

  private async findUnits(): Promise<void> {
    this.units = await read(this.db, (tx) =>
      tx.query<FieldUnit>(
        `select u.id, u.code, u.team_id as "teamId", t.name as "teamName" from team_unit u join team t on t.id = u.team_id
         join society o on o.id = t.society_id where o.adcode = any($1) and u.stand_by and u.assignment_id is null order by u.code limit $2`,
        [[...COUNTIES, CITY], UNITS],
      ),
    );
    for (const { teamId, code } of this.units) {
      this.leaders.set(teamId, await this.access.actorNamed(`leader.${code.replace(/-[A-Z]$/, '')}`));
    }
  }

  private async findStores(): Promise<void> {
    const codes = [`WH-${COUNTIES[0]}-1`, `WH-${COUNTIES[1]}-1`, `WH-${CITY}-1`];
    this.stores = await read(this.db, (tx) =>
      tx.query<{ warehouseId: string; itemId: string }>(
        `select distinct on (w.code) w.id as "warehouseId", l.item_id as "itemId" from warehouse w join stock_level l on l.warehouse_id = w.id
         join stock_cell c on c.level_id = l.id and c.kind = 'bin' join lot on lot.id = c.lot_id and lot.state = 'good'
         where w.code = any($1) and c.condition = 'good' and c.fund is null and (lot.expires_on is null or lot.expires_on > '2027-07-01')
         group by w.code, w.id, l.item_id having sum(c.on_hand - c.reserved) >= 10 order by w.code, sum(c.on_hand - c.reserved), l.item_id`,
        [codes],
      ),
    );
    this.keepers = await Promise.all(codes.map((code) => this.access.actorNamed(`keeper.${code}`)));
  }
}
