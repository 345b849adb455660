import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NotesService } from '../../src/incidents/notes/notes.service.js';
import { notesQuery, recordNote } from '../../src/incidents/notes/note.dto.js';
import { shanghaiDay } from '../../src/incidents/numbering.rules.js';
import { incidentsQuery, type IncidentDto, takeLead, timelineQuery } from '../../src/incidents/incidents.dto.js';
import { PastService } from '../../src/live/past.service.js';
import { SnapshotService } from '../../src/live/snapshot.service.js';
import { RecordService } from '../../src/record/record.service.js';
import { RecordSearchService } from '../../src/record/search.service.js';
import { linesQuery } from '../../src/record/record.dto.js';
import { ReportsService } from '../../src/reports/reports.service.js';
import { logQuery } from '../../src/reports/reports.dto.js';
import { TestConsole } from '../support/console.js';
import { type Desk, MissionWorld } from './mission-world.js';

const TEAM = 'T-331082-WR-1';
const NEIGHBOURS = 'T-331081-WR-1';
const STORE = 'WH-331082-1';
/** Who called, and with whom the desk spoke: what nobody below or beside may see. */
const SECRETS = ['王晓琴', '13800001234', '李守义', '0576-85110000'];
/** The desk of the place, which leads, and those above it. */
const WHOLE = ['duty.331082', 'duty.331000', 'duty.330000'];
const MASKED = [`leader.${TEAM}`, `leader.${NEIGHBOURS}`, `keeper.${STORE}`];

describe('who called (invariant 10)', () => {
  let world: MissionWorld;
  let incident: IncidentDto;
  const consoles = new Map<string, TestConsole>();
  const desk = (account: string): Promise<Desk> => world.app.as(account);

  beforeAll(async () => {
    world = await MissionWorld.open();
    for (const account of [...WHOLE, ...MASKED]) consoles.set(account, await TestConsole.open(world.app, account));
    const [county, city] = [await desk('duty.331082'), await desk('duty.331000')];
    incident = await world.verified(county, { reporter: { name: SECRETS[0], phone: SECRETS[1], source: 'public', reference: '110-4711' } }); // prettier-ignore
    await world.send(city, incident.id, { units: [`${TEAM}-A`, `${NEIGHBOURS}-A`], goods: [[STORE, 'BD03', 5]] });
    await world.app
      .get(NotesService)
      .recordNote(
        county,
        incident.id,
        recordNote.parse({ direction: 'in', person: SECRETS[2], phone: SECRETS[3], words: '东门要两条船' }),
      );
    await world.app.settled();
  }, 120_000);
  afterAll(async () => {
    consoles.forEach((console_) => console_.close());
    await world?.close();
  });

  /** Everything that one account can find about it, by every way there is, as text. */
  async function found(account: string): Promise<Record<string, string>> {
    const actor = await desk(account);
    const { app } = world;
    const [{ seq }] = (await app.query<{ seq: number }>('select seq from journal_head')) as [{ seq: number }];
    const page = { limit: 200 };
    const { societyId } = actor.grants[0]!;
    const today = shanghaiDay(app.clock.now());
    const log = logQuery.parse({ societyId, from: today, to: today });
    const ways: Record<string, () => Promise<unknown>> = {
      incident: () => world.incidents.incident(actor, incident.id),
      list: () => world.incidents.incidents(actor, incidentsQuery.parse(page)),
      timeline: () => world.incidents.timeline(actor, incident.id, timelineQuery.parse(page)),
      picture: () => app.get(SnapshotService).snapshot(actor),
      told: async () => consoles.get(account)!.changes,
      record: () => app.get(RecordService).changes(actor, Math.max(0, seq - 500), 500),
      search: () => app.get(RecordSearchService).lines(actor, linesQuery.parse({ ...page, incidentId: incident.id })),
      past: () => app.get(PastService).board(actor, { seq }),
      calls: () => app.get(NotesService).notes(actor, incident.id, notesQuery.parse({})),
      report: () => app.get(ReportsService).dutyLog(actor, log),
    };
    const said: Record<string, string> = {};
    for (const [way, ask] of Object.entries(ways))
      said[way] = await ask().then(JSON.stringify, (error: { code?: string }) => {
        if (error.code !== 'access.denied') throw error;
        return error.code;
      });
    return said;
  }
  const seen = async (account: string) =>
    Object.entries(await found(account)).flatMap(([way, text]) =>
      SECRETS.filter((secret) => text.includes(secret)).map((secret) => `${way}: ${secret}`),
    );

  it.each(MASKED)('is not for %s by any way, who still sees the incident and its source', async (account) => {
    const ways = await found(account);
    expect(await seen(account)).toEqual([]);
    for (const way of ['incident', 'list', 'timeline', 'picture', 'told', 'past'])
      expect(ways[way]).toContain('110-4711');
    expect(ways.incident).toContain('"hidden":true');
    await consoles.get(account)!.agrees();
  });

  it.each(WHOLE)('is for %s by every way', async (account) => {
    const ways = await found(account);
    for (const way of ['incident', 'list', 'timeline', 'picture', 'told', 'search', 'past', 'calls'])
      expect([way, ways[way]!.includes(SECRETS[1]!)]).toEqual([way, true]);
    expect(ways.calls).toContain(SECRETS[2]);
    expect(ways.incident).not.toContain('"hidden"');
    await consoles.get(account)!.agrees();
  });

  it('is not for a desk from elsewhere that led before; it reads what was said, not by whom', async () => {
    const [first, city] = [await desk('duty.330100'), await desk('duty.331000')];
    const handed = await world.verified(first, { reporter: { name: SECRETS[0], phone: SECRETS[1] } });
    expect(handed.leadSocietyId).toBe(first.grants[0]!.societyId);
    const said = { direction: 'in', person: SECRETS[2], phone: SECRETS[3], words: '东门要两条船' };
    await world.app.get(NotesService).recordNote(first, handed.id, recordNote.parse(said));
    const input = takeLead.parse({ societyId: city.grants[0]!.societyId, version: handed.version, reason: '属地牵头' });
    await world.incidents.takeLead(city, handed.id, input);
    expect((await world.incidents.incident(first, handed.id)).reporter).toEqual({ source: 'public', hidden: true });
    const calls = JSON.stringify(await world.app.get(NotesService).notes(first, handed.id, notesQuery.parse({})));
    expect(calls).toContain('东门要两条船');
    expect(SECRETS.filter((secret) => calls.includes(secret))).toEqual([]);
  });

  it('is in no message that leaves the house', async () => {
    await world.delivery.deliverDue();
    const texts = world.outbox().map(({ text }) => text);
    expect(texts.some((text) => text.includes('临海古城'))).toBe(true);
    expect(SECRETS.filter((secret) => texts.some((text) => text.includes(secret)))).toEqual([]);
  });

  it('is for the society that leads from now on, and stays for the one of the place', async () => {
    const [city, hangzhou] = [await desk('duty.331000'), await desk('duty.330100')];
    const now = await world.incidents.incident(city, incident.id);
    const input = takeLead.parse({ societyId: city.grants[0]!.societyId, version: now.version, reason: '升级' });
    const led = await world.incidents.takeLead(city, incident.id, input);
    expect(led.reporter).toMatchObject({ name: SECRETS[0], phone: SECRETS[1] });
    const { reporter } = await world.incidents.incident(await desk('duty.331082'), incident.id);
    expect(reporter).toMatchObject({ name: SECRETS[0] });
    await expect(world.incidents.incident(hangzhou, incident.id)).rejects.toMatchObject({ code: 'incident.not-found' });
    await world.app.settled();
    expect(await seen(`leader.${TEAM}`)).toEqual([]);
  });
});
