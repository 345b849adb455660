import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openApi } from '../../src/app.js';
import { startApp, type TestApp } from '../support/app.js';

const FILE = 'web/openapi.json';

describe('the OpenAPI document', () => {
  let app: TestApp;
  beforeAll(async () => void (app = await startApp()), 120_000);
  afterAll(() => app?.close());

  it('is committed as it is (UPDATE_OPENAPI=1 writes it)', () => {
    const text = `${JSON.stringify(openApi(app.nest), null, 1)}\n`;
    if (process.env.UPDATE_OPENAPI) writeFileSync(FILE, text);
    expect(JSON.parse(readFileSync(FILE, 'utf8'))).toEqual(JSON.parse(text));
  });

  it('is served', async () => {
    const served = (await (await fetch(`${app.url}/api/openapi.json`)).json()) as { paths: object };
    expect(Object.keys(served.paths).length).toBeGreaterThan(50);
  });

  it('has the paths of the contract', () => {
    const { paths } = openApi(app.nest);
    const wanted = [
      'POST /sessions', 'GET /me', 'DELETE /sessions/current', 'GET /users', 'POST /users', 'POST /users/{id}/roles', 'GET /societies',
      'POST /incidents', 'GET /incidents', 'GET /incidents/{id}', 'POST /incidents/{id}/verify', 'POST /incidents/{id}/merge',
      'POST /incidents/{id}/dismiss', 'POST /incidents/{id}/stabilise', 'POST /incidents/{id}/close', 'POST /incidents/{id}/reopen',
      'PUT /incidents/{id}/needs', 'POST /incidents/{id}/needs/estimate', 'POST /incidents/{id}/situation-reports',
      'GET /incidents/{id}/timeline', 'GET /teams', 'POST /teams', 'PATCH /teams/{id}', 'POST /teams/{id}/units', 'GET /teams/{id}/members',
      'GET /teams/{id}/equipment', 'GET /teams/{id}/readiness', 'POST /teams/{id}/stand-by', 'POST /teams/{id}/stand-down',
      'POST /team-units/{id}/position', 'POST /incidents/{id}/missions', 'GET /missions/{id}', 'POST /assignments/{id}/{step}',
      'POST /supply-orders/{id}/approve', 'POST /supply-orders/{id}/receive', 'GET /alerts',
      'POST /alerts/{id}/answers', 'GET /incidents/{id}/alert-funnel', 'GET /stock/levels', 'GET /stock/network', 'GET /stock/movements',
      'GET /stock/as-of', 'POST /stock/receipts', 'GET /items', 'POST /items', 'GET /warehouses', 'POST /warehouses', 'GET /lots',
      'GET /warehouses/{id}/bins', 'POST /incidents/{id}/suggestions', 'GET /suggestions/{id}', 'POST /suggestions/{id}/accept',
      'POST /suggestions/{id}/reject', 'GET /live/snapshot', 'GET /journal', 'GET /journal/proof',
    ]; // prettier-ignore
    const missing = wanted.filter((route) => {
      const [method, path] = route.split(' ') as [string, string];
      return !(paths[`/api/v1${path}`] as Record<string, unknown> | undefined)?.[method.toLowerCase()];
    });
    expect(missing).toEqual([]);
  });
});
