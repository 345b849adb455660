import { setTimeout as sleep } from 'node:timers/promises';
import type { Actor } from '../../src/access/index.js';
import { inTransaction } from '../../src/database/index.js';
import { DispatchService } from '../../src/dispatch/index.js';
import { endIncident, type IncidentDto, IncidentsService } from '../../src/incidents/index.js';
import { reportIncident, setNeeds } from '../../src/incidents/incidents.dto.js';
import { JournalFeed } from '../../src/journal/index.js';
import { RefreshService } from '../../src/suggestions/refresh.service.js';
import { SolveService } from '../../src/suggestions/solve.service.js';
import { SuggestionService } from '../../src/suggestions/suggestion.service.js';
import { askSuggestion, type SuggestionDto } from '../../src/suggestions/suggestions.dto.js';
import type { TestApp } from '../support/app.js';

export const DESKS = ['duty.331000', 'duty.330000', 'duty.331082'];
export const PLAIN = askSuggestion.parse({});

/** What the desk of a city does before it can ask: a report, verified, with needs. */
export class SuggestionDesk {
  constructor(readonly app: TestApp) {}
  incidents = () => this.app.get(IncidentsService);
  suggestions = () => this.app.get(SuggestionService);
  solver = () => this.app.get(SolveService);
  refresh = () => this.app.get(RefreshService);
  dispatch = () => this.app.get(DispatchService);

  async flood(officer: Actor, needs: object = { capabilities: [{ speciality: 'water', headcount: 8, priority: 1 }] }) {
    const report = { kind: 'flood', severity: 'III', placeText: '临海（示范）', location: { lon: 121.14, lat: 28.85 } };
    const [county] = await this.app.query<{ id: string }>(`select id from society where adcode = '331082'`);
    const input = reportIncident.parse({ ...report, societyId: county!.id });
    const reported = await this.incidents().reportIncident(officer, input);
    const verified = await this.incidents().verifyIncident(officer, reported.id, { version: reported.version });
    return this.need(officer, verified, needs);
  }

  need(officer: Actor, incident: IncidentDto, needs: object): Promise<IncidentDto> {
    return this.incidents().setNeeds(officer, incident.id, setNeeds.parse({ version: incident.version, ...needs }));
  }

  async item(code: string): Promise<string> {
    return (await this.app.query<{ id: string }>(`select id from item where code = $1`, [code]))[0]!.id;
  }

  async proposal(officer: Actor, incidentId: string, ask: object = {}): Promise<SuggestionDto> {
    const { id } = await this.suggestions().ask(officer, incidentId, askSuggestion.parse(ask));
    await this.solver().solve(id);
    return this.suggestions().suggestion(officer, id);
  }

  rows(incidentId: string): Promise<{ id: string; status: string; trigger: string; societyId: string }[]> {
    return this.app.query(
      `select id, status, trigger, society_id as "societyId" from suggestion where incident_id = $1 order by requested_at, id`,
      [incidentId],
    );
  }

  async count(table: 'mission' | 'assignment' | 'supply_order', incidentId: string): Promise<number> {
    const sql = `select count(*)::int as n from ${table} where incident_id = $1`;
    return (await this.app.query<{ n: number }>(sql, [incidentId]))[0]!.n;
  }

  async pathsOfUnits(units: string[]): Promise<string[]> {
    const rows = await this.app.query<{ path: string }>(
      `select s.path from team_unit u join team t on t.id = u.team_id join society s on s.id = t.society_id where u.id = any($1)`,
      [units],
    );
    return rows.map(({ path }) => path);
  }
}

export const unitsOf = (suggestion: SuggestionDto) =>
  suggestion.lines.flatMap((line) => (line.kind === 'team' ? [line.unitId] : []));
export const knownUnits = (suggestion: SuggestionDto) => [
  ...unitsOf(suggestion),
  ...suggestion.excluded.flatMap(({ unitId }) => (unitId ? [unitId] : [])),
];

/** Waits for the fact; fails after forty seconds. */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 40_000;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error('it did not come to pass');
    await sleep(50);
  }
}

export async function dismiss(app: TestApp, actor: Actor, { id, version }: IncidentDto): Promise<void> {
  const input = { version, reason: '核实为误报' };
  await inTransaction(app.db, (tx) => endIncident(tx, { id, step: 'dismiss', input, actor, now: app.clock.now() }));
}

/** This long nothing has been asked for: more than a change takes from the journal to a look, the stretch of these tests included. */
const REST_MS = 1000;
/** Waits until no look and no solve is asked for or at work, and nothing that the journal told is on its way to one. */
export async function atRest(app: TestApp): Promise<void> {
  const sql = `select 1 from bullmq.job where name in ('suggestions.refresh', 'suggestions.solve') and finished_at_ms is null`;
  let since = Date.now();
  await until(async () => {
    await app.get(JournalFeed).caughtUp();
    if ((await app.query(sql)).length > 0) since = Date.now();
    return Date.now() - since > REST_MS;
  });
}

/** What a flushed Redis is to the queue. */
export async function emptyQueue(app: TestApp): Promise<void> {
  await until(async () => (await app.query(`select 1 from bullmq.job`)).length > 0);
  await app.query(`delete from bullmq.job`);
}
