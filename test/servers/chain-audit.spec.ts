import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inTransaction } from '../../src/database/index.js';
import { ChainAuditService } from '../../src/dispatch/index.js';
import { MissionWorld } from '../service/mission-world.js';

/** Real concurrency: the embedded database runs one transaction after another, so nothing can be held there while others look. */
describe('the auditor of the alert chain beside a chain that hangs', () => {
  let world: MissionWorld;
  beforeAll(async () => void (world = await MissionWorld.open()), 120_000);
  afterAll(() => world?.close());

  it('sees and says it while somebody holds every row that the chain needs', async () => {
    const county = await world.app.as('duty.331082');
    const incident = await world.verified(county);
    const [assignment] = (await world.send(county, incident.id, { units: ['T-331082-SR-1-A'] })).assignments;
    world.app.clock.forward(400_000);
    const looked = await inTransaction(world.app.db, async (hanging) => {
      for (const table of ['incident', 'team', 'team_unit', 'assignment', 'alert', 'alert_delivery'])
        await hanging.query(`select id from ${table} for update`);
      expect(await world.escalation.moveOnOverdueAlerts()).toBe(0); // waits for its locks in vain
      return world.app.get(ChainAuditService).audit();
    });
    const found = looked!.begun.filter((fault) => fault.assignmentId === assignment!.id);
    expect(found.map((fault) => fault.kind).sort()).toEqual(['delivery-late', 'step-late']);
  }, 60_000);
});
