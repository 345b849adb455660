// `npm run replay -- lekima-2019 [--speed N] [--drill] [--url http://…]`: drives a running server through its public API and socket.
import { parseArgs } from 'node:util';
import { build, install, root } from './prepare.mjs';

process.chdir(root);
install();
build();
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    speed: { type: 'string' },
    drill: { type: 'boolean', default: false },
    url: { type: 'string', default: `http://127.0.0.1:${process.env.PORT ?? 3000}` },
    password: { type: 'string', default: 'chiyuan-demo' },
  },
});
if (positionals[0] !== 'lekima-2019') {
  console.error(
    'usage: npm run replay -- lekima-2019 [--speed N] [--url http://127.0.0.1:3000]\nN: how many times faster than the clock; left out, as fast as the server answers\n--drill: in a drill of its own, which leaves reality as it is',
  );
  process.exit(2);
}
const { replay } = await import('../dist/bench/replay/replay.js');
const { url, password, drill } = values;
const speed = values.speed ? Number(values.speed) : Infinity;
process.exit((await replay({ url, speed, password, drill })) ? 0 : 1);
