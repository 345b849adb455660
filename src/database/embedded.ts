import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve as resolvePath } from 'node:path';
import { Worker } from 'node:worker_threads';
import { slimPostgis } from './postgis-bundle.mjs';

export interface EmbeddedServer {
  url: string;
  close(): Promise<void>;
}

/** Bumped when PGlite or PostGIS change, so that an old prepared directory is not taken for a new one. */
const POSTGIS = '0.2.8';
const PREPARED = `pglite-0.5.8-postgis-${POSTGIS}`;

/**
 * Starts the embedded PostgreSQL on `dataDir/pg` and a free loopback port. A new directory is copied from one prepared once per
 * checkout (creating PostGIS takes about ten seconds, a copy well under one). One process at a time owns a directory.
 */
export async function startEmbedded(
  dataDir: string,
  cacheDir = 'node_modules/.cache/chiyuan',
): Promise<EmbeddedServer> {
  mkdirSync(dataDir, { recursive: true });
  mkdirSync(cacheDir, { recursive: true });
  const postgis = slimPostgis(cacheDir, POSTGIS);
  const unlock = lock(join(dataDir, 'server.pid'));
  const target = join(dataDir, 'pg');
  try {
    if (!existsSync(join(target, 'PG_VERSION'))) {
      rmSync(target, { recursive: true, force: true });
      const prepared = join(cacheDir, PREPARED);
      if (!existsSync(prepared)) await prepare(prepared, postgis);
      cpSync(prepared, `${target}.copying`, { recursive: true });
      renameSync(`${target}.copying`, target);
    }
    const server = await launch(target, postgis);
    return { url: server.url, close: () => server.close().finally(unlock) };
  } catch (error) {
    unlock();
    throw error;
  }
}

async function prepare(directory: string, postgis: string): Promise<void> {
  const building = `${directory}.${process.pid}`;
  rmSync(building, { recursive: true, force: true });
  mkdirSync(building, { recursive: true });
  const server = await launch(building, postgis);
  await server.close();
  if (existsSync(directory)) rmSync(building, { recursive: true, force: true });
  else renameSync(building, directory);
}

const warm = new Map<string, Promise<EmbeddedServer>>();

/** Begins to open the database of a directory, so that the program can load its code meanwhile. */
export function warmEmbedded(dataDir: string): void {
  const opening = startEmbedded(dataDir);
  opening.catch(() => undefined); // told to whoever asks for it
  warm.set(dataDir, opening);
}

/** The database that was begun for a directory, or a new one. */
export function openEmbedded(dataDir: string): Promise<EmbeddedServer> {
  const opening = warm.get(dataDir) ?? startEmbedded(dataDir);
  warm.delete(dataDir);
  return opening;
}

function launch(dataDir: string, postgis: string): Promise<EmbeddedServer> {
  const worker = new Worker(new URL('./embedded.worker.mjs', import.meta.url), {
    workerData: { dataDir, port: 0, postgis: resolvePath(postgis) },
  });
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', ({ port }: { port: number }) => {
      worker.removeListener('error', reject);
      worker.on('error', (error) => {
        console.error('the embedded database stopped', error);
        process.exit(1);
      });
      resolve({
        url: `postgres://postgres@127.0.0.1:${port}/postgres`,
        close: () =>
          new Promise<void>((done) => {
            worker.once('exit', () => done());
            worker.postMessage('close');
          }),
      });
    });
  });
}

/** Refuses a directory that a living process has open; a file left by a killed one is taken over. */
function lock(file: string): () => void {
  const owner = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  if (owner && owner !== process.pid && isAlive(owner))
    throw new Error(`${file}: process ${owner} is using this data directory`);
  writeFileSync(file, String(process.pid));
  return () => rmSync(file, { force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
