import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DrillHost, DrillsService, ImprovementsService, InjectsService, SheetService } from '../../src/drills/index.js';
import { enterInject, type EnterInject } from '../../src/drills/drills.dto.js';
import { SHEET_LIMITS } from '../../src/drills/sheet/sheet.dto.js';
import { openWorkbook } from '../../src/relief-stock/sheets/workbook-zip.js';
import { newId } from '../../src/shared/ids.js';
import { differing, Drill, everyRow } from './drill-world.js';
import { type Desk, LINHAI, MissionWorld } from './mission-world.js';

const NOTE = '市级值班员三分钟后才复述命令';
const DAY_MS = 86_400_000;
/** As a title of a PDF is written. */
const MARK = Buffer.from('演练', 'utf16le').swap16();

describe('who runs a drill, and what he saw of it', () => {
  let world: MissionWorld;
  let lead: Desk;
  let supervisor: Desk;
  let player: Desk;
  let drill: Drill;
  let id: string;
  let before: Map<string, string[]>;
  beforeAll(async () => {
    world = await MissionWorld.open();
    [lead, supervisor, player] = [
      await world.app.as('lead.330000'), await world.app.as('supervisor.330000'), await world.app.as('duty.331082'),
    ]; // prettier-ignore
    const other = await Drill.plan(world.app, lead, { title: '另一场' });
    await world.app.get(SheetService).addItem(lead, other.id, { aspect: 'command', words: '另一场的项目' });
    const planned = await Drill.plan(world.app, lead);
    id = planned.id;
    await world.app.settled();
    before = await everyRow(world.app);
    drill = await Drill.begin(world.app, lead, planned);
  }, 120_000);
  afterAll(() => world?.close());

  const sheets = () => world.app.get(SheetService);
  const improvements = () => world.app.get(ImprovementsService);
  const itemOf = async (key: string, desk = lead) => (await sheets().sheet(desk, id)).items.find((item) => item.key === key)!; // prettier-ignore
  const today = () => new Date(world.app.clock.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10);

  it('is judged by several side by side, who judges again keeps both words, and a player reads none of it', async () => {
    await sheets().judgeItem(lead, id, { item: 'command-orders', grade: 'excellent', note: '' });
    await sheets().judgeItem(supervisor, id, { item: 'command-orders', grade: 'good', note: '' });
    await sheets().judgeItem(supervisor, id, { item: 'command-orders', grade: 'fair', note: NOTE });
    const item = await itemOf('command-orders');
    expect(item.judgements.map(({ by, grade, stands }) => [by, grade, stands])).toEqual([
      [lead.name, 'excellent', true], [supervisor.name, 'good', false], [supervisor.name, 'fair', true],
    ]); // prettier-ignore
    expect(item.apart).toBe(true);
    expect((await sheets().sheet(lead, id)).sums[0]).toMatchObject({ goodPct: 50 });
    await expect(sheets().sheet(player, id)).rejects.toThrow('access.denied');
    await expect(sheets().judgeItem(player, id, { item: 'command-orders', grade: 'good', note: '' })).rejects.toThrow('access.denied'); // prettier-ignore
    const [kept] = await world.app.query<{ id: string }>(`select id from drill_judgement limit 1`);
    for (const sql of [`update drill_judgement set grade = 'good' where id = $1`, `delete from drill_judgement where id = $1`])
      await expect(world.app.query(sql, [kept!.id])).rejects.toThrow('final');
  }); // prettier-ignore

  it('has one judgement of a command that is sent twice', async () => {
    const command = { key: newId(), fingerprint: Buffer.from('the same') };
    const judge = () => sheets().judgeItem({ ...lead, command }, id, { item: 'site-roll', grade: 'good', note: '' });
    expect(await judge()).toEqual(await judge());
    expect((await itemOf('site-roll')).judgements).toHaveLength(1);
  });

  it('has items of its own, and leaves out what it does not try unless somebody has judged it', async () => {
    const own = await sheets().addItem(lead, id, { aspect: 'resources', words: '移动厨房一小时内供餐' });
    await sheets().judgeItem(lead, id, { item: own.key, grade: 'good', note: '' });
    await sheets().leaveOutItem(lead, id, 'info-rumour');
    await sheets().leaveOutItem(lead, id, 'info-rumour');
    expect((await itemOf('info-rumour')).leftOut).toBe(true);
    await expect(sheets().judgeItem(lead, id, { item: 'info-rumour', grade: 'good', note: '' })).rejects.toThrow('drill-item.left-out'); // prettier-ignore
    await expect(sheets().leaveOutItem(lead, id, own.key)).rejects.toThrow('drill-item.judged');
    await sheets().takeBackItem(lead, id, 'info-rumour');
    expect((await itemOf('info-rumour')).leftOut).toBe(false);
    const foreign = await world.app.query<{ id: string }>(`select id from drill_item where words = '另一场的项目'`);
    await expect(sheets().judgeItem(lead, id, { item: foreign[0]!.id, grade: 'good', note: '' })).rejects.toThrow('drill-item.not-found'); // prettier-ignore
    await world.app.query(`insert into drill_item (id, drill_id, line, aspect, words, added_by, added_at)
      select gen_random_uuid(), $1, n, 'command', 'n' || n, 'x', now() from generate_series(2, $2::int) n`, [id, SHEET_LIMITS.items]); // prettier-ignore
    await expect(sheets().addItem(lead, id, { aspect: 'command', words: '多一项' })).rejects.toThrow('drill-sheet.too-many-items'); // prettier-ignore
    await world.app.query(`delete from drill_item where drill_id = $1 and line > 1`, [id]);
  });

  it('lets only one of two who write the remarks at once save, and tells the other', async () => {
    const { version } = (await sheets().sheet(lead, id)).remarks;
    const write = (desk: Desk, wentWell: string) => sheets().writeRemarks(desk, id, { version, wentWell, mustImprove: '复述' }); // prettier-ignore
    const both = await Promise.allSettled([write(lead, '应答快'), write(supervisor, '装备齐')]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const refused = both.find((one) => one.status === 'rejected') as PromiseRejectedResult;
    expect(refused.reason).toMatchObject({ code: 'drill-sheet.stale', status: 409 });
    expect((await sheets().sheet(lead, id)).remarks.version).toBe(version + 1);
  });

  it('has improvements with an owner and a day, revised by who has seen them as they are, done and opened again', async () => {
    const asked = { item: 'command-orders', what: '命令须复述', owner: '临海市会值班长', dueOn: today() };
    const one = await improvements().addImprovement(lead, id, asked);
    await expect(improvements().addImprovement(lead, id, { ...asked, dueOn: '2020-01-01' })).rejects.toThrow('drill-improvement.due-passed'); // prettier-ignore
    const revised = await improvements().reviseImprovement(supervisor, id, one.id, { version: 1, what: '命令须当场复述', owner: '临海市会', dueOn: today() }); // prettier-ignore
    await expect(improvements().finishImprovement(lead, id, one.id, { version: 1, note: '已培训' })).rejects.toThrow('drill-improvement.stale'); // prettier-ignore
    const done = await improvements().finishImprovement(lead, id, one.id, { version: revised.version, note: '已培训' });
    expect(done).toMatchObject({ state: 'done', doneBy: lead.name, doneNote: '已培训', what: '命令须当场复述' });
    const open = await improvements().reopenImprovement(lead, id, one.id, { version: done.version });
    expect(open).toMatchObject({ state: 'open', doneBy: null, version: 4 });
  });

  const byHand = (more: object): EnterInject => enterInject.parse(more);
  const enter = (desk: Desk, more: object) => world.app.get(DrillsService).enterInject(desk, id, byHand(more));
  const play = () => drill.open.get(InjectsService).playDue();
  const REPORT = { kind: 'report', by: '331082', key: 'hand-1', incidentKind: 'flood', severity: 'III', title: '导调内涝', placeText: '临海古城', location: LINHAI }; // prettier-ignore

  it('gets injects by hand, played once by the rules of the script, told to players only once they happen', async () => {
    const command = { key: newId(), fingerprint: Buffer.from('inject') };
    const first = await enter({ ...lead, command }, { call: REPORT });
    expect((await enter({ ...lead, command }, { call: REPORT })).id).toBe(first.id);
    await expect(enter({ ...lead, command }, { call: { ...REPORT, title: '别的' } })).rejects.toThrow('idempotency.mismatch'); // prettier-ignore
    await enter(supervisor, { call: { kind: 'expected', words: '派队' } });
    await enter(lead, { call: { kind: 'request', by: '331082', neededInMin: 60, place: '临海', lines: [{ itemCode: 'NOT-THERE', units: 1 }] } }); // prettier-ignore
    const drillNow = Date.parse((await world.app.get(DrillsService).drill(lead, id)).clock!.at);
    const later = await enter(lead, { at: new Date(drillNow + 3_600_000).toISOString(), call: { kind: 'news', words: '水位上涨' } }); // prettier-ignore
    await enter(lead, { at: new Date(drillNow + 1_800_000).toISOString(), call: { kind: 'news', words: '早一些' } });
    for (const at of [drillNow - 3_600_000, drillNow + 40 * DAY_MS])
      await expect(enter(lead, { at: new Date(at).toISOString(), call: { kind: 'news', words: '不' } })).rejects.toThrow('drill.inject-out-of-range'); // prettier-ignore
    await expect(enter(player, { call: REPORT })).rejects.toThrow('access.denied');
    while ((await world.app.get(DrillsService).drill(lead, id)).timeline.filter(({ playedAt }) => playedAt).length < 3) await play(); // prettier-ignore
    const { timeline } = await world.app.get(DrillsService).drill(lead, id);
    expect(timeline.map(({ state, refusal, enteredBy }) => [state, refusal, enteredBy])).toEqual([
      ['played', null, lead.name], ['played', null, supervisor.name], ['refused', 'item.not-found', lead.name], ['waiting', null, lead.name],
      ['waiting', null, lead.name],
    ]); // prettier-ignore
    expect(timeline.at(-1)!.id).toBe(later.id);
    expect(await drill.query(`select 1 from incident where title = '导调内涝'`)).toHaveLength(1);
    expect(await world.app.query(`select 1 from incident where title = '导调内涝'`)).toEqual([]);
    const told = await drill.query<{ body: string }>(`select body from journal where subject = 'inject'`);
    expect(told).toHaveLength(2);
    expect(told.filter(({ body }) => /水位上涨|expected/.test(body))).toEqual([]);
  }, 60_000);

  it('changes nothing of reality but its own lines of the register, and says in the record who judged, not what', async () => {
    await drill.end(lead);
    await sheets().judgeItem(supervisor, id, { item: 'recovery-lessons', grade: 'good', note: NOTE });
    await world.app.settled();
    const changed = differing(before, await everyRow(world.app));
    expect(changed.map(({ table }) => table).sort()).toEqual([
      'command_answer', 'drill', 'drill_improvement', 'drill_item', 'drill_judgement', 'drill_sheet', 'journal', 'journal_head',
    ]); // prettier-ignore
    for (const table of ['drill_improvement', 'drill_item', 'drill_judgement', 'drill_sheet'])
      for (const row of changed.find((one) => one.table === table)!.come) expect(row).toContain(id);
    const told = await world.app.query<{ kind: string; body: string; scope: string[]; actor: string }>(
      `select kind, body, scope, actor_name as actor from journal where subject in ('drill-sheet', 'drill-improvement') order by seq`,
    );
    expect(told.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['drill-sheet.judged', 'drill-sheet.remarked', 'drill-improvement.reopened'])); // prettier-ignore
    expect(told.at(-1)).toMatchObject({ kind: 'drill-sheet.judged', actor: supervisor.name, scope: ['/330000/'] });
    for (const { body } of told) expect(body).not.toMatch(new RegExp(`${NOTE}|复述|临海市会|excellent|fair`));
  }, 60_000);

  it('is read after the end by everybody who sees the drill, without evaluators and their notes', async () => {
    const read = await sheets().sheet(player, id);
    expect(read.improvements).toHaveLength(1);
    expect(read.remarks.mustImprove).toBe('复述');
    expect(read.sums[0]!.grades.fair).toBe(1);
    for (const hidden of [NOTE, supervisor.userId]) expect(JSON.stringify(read)).not.toContain(hidden);
  });

  it('leaves as a report on paper and as a workbook, marked as a drill', async () => {
    const file = async (name: string, token: string) => {
      const response = await fetch(`${world.app.url}/api/v1/drills/${id}/${name}`, { headers: { authorization: `Bearer ${token}` } }); // prettier-ignore
      return { status: response.status, name: response.headers.get('content-disposition'), bytes: Buffer.from(await response.arrayBuffer()) }; // prettier-ignore
    };
    const [paper, book] = [await file('report.pdf', lead.token), await file('report.xlsx?locale=zh-CN', lead.token)];
    expect([paper.status, book.status]).toEqual([200, 200]);
    for (const { name } of [paper, book]) expect(name).toContain(`drill-${drill.dto.number}-report`);
    expect(paper.bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(paper.bytes.includes(MARK)).toBe(true);
    const files = await openWorkbook(book.bytes);
    const part = async (name: string) => text(await files.read(`xl/${name}.xml`));
    const names = [...(await part('workbook')).matchAll(/<sheet name="([^"]+)"/g)].map(([, name]) => name);
    expect(names).toHaveLength(5);
    expect(names.every((name) => name!.startsWith('【演练】'))).toBe(true);
    const [judgements, listed] = [await part('worksheets/sheet3'), await part('worksheets/sheet4')];
    for (const words of [NOTE, '移动厨房一小时内供餐', '未评', '（已改评）']) expect(judgements).toContain(words);
    expect(listed).toContain('临海市会');
    expect((await file('report.pdf', player.token)).status).toBe(403);
  }, 60_000);

  it('stays when the schema of the drill is dropped', async () => {
    world.app.clock.forward(31 * DAY_MS);
    await world.app.get(DrillHost).keep();
    expect(await world.app.query(`select 1 from pg_namespace where nspname = $1`, [`drill_${drill.dto.number}`])).toEqual([]); // prettier-ignore
    const kept = await sheets().sheet(lead, id);
    expect(kept.items.flatMap(({ judgements }) => judgements).map(({ note }) => note)).toContain(NOTE);
    expect(kept.improvements[0]!.owner).toBe('临海市会');
  });

  it('is not judged before it runs', async () => {
    const planned = await Drill.plan(world.app, lead);
    await expect(sheets().judgeItem(lead, planned.id, { item: 'prep-plan', grade: 'good', note: '' })).rejects.toThrow('drill.step-not-allowed'); // prettier-ignore
    await expect(world.app.get(DrillsService).enterInject(lead, planned.id, byHand({ call: REPORT }))).rejects.toThrow('drill.step-not-allowed'); // prettier-ignore
  });
});
