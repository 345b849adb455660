import type { NestExpressApplication } from '@nestjs/platform-express';
import { createApp } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import { Database } from '../../src/database/index.js';
import type { IncidentDto } from '../../src/incidents/incidents.dto.js';
import type { SnapshotDto } from '../../src/live/live.dto.js';
import { Desk } from '../replay/desk.js';
import { record, type Recorded } from '../support/record.js';

export interface Plan {
  incidentId: string;
  body: object;
}

/** Verified incidents of their own and a different available unit and store for each mission, so that none waits for another's rows. */
export async function plans(desk: Desk, count: number): Promise<Plan[]> {
  const snapshot = await desk.get<SnapshotDto>('/live/snapshot');
  const units = snapshot.teamUnits.filter((unit) => unit.state === 'available');
  const levels = snapshot.stockLevels.filter((level) => level.availableUnits >= 50);
  const made: Plan[] = [];
  for (let n = 0; n < count; n++) {
    const incident = await desk.post<IncidentDto>('/incidents', {
      kind: 'flood',
      placeText: '示范',
      location: { lon: 121.14, lat: 28.86 },
    });
    await desk.post(`/incidents/${incident.id}/verify`, { version: incident.version });
    const level = levels[(n * 7) % levels.length]!;
    const supplies = [{ warehouseId: level.warehouseId, itemId: level.itemId, units: 1 }];
    made.push({
      incidentId: incident.id,
      body: { assignments: [{ teamUnitId: units[n]!.id }], supplies, overrideReason: 'bench' },
    });
  }
  return made;
}

/** Runs the missions in this process and keeps every statement of every transaction, the preparation first, each mission on its own. */
export async function recordMissions(env: Record<string, string>, count: number, name: string): Promise<Recorded[]> {
  const config = readConfig({
    ...env,
    PORT: '0',
    LOG_LEVEL: 'error',
    HOST: '127.0.0.1',
    DATA_DIR: `node_modules/.cache/chiyuan/${name}`,
  });
  const app: NestExpressApplication = await createApp(config);
  await app.listen(0, '127.0.0.1');
  const url = `http://127.0.0.1:${(app.getHttpServer().address() as { port: number }).port}`;
  const transactions = record(app.get(Database));
  const desk = new Desk(url, 'duty.330000', 'chiyuan-demo');
  const missions = await plans(desk, count);
  const prepared = transactions.splice(0);
  for (const { incidentId, body } of missions) await desk.post(`/incidents/${incidentId}/missions`, body);
  const recorded = transactions.filter((statements) =>
    statements.some(({ sql }) => sql.includes('insert into mission')),
  );
  await app.close();
  if (recorded.length !== count) throw new Error(`recorded ${recorded.length} of ${count} missions`);
  return [...prepared.filter((statements) => statements.length > 2), ...recorded];
}
