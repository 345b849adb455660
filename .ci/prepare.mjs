// What every command of the repository does first: install what is missing, build what changed.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const marks = join(root, 'node_modules', '.cache', 'chiyuan');
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

export function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
  if (error || status !== 0) {
    console.error(`\n${command} ${args.join(' ')} failed${error ? `: ${error.message}` : ` with ${status}`}`);
    process.exit(status || 1);
  }
}

/** Installs the locked packages when they are not the ones in node_modules. */
export function install() {
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (readMark('install') === wanted) return;
  if (!existsSync(join(root, 'node_modules')) || readMark('install') !== null || !hasPackages()) {
    console.log('Installing packages (the first time takes a minute or two) …');
    run(npm, ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']);
  }
  writeMark('install', wanted);
}

/** Builds the server and the console when their sources changed since the last build. */
export function build() {
  buildPart('server', ['src', 'bench', '.swcrc', '.ci/build.mjs'], join(root, 'dist', 'main.js'), () =>
    run(process.execPath, ['.ci/build.mjs']),
  );
  buildPart('web', ['web', 'src', 'package-lock.json'], join(root, 'dist', 'web', 'index.html'), () =>
    run(process.execPath, ['node_modules/vite/bin/vite.js', 'build', 'web', '--logLevel', 'warn']),
  );
}

function buildPart(name, sources, proof, work) {
  const stamp = fingerprint(sources.map((source) => join(root, source)));
  if (existsSync(proof) && readMark(`build-${name}`) === stamp) return;
  console.log(`Building the ${name} …`);
  work();
  writeMark(`build-${name}`, stamp);
}

function fingerprint(paths) {
  const hash = createHash('sha256');
  const visit = (path) => {
    const stat = statSync(path);
    if (stat.isDirectory()) for (const name of readdirSync(path).sort()) visit(join(path, name));
    else hash.update(path).update(readFileSync(path));
  };
  for (const path of paths) visit(path);
  return hash.digest('hex');
}

function hasPackages() {
  try {
    execFileSync(npm, ['ls', '--depth=0', '--silent'], { cwd: root, stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function readMark(name) {
  const file = join(marks, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

function writeMark(name, text) {
  mkdirSync(marks, { recursive: true });
  writeFileSync(join(marks, name), text);
}
