// Runs PGlite with PostGIS in a thread of its own, behind a loopback socket, so that SQL never blocks the HTTP loop.
// Plain JavaScript because a worker thread is started from a file, under the test runner as well as from dist/.
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { postgis } from '@electric-sql/pglite-postgis';
import { serve } from './embedded-socket.mjs';

const slim = {
  ...postgis,
  setup: async (instance, options) => ({
    ...(await postgis.setup(instance, options)),
    bundlePath: pathToFileURL(workerData.postgis),
  }),
};
const pglite = await PGlite.create({ dataDir: workerData.dataDir, extensions: { postgis: slim } });
// One session serves every connection, so its settings are made once, here; only a drill's connections look elsewhere.
const PATH = 'chiyuan, bullmq, public';
await pglite.exec(`create extension if not exists postgis; create schema if not exists chiyuan; create schema if not exists bullmq;
  set search_path = ${PATH}`);
const server = await serve(pglite, workerData.port, PATH);
parentPort.postMessage({ port: server.port });

parentPort.on('message', async () => {
  await server.close();
  await pglite.close();
  parentPort.postMessage({ closed: true });
  parentPort.close();
});
