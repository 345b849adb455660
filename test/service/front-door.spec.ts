import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { frontDoor } from '../../src/front-door.js';

describe('the front door while it looks which world a line is for', () => {
  const [real, drill] = [createServer((_, response) => response.end('real')), createServer()];
  const handed: string[] = [];
  let open: () => void;
  beforeAll(async () => {
    for (const server of [real, drill]) server.on('upgrade', ({ url }) => handed.push(url!));
    frontDoor(real, () => new Promise((resolve) => (open = () => resolve({ server: drill }))));
    await once(real.listen(0, '127.0.0.1'), 'listening');
  });
  afterAll(() => void real.close());

  it('outlives a caller who hangs up hard', async () => {
    const seen = new Promise<IncomingMessage>((resolve) => real.prependListener('upgrade', resolve));
    const { port } = real.address() as AddressInfo;
    const caller = connect(port, '127.0.0.1');
    await once(caller, 'connect');
    caller.write('GET /drill/1/socket.io/ HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    const { socket } = await seen;
    const closed = new Promise((resolve) => socket.once('close', resolve));
    caller.resetAndDestroy();
    await closed;
    open();
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('real');
    expect(handed).toEqual([]);
  });
});
