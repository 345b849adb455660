// `npm run bench -- <name> [--json] [options]`: one benchmark with its bare floor in the same run, on servers that it starts
// itself, unless the benchmark exports `servers = false`.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build, install, root } from './prepare.mjs';

process.chdir(root);
install();
build();
const [name, ...rest] = process.argv.slice(2);
const module = join(root, 'dist', 'bench', name ?? '', 'main.js');
if (!name || !existsSync(module)) {
  console.error(
    'usage: npm run bench -- live | dispatch | stock | stock-scale | documents | suggest | planning | console [--json]',
  );
  process.exit(2);
}
const { main, servers = true } = await import(module);
const report = (figures) => console.log(JSON.stringify({ bench: name, figures }));
if (!servers) {
  report(await main({ args: rest }));
  process.exit(0);
}
const { startPostgres, startRedis } = await import('./servers.mjs');
const postgres = await startPostgres({ durable: true });
const redis = await startRedis();
if (!postgres || !redis) {
  console.error(
    'Benchmarks need PostgreSQL 15+ with PostGIS and Redis (Debian: postgresql postgresql-15-postgis-3 redis-server)',
  );
  process.exit(1);
}
try {
  report(await main({ databaseUrl: postgres.url, redisUrl: redis.url, args: rest }));
} finally {
  await redis.stop();
  await postgres.stop();
}
process.exit(0);
