import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { OsrmRouter } from './osrm-router.js';
import type { Leg } from './router.js';

const LINHAI = { lon: 121.14, lat: 28.85 };
const leg = (lon: number): Leg => ({ from: { lon, lat: 28.7 }, to: LINHAI, straightM: 20_000 });

describe('a road router over HTTP', () => {
  let server: Server | undefined;
  afterEach(() => new Promise<void>((done) => (server ? server.close(() => done()) : done())));
  let asked = 0;
  async function serving(answer: (url: string) => object, status = 200): Promise<string> {
    asked = 0;
    server = createServer((request, response) => {
      asked += 1;
      response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
      response.end(JSON.stringify(answer(request.url!)));
    });
    await new Promise<void>((ready) => server!.listen(0, '127.0.0.1', ready));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  }

  it('asks one table, stretches by the speed class, and keeps the answers for ten minutes', async () => {
    let nowMs = 0;
    const urls: string[] = [];
    const url = await serving((path) => (urls.push(path), { code: 'Ok', durations: [[600], [null]] }));
    const router = new OsrmRouter(url, () => nowMs);
    const legs = [leg(121), leg(122)];
    expect(await router.travel(legs, 'plain')).toEqual({ minutes: [10, -1], source: 'osrm' });
    expect(await router.travel(legs, 'typhoon')).toEqual({ minutes: [24, -1], source: 'osrm' });
    expect(urls).toEqual(['/table/v1/driving/121.14,28.85;121,28.7;122,28.7?sources=1;2&destinations=0']);
    nowMs = 600_001;
    await router.travel(legs, 'plain');
    expect(asked).toBe(2);
  });

  it.each([
    ['refuses', () => ({ code: 'InvalidQuery' }), 400],
    ['answers nonsense', () => ({ code: 'Ok', durations: [[-5]] }), 200],
    ['answers too little', () => ({ code: 'Ok', durations: [] }), 200],
  ])('answers by the straight line when the router %s, and says so', async (_, answer, status) => {
    const router = new OsrmRouter(await serving(answer, status));
    expect(await router.travel([leg(121)], 'typhoon')).toEqual({
      minutes: [63],
      source: 'straight-line-router-silent',
    });
  });
});
