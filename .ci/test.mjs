// `npm test`: everything that this machine can run. Embedded suites always; server suites and the browser when they can be had.
// CI=true leaves nothing out: a missing server is a failure there.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { build, install, root } from './prepare.mjs';

process.chdir(root);
install();
build();
const { startPostgres, startRedis } = await import('./servers.mjs');

/**
 * Databases of tests are copied and thrown away by the hundred: in memory where there is plenty, `undefined` otherwise. What a run that
 * was cut off has left there goes first.
 */
function memoryFolder() {
  const enough = 8 * 2 ** 30;
  if (process.env.TMPDIR || !existsSync('/dev/shm')) return undefined;
  for (const name of readdirSync('/dev/shm'))
    if (/^chiyuan-tests-\d+$/.test(name) && !existsSync(`/proc/${name.split('-')[2]}`))
      rmSync(join('/dev/shm', name), { recursive: true, force: true });
  const { bavail, bsize } = statfsSync('/dev/shm');
  if (bavail * bsize < enough || freemem() < enough) return undefined;
  const folder = `/dev/shm/chiyuan-tests-${process.pid}`;
  mkdirSync(folder);
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

process.env.TMPDIR = memoryFolder() ?? tmpdir();

/** Of a failure's message, in the summary; the whole stands above it. */
const MESSAGE_LINES = 12;
/** Characters of what a step said that are kept for the summary. */
const MOST_SAID = 100_000;
const results = [];
const leftOut = [];
const reports = mkdtempSync(join(tmpdir(), 'chiyuan-tests-'));

const failures = [];
const slowest = [];

/** Notes how a step ended; `begun` is `performance.now()` of its start. */
function note(name, begun, passed, failed) {
  results.push({ name, passed, failed, seconds: Math.round((performance.now() - begun) / 1000) });
}

/** Runs one command, shows what it says as it says it, and keeps for the summary what a failed one said: its lines of failure, or its last. */
async function step(name, command, args, env = {}) {
  console.log(`\n━━ ${name}`);
  const begun = performance.now();
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  let said = '';
  for (const [stream, out] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ])
    stream.setEncoding('utf8').on('data', (text) => {
      out.write(text);
      said = (said + text).slice(-MOST_SAID);
    });
  const code = await new Promise((resolve) => child.once('close', resolve));
  note(name, begun, code === 0 ? 1 : 0, code === 0 ? 0 : 1);
  if (code !== 0) failures.push([root, name, linesOfFailure(said)]);
}

function linesOfFailure(said) {
  const lines = said.trim().split('\n');
  const at = lines.findIndex((line) => line.startsWith('FAILS'));
  return (at < 0 ? lines.slice(-MESSAGE_LINES) : lines.slice(at)).join('\n');
}

/** A long step that hardly loads the machine goes on beside the others; what it answers waits for its end, and tells what it said. */
function beside(name, command, args) {
  const begun = performance.now();
  const said = join(reports, 'beside.log');
  const output = openSync(said, 'w');
  const child = spawn(command, args, { stdio: ['ignore', output, output] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  return async () => {
    const code = await ended;
    const text = readFileSync(said, 'utf8').trim();
    console.log(`\n━━ ${name}\n${text}`);
    note(name, begun, code === 0 ? 1 : 0, code === 0 ? 0 : 1);
    if (code !== 0) failures.push([root, name, linesOfFailure(text)]);
  };
}

function jest(name, paths, env = {}, extra = []) {
  console.log(`\n━━ ${name}`);
  const begun = performance.now();
  const report = join(reports, `${results.length}.json`);
  const args = ['--no-warnings', 'node_modules/jest/bin/jest.js', '-c', 'test/jest.config.mjs'];
  const { status } = spawnSync(
    process.execPath,
    [...args, '--json', `--outputFile=${report}`, '--silent=false', ...extra, '--', ...paths],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, ...env },
    },
  );
  const found = existsSync(report)
    ? JSON.parse(readFileSync(report, 'utf8'))
    : { numPassedTests: 0, numFailedTests: 0, numFailedTestSuites: 1, testResults: [] };
  for (const suite of found.testResults) {
    slowest.push([Math.round((suite.endTime - suite.startTime) / 1000), name, suite.name]);
    const broken = suite.assertionResults.filter((test) => test.status === 'failed');
    if (broken.length === 0 && suite.status === 'failed')
      failures.push([suite.name, 'the suite itself', suite.message]);
    for (const test of broken) failures.push([suite.name, test.fullName, test.failureMessages[0] ?? '']);
  }
  const failed = found.numFailedTests + (found.numFailedTests === 0 ? found.numFailedTestSuites : 0);
  note(name, begun, found.numPassedTests, failed || (status === 0 ? 0 : 1));
}

const node = process.execPath;
const prepare = ['--no-warnings', '--import', './test/support/typescript-loader.mjs', 'test/support/prepare.ts'];
await step('types', node, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json']);
await step('types of the web', node, ['node_modules/typescript/bin/tsc', '-p', 'web/tsconfig.json']);
await step('lint', node, ['node_modules/oxlint/bin/oxlint', 'src', 'test', 'web', 'bench', '.ci']);
await step('format', node, [
  'node_modules/prettier/bin/prettier.cjs',
  '--check',
  '--log-level',
  'warn',
  'src',
  'test',
  'web',
  'bench',
  '.ci',
]);
jest('rules and architecture', ['src/', 'test/architecture/', 'test/web/.*[.]rules[.]spec'], {}, ['--maxWorkers=2']);
const chromium = existsSync('/usr/bin/chromium');
const consoleSoak =
  chromium &&
  beside('ten minutes of work at a desk: its memory does not grow', node, [
    '.ci/soak.mjs',
    'console',
    '--minutes',
    '10',
  ]);
const postgres = await startPostgres();
const redis = await startRedis();
const servers = Boolean(postgres && redis);
await step('the world of the tests, embedded', node, prepare);
// What requests and answers look like does not depend on the database: those suites run once.
jest(
  'embedded: service, live',
  ['test/service/', 'test/live/', 'test/embedded/', ...(servers ? [] : ['test/api/'])],
  {},
  ['--maxWorkers=2'],
);

if (servers) {
  const env = { TEST_DATABASE_URL: postgres.url, TEST_REDIS_URL: redis.url };
  await step('the world of the tests, on servers', node, prepare, env);
  jest('servers: service, API, live, races', ['test/service/', 'test/api/', 'test/live/', 'test/servers/'], env, [
    '--maxWorkers=2',
  ]);
  await step('the ledger against a plain model: 2,000 histories with cuts and killed processes', node, [
    '.ci/soak.mjs',
    'ledger',
    '--runs',
    '2000',
  ]);
  await step('dispatch: 20,000 races of three tiers for the same teams and goods', node, [
    '.ci/soak.mjs',
    'dispatch',
    '--races',
    '20000',
  ]);
  await step(
    'an escalation killed at every transaction, queue, clocks and database taken away, standstills named',
    node,
    ['.ci/soak.mjs', 'escalation', '--slice', '--lanes', '3'],
  );
} else {
  leftOut.push(
    'server suites: install PostgreSQL 15+ with PostGIS and Redis (Debian: postgresql postgresql-15-postgis-3 redis-server)',
  );
}
if (chromium) {
  await consoleSoak();
  jest('browser', ['test/web/'], {}, ['--runInBand']);
} else leftOut.push('browser suite: install Chromium (Debian: chromium fonts-noto-cjk)');
await postgres?.stop();
await redis?.stop();

console.log('\n━━ summary');
for (const { name, passed, failed, seconds } of results)
  console.log(`${failed ? '✗' : '✓'} ${name}: ${passed} passed${failed ? `, ${failed} failed` : ''} (${seconds} s)`);
console.log('  the slowest suites:');
for (const [seconds, name, path] of slowest.sort(([a], [b]) => b - a).slice(0, 12))
  console.log(`  ${seconds} s ${relative(root, path)} (${name})`);
for (const [path, test, message] of failures)
  console.log(
    `✗ ${relative(root, path) || 'step'} › ${test}\n  ${message.split('\n').slice(0, MESSAGE_LINES).join('\n  ')}`,
  );
for (const what of leftOut) console.log(`⚠ LEFT OUT ${what}`);
const passed = results.reduce((sum, result) => sum + result.passed, 0);
const failed = results.reduce((sum, result) => sum + result.failed, 0) + (process.env.CI ? leftOut.length : 0);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
