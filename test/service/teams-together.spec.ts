import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { IncidentDto } from '../../src/incidents/index.js';
import type { TogetherDto } from '../../src/suggestions/together/together.dto.js';
import { TogetherService } from '../../src/suggestions/together/together.service.js';
import { startApp, type TestApp } from '../support/app.js';
import { dismiss, SuggestionDesk } from './suggestion-desk.js';

type SignedIn = Awaited<ReturnType<TestApp['as']>>;
const refused = (code: string) => expect.objectContaining({ code });
const water = (headcount: number) => ({ capabilities: [{ speciality: 'water', headcount, priority: 1 }] });

describe('teams of all incidents together', () => {
  let app: TestApp;
  let desk: SuggestionDesk;
  let city: SignedIn;
  let cityId: string;
  const made: IncidentDto[] = [];

  beforeAll(async () => {
    app = await startApp({ ROLE: 'web' });
    desk = new SuggestionDesk(app);
    city = await app.as('duty.331000');
    cityId = (await app.query<{ id: string }>(`select id from society where adcode = '331000'`))[0]!.id;
  }, 120_000);
  afterAll(() => app?.close());

  const plan = (actor = city, societyId = cityId) =>
    app.get(TogetherService).plan(actor, { societyId, exercise: false });
  const over = async (path: string, body: unknown, actor = city) => {
    const headers = { authorization: `Bearer ${actor.token}`, 'content-type': 'application/json' };
    const response = await fetch(`${app.url}/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    return { status: response.status, body: (await response.json()) as TogetherDto & { code?: string } };
  };
  const unitsOf = ({ incidents }: TogetherDto) => incidents.flatMap(({ lines }) => lines.map(({ unitId }) => unitId));

  it('has nothing to say while no open incident asks for people', async () => {
    const quiet = await plan();
    expect(quiet).toMatchObject({ status: 'proven', incidents: [], bared: [], plan: { people: 0, minutes: 0 } });
  });

  it('sends every unit once, misses no more than each incident alone, and writes nothing', async () => {
    made.push(await desk.flood(city, water(20)), await desk.flood(city, water(400)));
    const count = async () => (await app.query<{ n: number }>(`select count(*)::int as n from journal`))[0]!.n;
    const before = await count();
    const { status, body } = await over('/suggestions/teams-together', { societyId: cityId });
    expect([status, body.status]).toEqual([200, 'proven']);
    expect(await count()).toBe(before);
    expect(body.incidents.map(({ incidentId }) => incidentId).toSorted()).toEqual(made.map(({ id }) => id).toSorted());
    const units = unitsOf(body);
    expect(units.length).toBeGreaterThan(1);
    expect(new Set(units).size).toBe(units.length);
    expect(body.plan.missing).toBeLessThanOrEqual(body.alone.missing);
    expect([body.bound.missing, body.bound.cities]).toEqual([body.plan.missing, body.plan.cities]);
    for (const path of await desk.pathsOfUnits(units)) expect(['/330000/331000/'.startsWith(path), path.startsWith('/330000/331000/')]).toContain(true); // prettier-ignore
    const short = body.incidents.find(({ incidentId }) => incidentId === made[1]!.id)!;
    const sent = short.lines.reduce((sum, { headcount }) => sum + headcount, 0);
    expect(short.needs).toMatchObject([{ asked: 400, missing: 400 - sent, cause: { code: 'sent-elsewhere' } }]);
    expect((await plan()).hash).toBe(body.hash);
  }, 60_000);

  it('reckons arrivals as the proposal for one incident does', async () => {
    const together = await plan();
    const proposal = await desk.proposal(city, made[1]!.id);
    const alone = new Map(proposal.lines.flatMap((line) => (line.kind === 'team' ? [[line.unitId, line.etaMin]] : [])));
    const lines = together.incidents.find(({ incidentId }) => incidentId === made[1]!.id)!.lines;
    const both = lines.filter(({ unitId }) => alone.has(unitId));
    expect(both.length).toBeGreaterThan(0);
    for (const { unitId, etaMin } of both) expect(etaMin).toBe(alone.get(unitId));
  }, 120_000);

  it('does not count what was sent, nor the units on their way', async () => {
    const [line] = (await plan()).incidents.flatMap(({ incidentId, lines }) => lines.map((one) => ({ incidentId, ...one }))); // prettier-ignore
    const mission = { assignments: [{ teamUnitId: line!.unitId, headcount: line!.headcount }], supplies: [] };
    await desk.dispatch().dispatchMission(city, line!.incidentId, mission);
    expect(unitsOf(await plan())).not.toContain(line!.unitId);
  }, 60_000);

  it('is for who decides there, one question at a time and a few a minute', async () => {
    await expect(plan(await app.as('duty.331082'))).rejects.toEqual(refused('access.denied'));
    await expect(plan(city, '00000000-0000-4000-8000-000000000000')).rejects.toEqual(refused('society.not-found'));
    const province = await app.as('duty.330000');
    const twice = await Promise.allSettled([plan(province), plan(province)]);
    expect(twice.map((one) => (one.status === 'rejected' ? (one.reason as { code: string }).code : 'done')).toSorted()).toEqual(['done', 'teams-together.at-work']); // prettier-ignore
    const asked = await Promise.allSettled(Array.from({ length: 12 }, () => plan(province)));
    expect(asked.filter((one) => one.status === 'rejected' && (one.reason as { code: string }).code === 'rate.limited').length).toBeGreaterThan(0); // prettier-ignore
  }, 60_000);

  it.each([{}, { societyId: 'x' }, { societyId: null, exercise: 'yes' }])('refuses %j', async (body) => {
    const lead = await app.as('duty.331082');
    expect(await over('/suggestions/teams-together', body, lead)).toMatchObject({ status: 400, body: { code: 'request.invalid' } }); // prettier-ignore
  });

  it('is told of one incident only, when the other has ended', async () => {
    const other = await app.as('duty.330000');
    const open = await desk.incidents().incident(other, made[0]!.id);
    await dismiss(app, other, open);
    const lead = await app.as('duty.331000');
    expect((await plan(lead)).incidents.map(({ incidentId }) => incidentId)).toEqual([made[1]!.id]);
  }, 60_000);
});
