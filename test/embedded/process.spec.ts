import { fork, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';

const PASSWORD = 'chiyuan-demo';
const home = mkdtempSync(join(tmpdir(), 'chiyuan-process-'));

const running = new Set<ChildProcess>();

interface Running {
  url: string;
  child: ChildProcess;
  gone: Promise<{ code: number | null; signal: string | null }>;
}

/** The built program as `npm start` runs it, on the embedded database in `home`. */
async function start(settings: Record<string, string> = {}): Promise<Running> {
  const env = {
    ...process.env,
    ...settings,
    NODE_ENV: 'development',
    DATA_DIR: home,
    PORT: '0',
    LOG_LEVEL: 'error',
    NODE_OPTIONS: '',
  };
  const child = fork('dist/main.js', [], { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  running.add(child);
  const gone = new Promise<{ code: number | null; signal: string | null }>((resolve) =>
    child.once('exit', (code, signal) => resolve({ code, signal })),
  );
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message: { port: number }) => resolve(message.port));
    void gone.then(({ code }) => reject(new Error(`stopped with ${code}`)));
  });
  return { url: `http://127.0.0.1:${port}`, child, gone };
}

async function call<T>(url: string, path: string, token?: string, body?: object): Promise<T> {
  const response = await fetch(`${url}/api/v1${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

const signIn = async (url: string): Promise<string> =>
  (await call<{ token: string }>(url, '/sessions', undefined, { account: 'duty.331000', password: PASSWORD })).token;
const report = { kind: 'flood', placeText: '示范', location: { lon: 121.14, lat: 28.86 } };

describe('the program on the embedded database', () => {
  afterAll(() => {
    for (const child of running) child.kill('SIGKILL');
    rmSync(home, { recursive: true, force: true });
  });

  it('loads the demo once, keeps what was answered over SIGTERM and over kill -9, and closes cleanly', async () => {
    const first = await start();
    const token = await signIn(first.url);
    const before = await call<{ incidents: unknown[]; teams: unknown[] }>(first.url, '/live/snapshot', token);
    expect(before.incidents.length).toBeGreaterThan(2);
    const politely = await call<{ id: string }>(first.url, '/incidents', token, report);
    first.child.kill('SIGTERM');
    expect(await first.gone).toEqual({ code: null, signal: 'SIGTERM' }); // the framework ends itself by the signal once all is closed
    expect(existsSync(join(home, 'server.pid'))).toBe(false);

    const second = await start();
    expect((await call<{ id: string }>(second.url, `/incidents/${politely.id}`, token)).id).toBe(politely.id);
    const suddenly = await call<{ id: string }>(second.url, '/incidents', token, report);
    second.child.kill('SIGKILL');
    await second.gone;

    const third = await start();
    expect((await call<{ id: string }>(third.url, `/incidents/${suddenly.id}`, token)).id).toBe(suddenly.id);
    const after = await call<{ incidents: unknown[]; teams: unknown[] }>(third.url, '/live/snapshot', token);
    expect(after.incidents).toHaveLength(before.incidents.length + 2);
    expect(after.teams).toHaveLength(before.teams.length);
    third.child.kill('SIGTERM');
    await third.gone;
  }, 120_000);

  it('goes on with a running escalation after kill -9: the deputy is called though the deadline passed while nothing ran', async () => {
    const settings = { ALERT_ANSWER_S: '3', REQUESTS_PER_MINUTE: '10000' };
    const before = await start(settings);
    const token = await signIn(before.url);
    const incident = await call<{ id: string; version: number }>(before.url, '/incidents', token, report);
    await call(before.url, `/incidents/${incident.id}/verify`, token, { version: incident.version });
    const { teamUnits } = await call<{ teamUnits: { id: string; state: string }[] }>(
      before.url,
      '/live/snapshot',
      token,
    );
    const unit = teamUnits.find((one) => one.state === 'available')!;
    await call(before.url, `/incidents/${incident.id}/missions`, token, {
      assignments: [{ teamUnitId: unit.id }],
      overrideReason: '演示',
    });
    before.child.kill('SIGKILL');
    await before.gone;

    const after = await start(settings);
    const until = Date.now() + 15_000;
    type Alerts = { items: { step: number; deliveries: { personRole: string; step: number }[] }[] };
    for (;;) {
      const [alert] = (await call<Alerts>(after.url, `/alerts?incidentId=${incident.id}`, token)).items;
      if (alert && alert.step > 1 && alert.deliveries.some((one) => one.personRole === 'deputy')) break;
      if (Date.now() > until) throw new Error(`nobody else was called: ${JSON.stringify(alert)}`);
      await new Promise((wake) => setTimeout(wake, 200));
    }
    after.child.kill('SIGTERM');
    await after.gone;
  }, 120_000);

  it('refuses a data directory that another process has open', async () => {
    const one = await start();
    await expect(start()).rejects.toThrow('stopped with 1');
    one.child.kill('SIGTERM');
    await one.gone;
  }, 60_000);
});
