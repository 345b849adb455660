import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { Response } from 'express';
import { sendFile } from './download.js';

/** A server that answers with one file; answers its address. */
async function serverOf(file: () => Readable) {
  const sent: Promise<void>[] = [];
  const server = createServer((_, response) => void sent.push(sendFile(file(), response as Response))).listen(0);
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, done: () => Promise.all(sent), close: () => server.close() };
}

describe('a file that is sent while it is made', () => {
  afterEach(() => void jest.restoreAllMocks());
  const logged = () => jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);

  it('is cut off where it breaks, and the log says why', async () => {
    const errors = logged();
    const server = await serverOf(() =>
      Readable.from(
        (async function* () {
          yield 'the first line\n';
          throw new Error('the database went away');
        })(),
      ),
    );
    await expect(fetch(server.url).then((answer) => answer.text())).rejects.toThrow();
    await server.done();
    expect(errors.mock.calls.map(([said]) => String(said))).toEqual([
      expect.stringContaining('the database went away'),
    ]);
    server.close();
  });

  it('is no fault where its reader goes away half-way', async () => {
    const errors = logged();
    const server = await serverOf(() =>
      Readable.from(
        (async function* () {
          for (;;) yield 'x'.repeat(10_000);
        })(),
      ),
    );
    const gone = new AbortController();
    const answer = await fetch(server.url, { signal: gone.signal });
    await answer.body!.getReader().read();
    gone.abort();
    await server.done();
    expect(errors).not.toHaveBeenCalled();
    server.close();
  });
});
