import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DeliveryService } from '../../src/alerts/index.js';
import type { ReplyDto } from '../../src/alerts/replies.dto.js';
import { DispatchService, ReplyDeskService, ReplyService } from '../../src/dispatch/index.js';
import { type AssignmentDto, dispatchMission } from '../../src/dispatch/dispatch.dto.js';
import { DrillHost } from '../../src/drills/drill-host.service.js';
import { DrillRepliesService } from '../../src/drills/drill-replies.service.js';
import { IncidentsService } from '../../src/incidents/index.js';
import { reportIncident } from '../../src/incidents/incidents.dto.js';
import { expectConsoleAgrees } from '../support/console.js';
import { Drill, tableHashes } from './drill-world.js';
import { type Desk, LINHAI, MissionWorld } from './mission-world.js';

/** Out in reality, and called in the drill too. */
const BOTH = 'T-331082-SR-1';
/** Called in the drill alone. */
const DRILLED = 'T-331082-WR-1';

describe('text messages that come back while a drill runs in the middle of a real incident', () => {
  let world: MissionWorld;
  let lead: Desk;
  let county: Desk;
  let drill: Drill;
  let real: AssignmentDto;
  let phones: Record<string, string>;
  let messages = 0;

  beforeAll(async () => {
    world = await MissionWorld.open();
    [lead, county] = [await world.app.as('lead.330000'), await world.app.as('duty.331082')];
    const incident = await world.verified(county);
    [real] = (await world.send(county, incident.id, { units: [`${BOTH}-A`] })).assignments as [AssignmentDto];
    await world.delivery.deliverDue();
    const leaders = await world.app.query<{ code: string; phone: string }>(
      `select t.code, m.phone from team_member m join team t on t.id = m.team_id where m.position = 'leader' and t.code = any($1)`,
      [[BOTH, DRILLED]],
    );
    phones = Object.fromEntries(leaders.map(({ code, phone }) => [code, phone]));
    drill = await Drill.start(world.app, lead, { listed: Object.values(phones) });
    await callInDrill([`${BOTH}-A`, `${DRILLED}-A`]);
  }, 240_000);
  afterAll(() => world?.close());

  async function callInDrill(units: string[]): Promise<void> {
    const player = await drill.player(county);
    const asked = reportIncident.parse({ kind: 'flood', location: LINHAI, placeText: '临海古城', severity: 'II' });
    const incident = await drill.open.get(IncidentsService).reportIncident(player, asked);
    await drill.open.get(IncidentsService).verifyIncident(player, incident.id, { version: incident.version });
    const assignments = await Promise.all(units.map(async (code) => ({ teamUnitId: await world.id('team_unit', code) }))); // prettier-ignore
    await drill.open
      .get(DispatchService)
      .dispatchMission(player, incident.id, dispatchMission.parse({ assignments, supplies: [] }));
    await drill.open.get(DeliveryService).deliverDue();
  }

  const inbox = () => join(world.folder, 'inbox', 'sms.log');
  const lineOf = (team: string, words: string) => ['text-' + ++messages, new Date().toISOString(), phones[team], words].join('\t') + '\n'; // prettier-ignore
  const take = () => world.app.get(ReplyService).takeInbox();
  /** A text message comes in, and is taken by whom it belongs to. */
  async function comes(team: string, words: string): Promise<void> {
    mkdirSync(join(world.folder, 'inbox'), { recursive: true });
    appendFileSync(inbox(), lineOf(team, words));
    await take();
  }
  /** The tables of both worlds that changed; the auditor of the drill looks by a timer of its own. */
  async function changedBy(act: () => Promise<void>): Promise<{ real: string[]; drill: string[] }> {
    const look = async () => [await tableHashes(world.app, 'chiyuan'), await tableHashes(world.app, 'drill_1')] as const; // prettier-ignore
    await world.app.settled();
    const before = await look();
    await act();
    await world.app.settled();
    const after = await look();
    const changed = (n: 0 | 1) => [...after[n]].flatMap(([table, hash]) => (hash === before[n].get(table) ? [] : [table])).sort(); // prettier-ignore
    return { real: changed(0), drill: changed(1).filter((table) => table !== 'chain_audit') };
  }
  const inDrill = async (team: string) =>
    (await drill.query<{ status: string }>(`select status from assignment where unit_code = $1`, [`${team}-A`]))[0]!.status; // prettier-ignore
  const waiting = async (desk = county) => (await world.app.get(ReplyDeskService).replies(desk, { waiting: true, limit: 9 }, { before: null, limit: 9 })); // prettier-ignore
  const ourStatus = async () => (await world.assignments.assignment(county, real.id)).status;

  it('says in each text message of the drill by which word an answer finds it', async () => {
    const texts = world.outbox().filter(({ channel, text }) => channel === 'sms' && text.startsWith('【演练】'));
    expect(texts.map(({ phone }) => phone).sort()).toEqual(Object.values(phones).sort());
    for (const { text } of texts) expect(text).toMatch(/（文字回复请先写“演练1”）【演练】$/);
    expect(world.outbox().some(({ text }) => !text.startsWith('【演练】') && text.includes('演练'))).toBe(false);
  }, 180_000);

  it('reach the drill from whom the drill alone has called, and change nothing real but where they went', async () => {
    const changed = await changedBy(() => comes(DRILLED, '能来，6人'));
    expect(changed.real).toEqual(['drill_reply']);
    expect(changed.drill).toEqual(expect.arrayContaining(['alert_answer', 'alert_reply', 'assignment']));
    expect(await inDrill(DRILLED)).toBe('accepted');
    expect(await drill.query(`select state, words from alert_reply`)).toEqual([{ state: 'taken', words: '能来，6人' }]);
    expect(await world.app.query(`select words from alert_reply`)).toEqual([]);
  }, 180_000);

  it('stay in reality for a person where both called, move nothing by themselves, and say why', async () => {
    const agree = () => expectConsoleAgrees(world.app, ['duty.331082'], () => comes(BOTH, '能来，6人'));
    const changed = await changedBy(agree);
    expect(changed.drill).toEqual([]);
    expect(changed.real.filter((table) => !table.startsWith('journal') && table !== 'session')).toEqual(['alert_reply']); // prettier-ignore
    expect([await ourStatus(), await inDrill(BOTH)]).toEqual(['alerted', 'alerted']);
    const [reply] = (await waiting()) as [ReplyDto];
    expect(reply).toMatchObject({
      words: '能来，6人', why: 'drill-too', state: 'to-read', unitCode: `${BOTH}-A`, reading: { answer: 'accepted', headcount: 6 },
    }); // prettier-ignore
  }, 180_000);

  it('reach the drill that they name, also while reality asks', async () => {
    const changed = await changedBy(() => comes(BOTH, '演练1，来不了，车坏了'));
    expect(changed.real).toEqual(['drill_reply']);
    expect([await ourStatus(), await inDrill(BOTH)]).toEqual(['alerted', 'declined']);
    expect(await drill.query(`select 1 from alert_reply where words = '演练1，来不了，车坏了' and state = 'taken'`)).toHaveLength(1); // prettier-ignore
  }, 180_000);

  it('are what a person says they are', async () => {
    const [reply] = (await waiting()) as [ReplyDto];
    await world.app.get(ReplyDeskService).readReply(county, reply.id, { answer: 'accept', headcount: 6 });
    expect([await ourStatus(), await inDrill(BOTH)]).toEqual(['accepted', 'declined']);
  }, 180_000);

  it('are still kept from the drill while the team is out, though its alert has ended long ago', async () => {
    world.app.clock.forward(2 * 86_400_000);
    const changed = await changedBy(() => comes(BOTH, '我们到了'));
    expect(changed.drill).toEqual([]);
    expect(await waiting()).toMatchObject([{ words: '我们到了', why: 'drill-too' }]);
  }, 180_000);

  it('go their way once, however often they are offered', async () => {
    const lines = [1, 2, 3].map((n) => ['text-' + n, new Date().toISOString(), phones[n === 1 ? DRILLED : BOTH], '来不了'].join('\t') + '\n'); // prettier-ignore
    writeFileSync(inbox(), lines.join(''));
    expect(await changedBy(take)).toEqual({ real: [], drill: [] });
  }, 180_000);

  it('do not wait one after the other for a drill that hangs', async () => {
    const [host, replies] = [world.app.get(DrillHost), world.app.get(DrillRepliesService)];
    const asked: number[] = [];
    const ofHost = host.world.bind(host);
    host.world = ({ number }) => (asked.push(number), new Promise<never>(() => {}));
    replies.patienceMs = 200;
    try {
      for (const words of ['马上到', '还要一会']) await comes(DRILLED, words);
    } finally {
      host.world = ofHost;
    }
    expect(asked).toEqual([1]);
    const kept = (await waiting(lead)).filter(({ words }) => ['马上到', '还要一会'].includes(words));
    expect(kept.map(({ why, state }) => [why, state])).toEqual([['drill-too', 'to-read'], ['drill-too', 'to-read']]); // prettier-ignore
  }, 180_000);

  it('come to a desk of reality, for a person, once the drill has ended', async () => {
    await drill.end(lead);
    await comes(DRILLED, '刚看到，能来');
    const [newest] = (await waiting(lead)) as [ReplyDto]; // nobody is called now: it is for the top desk, as words of a number that nobody asked
    expect(newest).toMatchObject({ words: '刚看到，能来', why: 'drill-too', alertId: null, state: 'to-read' });
    expect(await world.faults()).toEqual([]);
  }, 180_000);

  it('act alone again for who is called in reality after that', async () => {
    world.app.clock.forward(60_000);
    const incident = await world.verified(county);
    const [sent] = (await world.send(county, incident.id, { units: [`${DRILLED}-A`] })).assignments as [AssignmentDto];
    await world.delivery.deliverDue();
    await comes(DRILLED, '能来，6人');
    expect((await world.assignments.assignment(county, sent.id)).status).toBe('accepted');
  }, 180_000);
});
