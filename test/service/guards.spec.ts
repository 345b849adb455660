import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AlertDto } from '../../src/alerts/alerts.dto.js';
import type { IncidentDto } from '../../src/incidents/index.js';
import { markOf, withBrokenStatement } from '../support/broken-lookups.js';
import { type Desk, MissionWorld } from './mission-world.js';

const TEAM = 'T-331082-SR-1';

/** Invariants 4 and 12: failure of a guard's look-up refuses the action, never allows it silently. */
describe('a guard whose look-up fails', () => {
  let world: MissionWorld;
  let county: Desk;
  let leader: Desk;
  let incident: IncidentDto;
  beforeAll(async () => {
    world = await MissionWorld.open();
    [county, leader] = (await Promise.all(['duty.331082', `leader.${TEAM}`].map((account) => world.app.as(account)))) as [Desk, Desk]; // prettier-ignore
    incident = await world.verified(county);
  }, 120_000);
  afterAll(() => world?.close());

  /** Lets each statement of a command fail in turn, the command refused and nothing written each time; then it succeeds. */
  async function refusesAtEach<T>(command: () => Promise<T>): Promise<{ statements: string[]; done: T }> {
    const before = await markOf(world.app);
    const statements: string[] = [];
    for (let nth = 1; ; nth++) {
      let done: T | undefined;
      const { broken, refused } = await withBrokenStatement(world.app, nth, async () => void (done = await command()));
      if (broken === null) {
        expect(refused).toBeNull();
        return { statements, done: done! };
      }
      statements.push(broken);
      expect({ broken, refused }).toEqual({ broken, refused: expect.anything() });
      expect({ broken, written: await markOf(world.app) }).toEqual({ broken, written: before });
    }
  }
  const asked = (statements: string[], what: RegExp) => statements.some((sql) => what.test(sql));

  it('sends no team and no goods', async () => {
    const what = { units: [`${TEAM}-A`], goods: [['WH-331082-1', 'BD03', 1]] as [string, string, number][] };
    const { statements, done } = await refusesAtEach(() => world.send(county, incident.id, what));
    for (const look of [/from incident/, /from team_unit/, /from stock_cell/, /from role_grant|join role_grant/])
      expect(asked(statements, look)).toBe(true);
    expect(done.assignments[0]).toMatchObject({ status: 'alerted' });
  }, 300_000);

  it('takes no answer', async () => {
    const [alert] = await world.app.query<AlertDto>(`select id from alert where incident_id = $1`, [incident.id]);
    const { statements, done } = await refusesAtEach(() => world.answers.answer(leader, alert!.id, { answer: 'accept' })); // prettier-ignore
    expect(asked(statements, /from assignment .*for update/s)).toBe(true);
    expect(done).toMatchObject({ doneReason: 'answered' });
  }, 300_000);

  it('calls no team back', async () => {
    const [held] = await world.app.query<{ id: string }>(`select id from assignment where incident_id = $1`, [incident.id]); // prettier-ignore
    const { done } = await refusesAtEach(() => world.assignments.takeStep(county, held!.id, 'withdraw', { reason: '另派' })); // prettier-ignore
    expect(done).toMatchObject({ status: 'withdrawn' });
  }, 300_000);

  it('hands no message over', async () => {
    await world.send(county, incident.id, { units: [`${TEAM}-A`] });
    const { statements } = await refusesAtEach(() => world.delivery.claim());
    expect(asked(statements, /from alert where done_reason is null/)).toBe(true);
  }, 300_000);
});
