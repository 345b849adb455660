import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccessService } from '../../src/access/index.js';
import {
  LAYER_LIMITS,
  type LayerShapesDto,
  type MapLayerDto,
  type PreviewDto,
} from '../../src/map-layers/map-layers.dto.js';
import { startApp, type TestApp } from '../support/app.js';
import { expectConsoleAgrees } from '../support/console.js';

const BOX = [[[120.9, 28.7], [121.4, 28.7], [121.4, 29.1], [120.9, 29.1], [120.9, 28.7]]]; // prettier-ignore
const DISTRICT = { type: 'FeatureCollection', features: [{ type: 'Feature', properties: { name: '示范片区' }, geometry: { type: 'Polygon', coordinates: BOX } }] }; // prettier-ignore

describe('the map layers of a society', () => {
  let app: TestApp;
  const ids: Record<string, string> = {};
  const tokens: Record<string, string> = {};

  beforeAll(async () => {
    app = await startApp();
    const rows = await app.query<{ id: string; adcode: string }>(`select id, adcode from society`);
    for (const { id, adcode } of rows) ids[adcode] = id;
    const admin = await app.as('admin.330000');
    const access = app.get(AccessService);
    const societyId = ids['331000']!;
    const user = await access.createUser(admin, { account: 'admin.331000', name: '示范管理员', societyId, password: 'chiyuan-demo' }); // prettier-ignore
    await access.grantRole(admin, user.id, { role: 'administrator', societyId });
    for (const account of ['admin.330000', 'admin.331000', 'duty.331082', 'duty.330100', 'duty.331000'])
      tokens[account] = (await app.as(account)).token;
  }, 120_000);
  afterAll(() => app?.close());

  const ask = async <T>(account: string, method: string, path: string, body?: string | object) => {
    const file = typeof body === 'string';
    const answer = await fetch(`${app.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${tokens[account]}`, 'content-type': file ? 'application/geo+json' : 'application/json' }, // prettier-ignore
      ...(body === undefined ? {} : { body: file ? body : JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as T & { code?: string } };
  };
  const how = (more: Record<string, string> = {}) =>
    new URLSearchParams({ societyId: ids['331000']!, datum: 'GCJ02', toleranceM: '10', ...more }).toString();
  const named = (more: Record<string, string> = {}) =>
    how({ name: '示范图层', provider: '示范测绘院', validFrom: '2026-01-01', fileName: 'a.geojson', ...more });
  const add = (account: string, query: string, file: unknown = DISTRICT) =>
    ask<MapLayerDto>(account, 'POST', `/map-layers?${query}`, JSON.stringify(file));

  it('are seen before they are kept, and kept as they were seen', async () => {
    const seen = await ask<PreviewDto>(
      'admin.331000',
      'POST',
      `/map-layers/preview?${how()}`,
      JSON.stringify(DISTRICT),
    );
    expect(seen.status).toBe(200);
    expect(seen.body).toMatchObject({ features: 1, sourceVertices: 5, vertices: 5, droppedRings: 0 });
    expect(await app.query(`select id from map_layer`)).toEqual([]);
    const accounts = ['duty.331082', 'duty.330000', 'duty.330100'];
    const approvalNo = 'GS(2024)0650号';
    const kept = await expectConsoleAgrees(app, accounts, () => add('admin.331000', named({ approvalNo })));
    expect(kept.status).toBe(201);
    expect(kept.body).toMatchObject({ approvalNo, datum: 'GCJ02', shown: true, addedBy: '示范管理员', version: 1 });
    const shapes = await ask<LayerShapesDto>('duty.331082', 'GET', `/map-layers/${kept.body.id}/shapes`);
    expect(shapes.body).toEqual(seen.body.shapes);
  });

  it('are told to nobody without a session, and to no other society', async () => {
    const { body } = await add('admin.331000', named());
    expect(body.approvalNo).toBeNull();
    expect((await fetch(`${app.url}/api/v1/map-layers/${body.id}/shapes`)).status).toBe(401);
    const foreign = await ask('duty.330100', 'GET', `/map-layers/${body.id}/shapes`);
    expect(foreign).toMatchObject({ status: 404, body: { code: 'map-layer.not-found' } });
    const list = await ask('duty.330100', 'GET', `/map-layers?societyId=${ids['331000']}`);
    expect(list).toMatchObject({ status: 404, body: { code: 'society.not-found' } });
    expect(await add('admin.331000', named({ societyId: ids['330100']! }))).toMatchObject({ status: 404 });
    expect(await add('admin.331000', named({ societyId: ids['330000']! }))).toMatchObject({ status: 403 });
    expect(await add('duty.331000', named())).toMatchObject({ status: 403 });
  });

  it('come once, whoever sends them twice', async () => {
    const id = randomUUID();
    const first = await add('admin.331000', named({ id }));
    expect((await add('admin.331000', named({ id }))).body).toEqual(first.body);
    const other = { ...DISTRICT, features: [] as unknown[], more: 1 };
    expect((await add('admin.331000', named({ id }), { ...other, features: DISTRICT.features })).body.code).toBe('map-layer.exists'); // prettier-ignore
  });

  it('are switched for everybody and removed with a reason', async () => {
    const { id } = (await add('admin.331000', named())).body;
    const path = `/map-layers/${id}`;
    const acts = () => ask<MapLayerDto>('admin.331000', 'POST', `${path}/switch`, { version: 1, shown: false });
    expect((await expectConsoleAgrees(app, ['duty.331082'], acts)).body).toMatchObject({ shown: false, version: 2 });
    expect(await acts()).toMatchObject({ status: 409, body: { code: 'map-layer.stale' } });
    const foreign = await ask('duty.330100', 'POST', `${path}/remove`, { version: 2, reason: '试' });
    expect(foreign.status).toBe(403); // not an administrator at all
    expect((await ask('admin.331000', 'POST', `${path}/remove`, { version: 2, reason: '' })).status).toBe(400);
    const remove = () => ask<MapLayerDto>('admin.331000', 'POST', `${path}/remove`, { version: 2, reason: '已有新版' });
    expect((await expectConsoleAgrees(app, ['duty.331082'], remove)).body).toMatchObject({
      shown: false,
      reason: '已有新版',
    });
    expect((await ask('duty.331082', 'GET', `${path}/shapes`)).status).toBe(404);
    expect((await ask('admin.331000', 'POST', `${path}/switch`, { version: 3, shown: true })).status).toBe(404);
    const gone = await ask<{ items: MapLayerDto[] }>('duty.331000', 'GET', `/map-layers?societyId=${ids['331000']}&removed=true`); // prettier-ignore
    expect(gone.body.items).toEqual([expect.objectContaining({ id, reason: '已有新版', removedBy: '示范管理员' })]);
  });

  it('are refused with the place in the file, and never with a fault of ours', async () => {
    const hostile: [string, string][] = [
      ['['.repeat(100_000), 'map-layer.nested-too-deep'],
      ['{"type":"Point","coordinates":[NaN,1]}', 'map-layer.unreadable'],
      [`{"type":"LineString","coordinates":[${'[1,2],'.repeat(999_999)}[1,2]]}`, 'map-layer.too-many-vertices'],
      ['{"type":"Point","coordinates":[13375000,3540000]}', 'map-layer.out-of-range'],
      ['{"type":"__proto__","__proto__":{"type":"Point","coordinates":[1,1]}}', 'map-layer.not-geo'],
      ['PK\u0003\u0004', 'map-layer.shapefile'],
    ];
    for (const [file, code] of hostile)
      expect(await ask('admin.331000', 'POST', `/map-layers/preview?${how()}`, file)).toMatchObject({ status: 422, body: { code } }); // prettier-ignore
    const large = await ask('admin.331000', 'POST', `/map-layers/preview?${how()}`, ' '.repeat(LAYER_LIMITS.bytes + 1));
    expect(large).toMatchObject({ status: 413, body: { code: 'upload.too-large' } });
    const faulty: Record<string, string>[] = [{ datum: 'MERCATOR' }, { toleranceM: '-1' }, { approvalNo: 'drop table' }, { validFrom: 'soon' }]; // prettier-ignore
    for (const bad of faulty) expect((await add('admin.331000', named(bad))).status).toBe(400);
    expect((await add('admin.331000', named({ validUntil: '2025-12-31' }))).body.code).toBe('map-layer.validity');
  }, 60_000);
});
