import type { AlertDto } from '../../src/alerts/alerts.dto.js';
import type { AssignmentDto, MissionDto, SupplyOrderDto } from '../../src/dispatch/dispatch.dto.js';
import type { StockLevelDto } from '../../src/relief-stock/relief-stock.dto.js';
import type { Acts } from './acts.js';
import type { Cast } from './cast.js';
import { differences, type Screen } from './desk.js';
import { wireFigures } from './timeline.js';

type Payload = Record<string, unknown>;
interface Batch {
  batch: number;
  lines: { itemCode: string; units: number; valueFen: number }[];
  goodsValueFen: number;
  cashFen: number | null;
}

const INACTIVE = new Set(['declined', 'no-answer', 'closed', 'withdrawn']);

/** What must hold along the way and at the end; each with what was seen. */
export class Checks {
  private readonly rows: { name: string; held: boolean; seen: string }[] = [];
  private readonly batches: Batch[] = [];
  private readonly hints: { incidentId: string; hints: { code: string; params: Payload }[] }[] = [];
  private before = new Map<string, number>();
  private missions: string[] = [];

  constructor(
    private readonly cast: Cast,
    private readonly screen: Screen,
  ) {}

  get held(): boolean {
    return this.rows.every((row) => row.held);
  }

  table(): string {
    return this.rows.map((row) => `${row.held ? '✓' : '✗'} ${row.name.padEnd(58)} ${row.seen}`).join('\n');
  }

  sawMission(mission: MissionDto): void {
    this.missions.push(mission.id);
    this.hints.push({ incidentId: mission.incidentId, hints: mission.hints });
  }

  sawReceipt(batch: unknown): void {
    this.batches.push(batch as Batch);
  }

  async openBooks(): Promise<void> {
    this.before = await this.unitsByItem();
  }

  /** One of the published assertions (a)-(e). */
  async expect(payload: Payload, acts: Acts): Promise<string> {
    const kind = payload.assertion as string;
    if (kind === 'a') this.batchesAddUp(payload);
    if (kind === 'b') this.coverage(payload);
    if (kind === 'c') await this.figuresKept(payload, acts);
    if (kind === 'd') this.levels(payload, acts);
    if (kind === 'e') await this.span(payload, acts);
    const row = this.rows.at(-1)!;
    return `(${kind}) ${row.held ? 'holds' : 'FAILS'}: ${row.seen}`;
  }

  /** Alerts, books, assignments and the screen, when the last fact is in. */
  async closeBooks(acts: Acts): Promise<void> {
    await this.alertsEnded(acts);
    await this.booksBalance();
    this.noTeamTwice();
    await this.screenAgrees();
    await this.recordVerifies();
  }

  private check(name: string, held: boolean, seen: string): void {
    this.rows.push({ name, held, seen });
  }

  private batchesAddUp(payload: Payload): void {
    const items = payload.items as Record<string, number>;
    const sums = Object.keys(items).map((code) => {
      const lines = this.batches.flatMap((batch) => batch.lines).filter((line) => line.itemCode === code);
      return [code, lines.reduce((sum, line) => sum + line.units, 0)] as const;
    });
    const total = this.batches.reduce((sum, batch) => sum + batch.goodsValueFen + (batch.cashFen ?? 0), 0);
    const values = this.batches.every(
      (batch) => batch.lines.reduce((sum, line) => sum + line.valueFen, 0) === batch.goodsValueFen,
    );
    const packs = this.batches.flatMap((batch) => batch.lines).filter((line) => line.itemCode === 'FK01');
    const prices = packs.map((line) => line.valueFen / line.units / 100);
    const [low, high] = payload.packPriceBandYuan as [number, number];
    const held =
      values &&
      sums.every(([code, units]) => units === items[code]) &&
      total === payload.totalFen &&
      prices.every((price) => price >= low && price <= high);
    this.check('(a) two batches add up to the published goods and money', held, `${sums.map(([code, units]) => `${code} ${units}`).join(', ')}; ${total / 100} yuan; packs at ${prices.map((price) => price.toFixed(0)).join(' and ')} yuan`); // prettier-ignore
  }

  private coverage(payload: Payload): void {
    const units = this.batches.flatMap((batch) => batch.lines).filter((line) => line.itemCode === payload.itemCode).reduce((sum, line) => sum + line.units, 0); // prettier-ignore
    const shares = (payload.peoplePerUnit as number[]).map(
      (people) => Math.round(((units * people) / (payload.people as number)) * 1000) / 10,
    );
    this.check(
      '(b) 8,000 packs cover 4.5-7.4 % of those in collective shelters',
      JSON.stringify(shares) === JSON.stringify(payload.coveragePct),
      `${shares.join('-')} %`,
    );
  }

  private async figuresKept(payload: Payload, acts: Acts): Promise<void> {
    const { figures } = await acts.incident(payload.incidentKey as string);
    const wanted = wireFigures(payload.figures as Record<string, number>).figures;
    const wrong = Object.entries(wanted).filter(([name, value]) => figures[name as keyof typeof figures] !== value);
    this.check(
      '(c) a late, earlier report lowers no figure',
      wrong.length === 0,
      wrong.length
        ? JSON.stringify(figures)
        : `moved ${figures.moved}, dead ${figures.dead}, missing ${figures.missing}`,
    );
  }

  private levels(payload: Payload, acts: Acts): void {
    const incidentId = acts.incidents.get(payload.incidentKey as string);
    const report = acts.reports.filter((one) => one.incidentId === incidentId).at(-1);
    const proposals = (report?.levelProposals ?? []).map(
      ({ params }) => `${params.by} ${params.value} → ${params.level}`,
    );
    const levels = (report?.levelProposals ?? []).map(({ params }) => params.level);
    this.check(
      '(d) moved people suggest national II, dead and missing IV',
      levels.includes('II') && levels.includes('IV'),
      proposals.join('; '),
    );
  }

  private async span(payload: Payload, acts: Acts): Promise<void> {
    const incidentId = acts.incidents.get(payload.incidentKey as string)!;
    const hint = this.hints.filter((one) => one.incidentId === incidentId).flatMap((one) => one.hints).findLast((one) => one.code === payload.hint); // prettier-ignore
    const { items } = await this.cast.province.get<{ items: AssignmentDto[] }>(
      `/assignments?incidentId=${incidentId}&limit=500`,
    );
    const active = items.filter((one) => one.active);
    const teams = new Set(active.map((one) => one.teamId)).size;
    const people = active.reduce((sum, one) => sum + one.headcount, 0);
    const held = hint?.params.teams === teams && teams === payload.teams && people === payload.headcount;
    this.check(
      '(e) 24 teams in one town raise the span-of-control hint',
      held,
      `${teams} teams, ${people} people, hint ${JSON.stringify(hint?.params ?? null)}`,
    );
  }

  private async alertsEnded(acts: Acts): Promise<void> {
    let alerts = 0;
    const silent: string[] = [];
    for (const id of acts.incidents.values()) {
      const { items } = await this.cast.province.get<{ items: AlertDto[] }>(`/alerts?incidentId=${id}&limit=500`);
      for (const alert of items.filter((one) => one.kind === 'deploy')) {
        alerts++;
        const ended = alert.answers.length > 0 || alert.step > 0 || alert.doneReason !== null;
        if (!ended) silent.push(alert.id);
      }
    }
    this.check(
      'every alert was answered or escalated',
      silent.length === 0 && alerts > 0,
      `${alerts} alerts, ${silent.length} silent`,
    );
  }

  private async booksBalance(): Promise<void> {
    const after = await this.unitsByItem();
    const shipped = new Map<string, number>();
    for (const id of this.missions) {
      const { supplyOrders } = await this.cast.province.get<MissionDto>(`/missions/${id}`);
      for (const line of supplyOrders.flatMap((order: SupplyOrderDto) => order.lines))
        shipped.set(line.itemId, (shipped.get(line.itemId) ?? 0) + line.shippedUnits);
    }
    const received = new Map<string, number>();
    for (const line of this.batches.flatMap((batch) => batch.lines)) {
      const id = this.cast.item(line.itemCode).id;
      received.set(id, (received.get(id) ?? 0) + line.units);
    }
    const off = [...after].filter(
      ([id, units]) => units !== (this.before.get(id) ?? 0) + (received.get(id) ?? 0) - (shipped.get(id) ?? 0),
    );
    const moved = [...shipped.values()].reduce((sum, units) => sum + units, 0);
    this.check(
      'the books balance: before + received − shipped = after',
      off.length === 0,
      `${moved} units shipped; ${off.length} items off`,
    );
  }

  private noTeamTwice(): void {
    const active = new Map<string, string>();
    const twice: string[] = [];
    let seen = 0;
    for (const change of this.screen.changes.filter((one) => one.subject === 'assignment')) {
      const { id, unitId, unitCode, status } = change.data as AssignmentDto;
      seen++;
      if (INACTIVE.has(status)) {
        if (active.get(unitId) === id) active.delete(unitId);
      } else if (active.has(unitId) && active.get(unitId) !== id) twice.push(unitCode);
      else active.set(unitId, id);
    }
    this.check(
      'no team on two assignments at once',
      twice.length === 0 && seen > 0,
      `${seen} assignment changes; ${twice.length} doubled`,
    );
  }

  /** Settled: the picture is compared until both are of the same moment; a lasting difference fails. */
  private async screenAgrees(): Promise<void> {
    let off: string[] = ['not compared'];
    for (let attempt = 0; attempt < 20 && off.length > 0; attempt++) {
      await new Promise((wake) => setTimeout(wake, 500));
      off = differences(this.screen.picture, await this.screen.fresh());
    }
    this.check(
      'the console equals the database',
      off.length === 0,
      `${this.screen.changes.length} changes seen; ${off.length ? off.slice(0, 3).join('; ') : 'no difference'}`,
    );
  }

  private async recordVerifies(): Promise<void> {
    const { head } = await this.cast
      .as('auditor.330000')
      .get<{ head: { seq: number; hash: string } }>('/journal/proof?seq=1');
    this.check('the record is sealed', head.seq > 0, `${head.seq} lines, newest ${head.hash.slice(0, 12)}…`);
  }

  private async unitsByItem(): Promise<Map<string, number>> {
    const { stockLevels } = await this.cast.province.get<{ stockLevels: StockLevelDto[] }>('/live/snapshot');
    const sums = new Map<string, number>();
    for (const level of stockLevels) sums.set(level.itemId, (sums.get(level.itemId) ?? 0) + level.onHandUnits);
    return sums;
  }
}
