import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, get } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { countRequests, giveWay, requests } from './give-way.js';

describe('requests that threads give way to', () => {
  let server: Server;
  let during: number[] = [];
  beforeEach(async () => {
    during = [];
    server = createServer((_request, response) => {
      during.push(Atomics.load(requests, 0));
      response.end();
    });
    countRequests(server);
    await once(server.listen(0, '127.0.0.1'), 'listening');
  });
  afterEach(() => void server.close());

  const ask = async (path: string) => {
    const [answer] = await once(get({ port: (server.address() as AddressInfo).port, path, agent: false }), 'response');
    await once(answer.resume(), 'close');
  };

  it('are those being answered, in a drill too, and not a live line that waits', async () => {
    await ask('/api/v1/incidents');
    await ask('/drill/3/api/v1/incidents');
    await ask('/socket.io/?transport=polling');
    expect(during).toEqual([1, 1, 0]);
    expect(Atomics.load(requests, 0)).toBe(0);
  });
});

describe('giving way', () => {
  const oneRequest = () => new Int32Array(new SharedArrayBuffer(4)).fill(1);
  const spend = (ms: number) => {
    for (const until = performance.now() + ms; performance.now() < until;);
  };
  const standing = (standAside: () => void) => {
    const from = performance.now();
    standAside();
    return performance.now() - from;
  };

  it('stands still while a request is answered, and goes on by itself', () => {
    const standAside = giveWay(oneRequest());
    spend(50);
    expect(standing(standAside)).toBeGreaterThanOrEqual(19);
  });

  it('takes no more than half of the time of the thread', () => {
    const standAside = giveWay(oneRequest());
    const from = performance.now();
    let stood = 0;
    while (performance.now() - from < 200) {
      spend(1);
      stood += standing(standAside);
    }
    expect(stood).toBeGreaterThan(0);
    expect(stood / (performance.now() - from)).toBeLessThan(0.75); // half, and what a crowded machine adds by itself
  });

  it('waits for nobody where nobody is counted', () => {
    const standAside = giveWay(undefined);
    spend(5);
    expect(standing(standAside)).toBeLessThan(19);
  });
});
