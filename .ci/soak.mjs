// `npm run soak -- kill [--seeds N] [--servers] [--from SEED]`: the Lekima replay while processes are killed at random moments.
// `npm run soak -- count --seeds N`: a store counted while goods move, with clocks that are off; no false difference in any seed.
// `npm run soak -- villages [--villages N] [--minutes M]`: a night of the typhoon through the public API.
// `npm run soak -- console [--minutes N]`: a desk at work in a browser, whose memory must not grow.
// `npm run soak -- dispatch --races N`, `npm run soak -- ledger --runs N`: races and random histories on PostgreSQL, audited.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build, install, root } from './prepare.mjs';

process.chdir(root);
install();
build();
const [name, ...args] = process.argv.slice(2);
const module = join(root, 'dist', 'bench', 'soak', `${name}.js`);
if (!name || !existsSync(module)) {
  console.error(
    'usage: npm run soak -- kill | count | console | dispatch | ledger | escalation | villages [--seeds N] [--from SEED] [--races N] [--runs N]',
  );
  process.exit(2);
}
const servers = await import('./servers.mjs');
const { main } = await import(module);
const { passed, failed } = await main({ args, servers });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
