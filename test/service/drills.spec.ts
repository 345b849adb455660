import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DeliveryService } from '../../src/alerts/index.js';
import { Database, inSnapshot } from '../../src/database/index.js';
import { AnswerService, AssignmentService, DispatchService, EscalationService } from '../../src/dispatch/index.js';
import { dispatchMission, type MissionDto } from '../../src/dispatch/dispatch.dto.js';
import { DrillsService, InjectsService } from '../../src/drills/index.js';
import { IncidentsService } from '../../src/incidents/index.js';
import { reportIncident } from '../../src/incidents/incidents.dto.js';
import { AnchorService } from '../../src/record/index.js';
import { auditLedger } from '../../src/relief-stock/index.js';
import { openWorkbook } from '../../src/relief-stock/sheets/workbook-zip.js';
import { COPIED, OWN } from '../../src/drills/copy.store.js';
import { differing, Drill, everyRow } from './drill-world.js';
import { type Desk, LINHAI, MissionWorld } from './mission-world.js';

const UNIT = 'T-331082-SR-1-A';
const OTHER = 'T-331082-SR-1-B';
/** Of a team whose leader is not on the list. */
const UNLISTED = 'T-331082-WR-1-A';
const GOODS: [string, string, number][] = [['WH-331082-1', 'FK01', 20]];

describe('a drill in the middle of a real incident', () => {
  let world: MissionWorld;
  let lead: Desk;
  let county: Desk;
  let leader: Desk;
  let phone: string;
  let before: Map<string, string[]>;
  let drill: Drill;
  let sent: number;
  beforeAll(async () => {
    world = await MissionWorld.open();
    [lead, county, leader] = [
      await world.app.as('lead.330000'),
      await world.app.as('duty.331082'),
      await world.app.as('leader.T-331082-SR-1'),
    ];
    const real = await world.verified(county);
    await world.send(county, real.id, { units: [UNIT], goods: GOODS });
    await world.delivery.deliverDue();
    [{ phone }] = (await world.app.query<{ phone: string }>(
      `select m.phone from team_member m join team t on t.id = m.team_id where t.code = 'T-331082-SR-1' and m.position = 'leader'`,
    )) as [{ phone: string }];
  }, 120_000);
  afterAll(() => world?.close());

  const inside = {
    async mission(actor: Desk, units: string[]): Promise<MissionDto> {
      const asked = reportIncident.parse({ kind: 'flood', location: LINHAI, placeText: '临海古城', severity: 'II' });
      const incident = await drill.open.get(IncidentsService).reportIncident(actor, asked);
      await drill.open.get(IncidentsService).verifyIncident(actor, incident.id, { version: incident.version });
      const teams = await Promise.all(units.map(async (code) => ({ teamUnitId: await world.id('team_unit', code) })));
      const [[store, item, units_]] = GOODS as [[string, string, number]];
      const supplies = [
        { warehouseId: await world.id('warehouse', store), itemId: await world.id('item', item), units: units_ },
      ];
      return drill.open
        .get(DispatchService)
        .dispatchMission(actor, incident.id, dispatchMission.parse({ assignments: teams, supplies }));
    },
  };

  it('begins with a copy of who and what there is: free teams, whole shelves, nothing that happens', async () => {
    const planned = await Drill.plan(world.app, lead, { listed: [phone], script: 'lekima-2019' });
    await world.app.settled();
    before = await everyRow(world.app);
    sent = world.outbox().length;
    drill = await Drill.begin(world.app, lead, planned);
    expect(await inSnapshot(drill.open.get(Database), auditLedger)).toEqual([]);
    const shelves = `select sum(on_hand)::int as units from stock_cell where kind = 'bin'`;
    expect(await drill.query(shelves)).toEqual(await world.app.query(shelves));
    for (const table of ['incident', 'assignment', 'reservation', 'alert', 'journal', 'session'])
      expect(await drill.query(`select 1 from ${table}`)).toEqual([]);
    expect(await drill.query(`select code from team_unit where assignment_id is not null`)).toEqual([]);
  }, 120_000);

  it('copies what is on one of its lists, and every table is on one', async () => {
    const tables = await world.app.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'chiyuan'`,
    );
    expect([...COPIED.map(([table]) => table), ...OWN].sort()).toEqual(tables.map(({ name }) => name).sort());
  });

  it('knows no telephone but those of its list, and no password', async () => {
    const phones = await drill.query<{ phone: string }>(
      `select phone from app_user where phone is not null union select phone from team_member union select keeper_phone from warehouse where keeper_phone is not null`,
    );
    expect(phones.filter((one) => !one.phone.startsWith('000')).map((one) => one.phone)).toEqual([phone]);
    expect(await drill.query(`select 1 from app_user d join chiyuan.app_user r using (password_hash)`)).toEqual([]);
  });

  it('sends the very teams and goods that a real incident has, and reaches only the list', async () => {
    const [player, led] = [await drill.player(county), await drill.player(leader)];
    const mission = await inside.mission(player, [UNIT, OTHER, UNLISTED]);
    expect(mission.assignments.map(({ unitCode }) => unitCode).sort()).toEqual([UNIT, OTHER, UNLISTED].sort());
    expect(await drill.open.get(DeliveryService).deliverDue()).toBeGreaterThan(0);
    await drill.open.get(EscalationService).moveOnOverdueAlerts();
    const [alert] = await drill.query<{ id: string }>(`select id from alert order by raised_at limit 1`);
    await drill.open.get(AnswerService).answer(led, alert!.id, { answer: 'accept', headcount: 6 });
    const [accepted] = await drill.query<{ id: string }>(`select id from assignment where status = 'accepted'`);
    await drill.open.get(AssignmentService).takeStep(led, accepted!.id, 'depart', {});
    expect(await drill.open.get(InjectsService).playDue()).toBeGreaterThan(0);
    await drill.open.get(DeliveryService).deliverDue();

    const real = world.outbox().slice(sent);
    expect(real.length).toBeGreaterThan(0);
    expect(real.filter((line) => line.phone !== phone || !line.text.startsWith('【演练】'))).toEqual([]);
    expect(real.every((line) => line.text.includes('https://desk.test/drill/1/phone.html#/a/'))).toBe(true);
    const kept = readFileSync(join(world.folder, 'drills', '1', 'outbox', 'drill.log'), 'utf8')
      .trim()
      .split('\n');
    expect(kept.filter((line) => !line.split('\t')[2]!.startsWith('000'))).toEqual([]);
  }, 60_000);

  it('signs no anchor of its record, whoever asks', async () => {
    const anchors = drill.open.get(AnchorService);
    expect(await drill.query(`select 1 from journal where seq is not null limit 1`)).toHaveLength(1);
    expect(await anchors.signIfDue()).toBeNull();
    expect(await anchors.anchors({ limit: 5 })).toMatchObject({ items: [], state: 'off', expectedBy: null });
    expect(await drill.query(`select 1 from journal_anchor`)).toEqual([]);
    expect(existsSync(join(world.folder, 'drills', '1', 'keys'))).toBe(false);
  });

  it('marks every paper, sheet and file that leaves it, and none of reality', async () => {
    const file = async (path: string, token: string) => {
      const response = await fetch(`${world.app.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
      const bytes = Buffer.from(await response.arrayBuffer());
      return { status: response.status, name: response.headers.get('content-disposition')!, bytes };
    };
    /** As a title of a PDF is written. */
    const mark = Buffer.from('演练', 'utf16le').swap16();
    for (const [path, token, marked] of [
      ['/drill/1', (await drill.player(county)).token, true],
      ['', county.token, false],
    ] as const) {
      const paper = await file(`${path}/api/v1/reports/incidents.pdf?from=2026-07-01&to=2026-08-31`, token);
      const sheet = await file(`${path}/api/v1/reports/incidents.xlsx?from=2026-07-01&to=2026-08-31`, token);
      const list = await file(`${path}/api/v1/stock/exports/levels.xlsx`, token);
      for (const { status, name } of [paper, sheet, list])
        expect([status, name.includes('drill-1-')]).toEqual([200, marked]);
      expect(paper.bytes.includes(mark)).toBe(marked);
      for (const { bytes } of [sheet, list]) {
        const files = await openWorkbook(bytes);
        const part = async (name: string) => text(await files.read(`xl/${name}.xml`));
        expect((await part('workbook')).includes('name="【演练】')).toBe(marked);
        expect((await part('worksheets/sheet1')).includes('<oddHeader>')).toBe(marked);
      }
    }
  });

  it('changes no real row but its own, and says in the record that it began and ended', async () => {
    const ended = await drill.end(lead);
    expect(ended.score!.measures.find(({ code }) => code === 'answer')).toMatchObject({ due: 3, met: 1 });
    await world.app.settled();
    const changed = differing(before, await everyRow(world.app));
    expect(changed.map(({ table }) => table).sort()).toEqual(['drill', 'journal', 'journal_head']);
    const told = changed.find(({ table }) => table === 'journal')!;
    expect(told.gone).toBe(0);
    const kinds = await world.app.query<{ kind: string }>(`select kind from journal order by seq desc limit $1`, [
      told.come.length,
    ]);
    expect(kinds.map(({ kind }) => kind)).toEqual(['drill.ended', 'drill.started']);
    expect(await world.faults()).toEqual([]);
  }, 60_000);

  it('is kept after its end, and answered no more', async () => {
    expect((await fetch(`${world.app.url}/drill/1/api/v1/me`)).status).toBe(404);
    expect(await world.app.query(`select count(*)::int as rows from drill_1.assignment`)).toEqual([{ rows: 3 }]);
  });

  it('names who is told and who was scored to those who run drills alone, and to no record', async () => {
    const drills = world.app.get(DrillsService);
    const [score, told] = [await drills.score(lead, drill.dto.id), await drills.drill(lead, drill.dto.id)];
    expect(score.people.length).toBeGreaterThan(0);
    expect(told.listedPeople.map((one) => one.phone)).toEqual([phone]);
    const others = [
      await drills.score(county, drill.dto.id),
      await drills.drill(county, drill.dto.id),
      await drills.drills(county, { limit: 9 }),
    ];
    const kept = await world.app.query<{ body: string }>(`select body from journal where subject = 'drill'`);
    expect(kept).toHaveLength(3);
    for (const text of [...others.map((other) => JSON.stringify(other)), ...kept.map(({ body }) => body)]) {
      expect(text).not.toContain(phone);
      for (const { name } of [...score.people, ...told.listedPeople]) expect(text).not.toContain(`"name":"${name}"`);
    }
  });
});
