import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AlertChannel, type OutgoingAlert } from '../../src/alerts/index.js';
import { MissionWorld } from './mission-world.js';

describe('alerts of an exercise', () => {
  let world: MissionWorld;
  beforeAll(async () => void (world = await MissionWorld.open()), 120_000);
  afterAll(() => world?.close());

  it('never has a drill to hand over', async () => {
    const county = await world.app.as('duty.331082');
    const sent: OutgoingAlert[] = [];
    world.app.nest.get(AlertChannel).send = async (message) => {
      sent.push(message);
      return 'handed';
    };
    const [real, drill] = [await world.verified(county), await world.verified(county, { exercise: true })];
    await world.send(county, real.id, { units: ['T-331082-SR-1-A'] });
    const played = (await world.send(county, drill.id, { units: ['T-331082-SR-1-B'] })).assignments[0]!;
    expect(await world.delivery.deliverDue()).toBe(4);
    await world.assignments.takeStep(county, played.id, 'withdraw', { reason: '演练结束' });
    expect(await world.delivery.deliverDue()).toBe(2);
    expect(sent.map((message) => message.exercise)).toEqual([false, false]);
    const drills = readFileSync(join(world.folder, 'outbox', 'drill.log'), 'utf8')
      .trim()
      .split('\n');
    expect(drills).toHaveLength(4);
    expect(drills.every((line) => line.includes('【演练】'))).toBe(true);
  });
});
