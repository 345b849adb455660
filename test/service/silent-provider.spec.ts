import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AlertChannel } from '../../src/alerts/channel.service.js';
import type { IncidentDto } from '../../src/incidents/index.js';
import { ANSWER_S, type Desk, MissionWorld } from './mission-world.js';

/** More teams than a worker has places for jobs. */
const CALLED = [
  'T-331082-SR-1-A', 'T-331082-WR-1-A', 'T-331082-SR-1-B', 'T-331082-WR-1-B', 'T-331081-WR-1-A', 'T-331000-RL-1-A', 'T-330100-MD-1-A',
]; // prettier-ignore

describe('a provider that takes messages and says nothing', () => {
  let world: MissionWorld;
  let county: Desk;
  let incident: IncidentDto;
  let hangUp = (): void => undefined;

  beforeAll(async () => {
    world = await MissionWorld.open({ ROLE: 'all' });
    county = await world.app.as('duty.331082');
    incident = await world.verified(county);
    const silence = new Promise<never>((_, reject) => (hangUp = () => reject(new Error('hung up'))));
    silence.catch(() => undefined);
    world.app.nest.get(AlertChannel).send = () => silence;
  }, 120_000);
  afterAll(async () => {
    hangUp();
    await world?.close();
  });

  const until = async (holds: () => Promise<boolean>) => {
    const limit = Date.now() + 15_000; // less than a door waits for a provider
    while (!(await holds())) {
      if (Date.now() > limit) throw new Error('it did not happen while the provider was silent');
      await sleep(50);
    }
  };
  const count = async (where: string) =>
    Number((await world.app.query<{ n: number }>(`select count(*)::int as n from alert a where a.incident_id = $1 and ${where}`, [incident.id]))[0]!.n); // prettier-ignore

  it('holds up no other alert, and not the clock that climbs them', async () => {
    await world.send(await world.app.as('duty.330000'), incident.id, { units: CALLED });
    const handed = (channel: string) => `exists (select 1 from alert_delivery d where d.alert_id = a.id and d.channel ${channel} and d.handed_at is not null)`; // prettier-ignore
    await until(async () => (await count(`${handed(`= 'in-app'`)} and ${handed(`= 'sms'`)}`)) === CALLED.length);
    world.app.clock.forward(ANSWER_S * 1000);
    await until(async () => (await count(`a.kind = 'deploy' and a.step = 2`)) === CALLED.length);
    expect(await world.faults()).toEqual([]);
  });
});
