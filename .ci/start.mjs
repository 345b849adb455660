// `npm start`: installs and builds if needed, then runs the whole system. `--watch` rebuilds and restarts on each change.
import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { build, install, root } from './prepare.mjs';

process.chdir(root);
install();
build();

const watching = process.argv.includes('--watch');
let server = launch();
let stopping = false;

function launch() {
  const child = spawn(process.execPath, ['--enable-source-maps', join(root, 'dist', 'main.js')], { stdio: 'inherit' });
  child.on('exit', (code, signal) => {
    if (stopping || !watching) process.exit(code ?? (signal ? 1 : 0));
  });
  return child;
}

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    stopping = true;
    server.kill('SIGTERM');
  });
}

if (watching) {
  let due;
  for (const folder of ['src', 'web']) {
    watch(join(root, folder), { recursive: true }, () => {
      clearTimeout(due);
      due = setTimeout(() => {
        const old = server;
        old.once('exit', () => {
          build();
          server = launch();
        });
        old.kill('SIGTERM');
      }, 300);
    });
  }
}
