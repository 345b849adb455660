import type { AlertDto } from '../../src/alerts/alerts.dto.js';
import type { AssignmentDto, MissionDto, SupplyOrderDto } from '../../src/dispatch/dispatch.dto.js';
import type { IncidentDto, SituationReportDto } from '../../src/incidents/incidents.dto.js';
import type { Cast } from './cast.js';
import type { Checks } from './checks.js';
import { type Entry, wireFigures } from './timeline.js';

type Page<T> = { items: T[] };

/** What each kind of entry makes people do. */
export class Acts {
  readonly incidents = new Map<string, string>();
  readonly missions = new Map<string, string>();
  readonly reports: SituationReportDto[] = [];
  readonly answered = new Set<string>();

  constructor(
    private readonly cast: Cast,
    private readonly checks: Checks,
  ) {}

  /** Plays one entry; answers a line for the log, or null for a fact without a command. */
  async play(entry: Entry): Promise<string | null> {
    const payload = entry.payload as never;
    switch (entry.kind) {
      case 'incident':
        return this.report(entry, payload);
      case 'incident-step':
        return this.step(entry, payload);
      case 'needs':
        return this.needs(payload);
      case 'situation-report':
        return this.situation(payload);
      case 'mission':
        return this.mission(entry, payload);
      case 'assignment-steps':
        return this.assignments(entry, payload);
      case 'supply-steps':
        return this.supplies(entry, payload);
      case 'receipt':
        return this.receipt(entry, payload);
      case 'expect':
        return this.checks.expect(payload, this);
      default:
        return null;
    }
  }

  incident = (key: string): Promise<IncidentDto> =>
    this.cast.province.get<IncidentDto>(`/incidents/${this.incidents.get(key)}`);

  private async report(entry: Entry, payload: Record<string, string> & { lon: number; lat: number }): Promise<string> {
    const incident = await this.cast.province.post<IncidentDto>('/incidents', {
      kind: payload.kind,
      severity: payload.severity,
      title: payload.title,
      whatHappened: payload.whatHappened,
      placeText: payload.placeText,
      location: { lon: payload.lon, lat: payload.lat },
      societyId: this.cast.society(payload.societyAdcode!).id,
      reporter: { name: payload.reporterName, phone: payload.reporterPhone, source: 'society' },
      occurredAt: new Date(entry.at).toISOString(),
    });
    this.incidents.set(payload.key!, incident.id);
    return `${incident.number} ${incident.title}`;
  }

  private async step(
    entry: Entry,
    payload: { incidentKeys: string[]; step: string; intoKey?: string },
  ): Promise<string> {
    const steps = payload.step === 'close' ? ['demobilise', 'close'] : [payload.step];
    for (const key of payload.incidentKeys) {
      for (const step of steps) {
        const { version } = await this.incident(key);
        const into = payload.intoKey ? { intoId: this.incidents.get(payload.intoKey) } : {};
        const body = { version, occurredAt: new Date(entry.at).toISOString(), reason: entry.note, ...into };
        await this.cast.province.post(`/incidents/${this.incidents.get(key)}/${step}`, body);
      }
    }
    return `${payload.step} ${payload.incidentKeys.join(', ')}`;
  }

  private async needs(payload: {
    incidentKey: string;
    capabilities: object[];
    items: { itemCode: string; units: number; priority: number }[];
  }): Promise<string> {
    const { version } = await this.incident(payload.incidentKey);
    const items = payload.items.map(({ itemCode, ...rest }) => ({ ...rest, itemId: this.cast.item(itemCode).id }));
    await this.cast.province.put(`/incidents/${this.incidents.get(payload.incidentKey)}/needs`, {
      version,
      capabilities: payload.capabilities,
      items,
    });
    return `${payload.incidentKey}: ${payload.capabilities.length} capabilities, ${items.length} items`;
  }

  private async situation(payload: {
    incidentKey: string;
    stage: string;
    asOf: string;
    figures: Record<string, number>;
  }): Promise<string> {
    const { figures, note } = wireFigures(payload.figures);
    const body = { stage: payload.stage === 'initial' ? 'first' : payload.stage, asOf: payload.asOf, figures, note };
    const path = `/incidents/${this.incidents.get(payload.incidentKey)}/situation-reports`;
    this.reports.push(await this.cast.province.post<SituationReportDto>(path, body));
    return `${payload.incidentKey} as of ${payload.asOf.slice(5, 16)}: ${Object.entries(figures).map(([name, value]) => `${name} ${value}`).join(', ')}`; // prettier-ignore
  }

  private async mission(
    entry: Entry,
    payload: {
      key: string;
      incidentKey: string;
      assignments?: { unitCode: string; headcount: number; task: string }[];
      supplies?: { warehouseCode: string; itemCode: string; units: number }[];
    },
  ): Promise<string> {
    const assignments = (payload.assignments ?? []).map(({ unitCode, ...rest }) => ({
      ...rest,
      teamUnitId: this.cast.unit(unitCode).id,
    }));
    const supplies = (payload.supplies ?? []).map(({ warehouseCode, itemCode, units }) => ({
      warehouseId: this.cast.warehouse(warehouseCode).id, itemId: this.cast.item(itemCode).id, units,
    })); // prettier-ignore
    const body = {
      assignments,
      supplies,
      message: entry.note,
      overrideReason: 'replay',
      occurredAt: new Date(entry.at).toISOString(),
    };
    const mission = await this.cast.province.post<MissionDto>(
      `/incidents/${this.incidents.get(payload.incidentKey)}/missions`,
      body,
    );
    this.missions.set(payload.key, mission.id);
    this.checks.sawMission(mission);
    return `${mission.number} to ${payload.incidentKey}: ${assignments.length} units, ${supplies.length} lines of goods`;
  }

  private async assignments(entry: Entry, payload: { missionKeys: string[]; steps: string[] }): Promise<string> {
    let count = 0;
    for (const key of payload.missionKeys) {
      const mission = await this.cast.province.get<MissionDto>(`/missions/${this.missions.get(key)}`);
      for (const assignment of mission.assignments) {
        for (const step of payload.steps) await this.assignmentStep(entry, assignment, step);
        count++;
      }
    }
    return `${payload.steps.join(', ')}: ${count} units`;
  }

  /** The team's leader takes the step; "accept" is the answer to the alert. */
  private async assignmentStep(entry: Entry, assignment: AssignmentDto, step: string): Promise<void> {
    const leader = this.cast.as(`leader.${this.cast.teamCode(assignment.teamId)}`);
    const occurredAt = new Date(entry.at).toISOString();
    if (step === 'accept') {
      const { items } = await leader.get<Page<AlertDto>>('/alerts?mine=true&open=true');
      const alert = items.find((one) => one.assignmentId === assignment.id);
      if (!alert) throw new Error(`${leader.account} has no open alert for ${assignment.unitCode}`);
      await leader.post(`/alerts/${alert.id}/answers`, {
        answer: 'accept',
        headcount: assignment.headcount,
        occurredAt,
      });
      this.answered.add(alert.id);
      return;
    }
    const headcount = step === 'assemble' || step === 'arrive' ? { headcount: assignment.headcount } : {};
    await leader.post(`/assignments/${assignment.id}/${step}`, { occurredAt, ...headcount });
  }

  private async supplies(entry: Entry, payload: { missionKeys: string[]; steps: string[] }): Promise<string> {
    let count = 0;
    for (const key of payload.missionKeys) {
      const mission = await this.cast.province.get<MissionDto>(`/missions/${this.missions.get(key)}`);
      for (const order of mission.supplyOrders) {
        for (const step of payload.steps) await this.supplyStep(order, step);
        count++;
      }
    }
    return `${payload.steps.join(', ')}: ${count} orders`;
  }

  private async supplyStep(order: SupplyOrderDto, step: string): Promise<void> {
    // The province dispatched from under its own roof, which approves at once.
    if (step === 'approve' && order.status !== 'reserved') return;
    const keeper = this.cast.as(`keeper.${this.cast.warehouseById(order.warehouseId).code}`);
    const who = step === 'pick' || step === 'ship' ? keeper : this.cast.province;
    // Dated now, like the receipts: the stock is of today, and nothing can have left a shelf before it lay there.
    const body: Record<string, unknown> = {};
    if (step === 'ship')
      Object.assign(body, {
        vehicle: '浙A00000（示范）',
        driverName: '司机（示范）',
        driverPhone: '19900009999',
        etaMin: 120,
      });
    if (step === 'receive') body.receiverName = '签收人（示范）';
    await who.post(`/supply-orders/${order.id}/${step}`, body);
  }

  private async receipt(
    entry: Entry,
    payload: { warehouseCode: string; documentNo: string; lines: { itemCode: string; units: number }[] },
  ): Promise<string> {
    const keeper = this.cast.as(`keeper.${payload.warehouseCode}`);
    const lines = payload.lines.map(({ itemCode, units }) => ({
      itemId: this.cast.item(itemCode).id,
      lotCode: payload.documentNo,
      units,
    }));
    const body = {
      warehouseId: this.cast.warehouse(payload.warehouseCode).id,
      source: 'allocated',
      sourceName: payload.documentNo,
      lines,
    };
    const receipt = await keeper.post<{ number: string }>('/stock/receipts', body);
    this.checks.sawReceipt(payload);
    return `${receipt.number} ${entry.note}`;
  }
}
