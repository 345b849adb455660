// `npm run replay -- lekima-2019 [--speed N] [--url http://…]`: drives a running server through its public API and socket.
import { parseArgs } from 'node:util';
import { build, install, root } from './prepare.mjs';

process.chdir(root);
install();
build();
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    speed: { type: 'string' },
    url: { type: 'string', default: `http://127.0.0.1:${process.env.PORT ?? 3000}` },
    password: { type: 'string', default: 'chiyuan-demo' },
  },
});
if (positionals[0] !== 'lekima-2019') {
  console.error(
    'usage: npm run replay -- lekima-2019 [--speed N] [--url http://127.0.0.1:3000]\nN: how many times faster than the clock; left out, as fast as the server answers',
  );
  process.exit(2);
}
const { replay } = await import('../dist/bench/replay/replay.js');
process.exit(
  (await replay({ url: values.url, speed: values.speed ? Number(values.speed) : Infinity, password: values.password }))
    ? 0
    : 1,
);
