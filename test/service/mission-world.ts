import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Actor } from '../../src/access/index.js';
import { DeliveryService } from '../../src/alerts/index.js';
import {
  AnswerService, AssignmentService, DispatchService, EndingService, EscalationService, ExpiryService, SupplyOrderService,
} from '../../src/dispatch/index.js'; // prettier-ignore
import { dispatchMission, type MissionDto } from '../../src/dispatch/dispatch.dto.js';
import { IncidentsService, type IncidentDto } from '../../src/incidents/index.js';
import { reportIncident } from '../../src/incidents/incidents.dto.js';
import { auditLedger, levelRows } from '../../src/relief-stock/index.js';
import { startApp, type TestApp } from '../support/app.js';

export const LINHAI = { lon: 121.14, lat: 28.862 };
export const ANSWER_S = 300;
export type Desk = Actor & { token: string };

/** An application with its desks, and the words in which a mission's tests speak. */
export class MissionWorld {
  private constructor(
    readonly app: TestApp,
    readonly folder: string,
  ) {}

  static async open(more: Parameters<typeof startApp>[0] = {}): Promise<MissionWorld> {
    const folder = mkdtempSync(join(tmpdir(), 'chiyuan-outbox-'));
    const settings = { DATA_DIR: folder, ALERT_ANSWER_S: String(ANSWER_S), PUBLIC_URL: 'https://desk.test', ...more };
    return new MissionWorld(await startApp(settings), folder);
  }

  async close(): Promise<void> {
    await this.app.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  get incidents() {
    return this.app.get(IncidentsService);
  }
  get dispatch() {
    return this.app.get(DispatchService);
  }
  get assignments() {
    return this.app.get(AssignmentService);
  }
  get orders() {
    return this.app.get(SupplyOrderService);
  }
  get answers() {
    return this.app.get(AnswerService);
  }
  get endings() {
    return this.app.get(EndingService);
  }
  get escalation() {
    return this.app.get(EscalationService);
  }
  get expiry() {
    return this.app.get(ExpiryService);
  }
  get delivery() {
    return this.app.get(DeliveryService);
  }

  async verified(desk: Desk, more: object = {}): Promise<IncidentDto> {
    const asked = reportIncident.parse({
      kind: 'flood',
      location: LINHAI,
      placeText: '临海古城',
      severity: 'III',
      ...more,
    });
    const reported = await this.incidents.reportIncident(desk, asked);
    return this.incidents.verifyIncident(desk, reported.id, { version: reported.version });
  }

  /** Sends units by code and goods as [warehouse code, item code, units]. */
  async send(
    desk: Desk,
    incidentId: string,
    what: { units?: string[]; goods?: [string, string, number][]; more?: object },
  ): Promise<MissionDto> {
    const assignments = await Promise.all(
      (what.units ?? []).map(async (code) => ({ teamUnitId: await this.id('team_unit', code) })),
    );
    const supplies = await Promise.all(
      (what.goods ?? []).map(async ([warehouse, item, units]) => ({
        warehouseId: await this.id('warehouse', warehouse),
        itemId: await this.id('item', item),
        units,
      })),
    );
    return this.dispatch.dispatchMission(
      desk,
      incidentId,
      dispatchMission.parse({ assignments, supplies, ...what.more }),
    );
  }

  async id(table: 'team_unit' | 'warehouse' | 'item' | 'society', code: string): Promise<string> {
    const column = table === 'society' ? 'adcode' : 'code';
    const [row] = await this.app.query<{ id: string }>(`select id from ${table} where ${column} = $1`, [code]);
    if (!row) throw new Error(`the demo has no ${table} ${code}`);
    return row.id;
  }

  async available(warehouse: string, item: string): Promise<number> {
    const [warehouseId, itemId] = [await this.id('warehouse', warehouse), await this.id('item', item)];
    const levels = await this.app.read((tx) => levelRows(tx, ['/330000/']));
    return levels.find((row) => row.warehouseId === warehouseId && row.itemId === itemId)!.availableUnits;
  }

  /** Messages that the stand-in for a provider took, oldest first. */
  outbox(): { channel: string; phone: string; text: string; token: string }[] {
    try {
      const lines = readFileSync(join(this.folder, 'outbox', 'sms.log'), 'utf8')
        .trim()
        .split('\n');
      return lines.map((line) => {
        const [, channel, phone, text] = line.split('\t') as [string, string, string, string];
        return { channel, phone, text, token: /#\/a\/([\w-]+)/.exec(text)![1]! };
      });
    } catch {
      return [];
    }
  }

  /** A call by a phone without a session. */
  async byLink(
    method: 'GET' | 'POST',
    path: string,
    body?: object,
  ): Promise<{ status: number; body: Record<string, unknown> }> {
    const response = await fetch(`${this.app.url}/api/v1/alert-links/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  /** Rows of the ledger, the bookings and the runs that contradict each other; none must ever be. */
  async faults(): Promise<unknown[]> {
    const ledger = await this.app.read((tx) => auditLedger(tx));
    const bookings = await this.app.query(
      `select u.code, u.assignment_id, a.id from team_unit u full join (select * from assignment where active) a on a.unit_id = u.id
       where u.assignment_id is distinct from a.id`, // D1
    );
    const silent = await this.app.query(
      `select a.id from assignment a where a.status = 'alerted'
         and not exists (select 1 from alert r where r.assignment_id = a.id and r.kind = 'deploy' and r.next_due_at is not null)`, // D2
    );
    return [...ledger, ...bookings, ...silent];
  }
}
