// Starts a throw-away PostgreSQL and Redis on loopback from the machine's own packages, for tests and benchmarks. No service is touched.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const isRoot = process.getuid?.() === 0;

function pgBin() {
  const base = '/usr/lib/postgresql';
  if (!existsSync(base)) return null;
  const version = readdirSync(base)
    .map(Number)
    .sort((a, b) => b - a)[0];
  return version >= 15 && existsSync(join(base, String(version), 'bin', 'initdb'))
    ? join(base, String(version), 'bin')
    : null;
}

export async function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

async function reachable(port, seconds) {
  for (const end = Date.now() + seconds * 1000; Date.now() < end;) {
    const open = await new Promise((resolve) => {
      const socket = createConnection({ port, host: '127.0.0.1' }, () => resolve(true)).on('error', () =>
        resolve(false),
      );
      socket.on('connect', () => socket.end());
    });
    if (open) return;
    await new Promise((wake) => setTimeout(wake, 100));
  }
  throw new Error(`nothing listens on port ${port}`);
}

/** An open port is not yet a database that takes connections. */
async function answers(isReady, port, seconds) {
  for (const end = Date.now() + seconds * 1000; Date.now() < end;) {
    if (spawnSync(isReady, ['-q', '-h', '127.0.0.1', '-p', String(port)]).status === 0) return;
    await new Promise((wake) => setTimeout(wake, 100));
  }
  throw new Error(`the database on port ${port} takes no connections`);
}

/**
 * { url, socketUrl, stop, halt, start } of a new cluster, or null when PostgreSQL 15+ with PostGIS is not installed. `durable` keeps fsync on;
 * what was halted ('INT' politely, 'QUIT' at once) can be started again.
 */
export async function startPostgres({ durable = false } = {}) {
  const bin = pgBin();
  if (!bin) return null;
  const share =
    spawnSync(join(bin, 'pg_config'), ['--sharedir']).stdout?.toString().trim() ||
    bin.replace('lib', 'share').replace('/bin', '');
  if (!existsSync(join(share, 'extension', 'postgis.control'))) return null;
  const home = mkdtempSync(join(tmpdir(), 'chiyuan-pg-'));
  const asOwner = (command, args) =>
    isRoot ? ['runuser', ['-u', 'postgres', '--', command, ...args]] : [command, args];
  if (isRoot) {
    const [uid, gid] = ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, 'postgres'])));
    chownSync(home, uid, gid);
    chmodSync(home, 0o700);
  }
  const data = join(home, 'data');
  const [initdb, initArgs] = asOwner(join(bin, 'initdb'), [
    '-D',
    data,
    '-A',
    'trust',
    '-U',
    'postgres',
    '-E',
    'UTF8',
    '--no-sync',
  ]);
  execFileSync(initdb, initArgs, { stdio: 'ignore', cwd: home });
  const port = await freePort();
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: home,
    max_connections: 300,
    shared_buffers: '256MB',
  };
  if (!durable) Object.assign(settings, { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' });
  const args = ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  const [postgres, postgresArgs] = asOwner(join(bin, 'postgres'), args);
  let gone;
  const start = async () => {
    const child = spawn(postgres, postgresArgs, { stdio: 'ignore', cwd: home });
    gone = new Promise((resolve) => child.once('exit', resolve));
    await reachable(port, 30);
    await answers(join(bin, 'pg_isready'), port, 30);
  };
  await start();
  const halt = async (signal) => {
    const [ctl, ctlArgs] = asOwner(join(bin, 'pg_ctl'), [
      '-D',
      data,
      '-m',
      signal === 'INT' ? 'fast' : 'immediate',
      'stop',
    ]);
    spawnSync(ctl, ctlArgs, { stdio: 'ignore', cwd: home });
    await gone;
  };
  const stop = async (signal = 'INT') => {
    await halt(signal);
    rmSync(home, { recursive: true, force: true });
  };
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  return { url, socketUrl: `${url}?host=${encodeURIComponent(home)}`, stop, halt, start };
}

/** { url, stop } of a new Redis, or null when it is not installed. */
export async function startRedis() {
  if (!existsSync('/usr/bin/redis-server')) return null;
  const port = await freePort();
  const child = spawn(
    '/usr/bin/redis-server',
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
    {
      stdio: 'ignore',
      cwd: tmpdir(),
    },
  );
  const gone = new Promise((resolve) => child.once('exit', resolve));
  await reachable(port, 15);
  return {
    url: `redis://127.0.0.1:${port}`,
    stop: async () => {
      child.kill('SIGTERM');
      await gone;
    },
  };
}
