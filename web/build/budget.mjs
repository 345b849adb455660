/** Fails when a page has outgrown its budget (gzip, KB): `node web/build/budget.mjs` after a build. */
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const BUDGET_KB = {
  'index.html': 550,
  'phone.html': 130,
  'screen.html': 150,
  'src/map/DeskMap.tsx': 120,
  'src/reports/Bars.tsx': 200,
  'public/land.json': 110,
};
/** What a worker loads stands in no manifest: found by the beginning of its name. */
const WORKER_KB = { 'decode.worker-': 20, 'zxing_reader-': 412 };
const out = new URL('../../dist/web/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', out), 'utf8'));
const gzipped = (file) => gzipSync(readFileSync(new URL(file, out)), { level: 9 }).length;

/** Files that a page or chunk needs before it can draw: itself, its static imports and their styles. */
function filesOf(name, seen = new Set()) {
  const chunk = manifest[name];
  if (!chunk || seen.has(name)) return [];
  seen.add(name);
  return [chunk.file, ...(chunk.css ?? []), ...(chunk.imports ?? []).flatMap((each) => filesOf(each, seen))];
}

const pageFiles = new Set(filesOf('index.html'));
let over = 0;
for (const [name, limitKb] of Object.entries(BUDGET_KB)) {
  const files = name.startsWith('public/') ? [name.slice('public/'.length)] : [...new Set(filesOf(name))];
  // A lazy chunk costs what the page does not have yet.
  const counted = name.endsWith('.html') ? files : files.filter((file) => !pageFiles.has(file));
  if (counted.length === 0) continue;
  const kb = counted.reduce((sum, file) => sum + gzipped(file), 0) / 1024;
  over += kb > limitKb ? 1 : 0;
  console.log(`${kb > limitKb ? 'OVER' : 'ok  '} ${name}: ${kb.toFixed(1)} of ${limitKb} KB`);
}
const assets = readdirSync(new URL('assets/', out));
for (const [start, limitKb] of Object.entries(WORKER_KB)) {
  const file = assets.find((name) => name.startsWith(start));
  const kb = file ? gzipped(`assets/${file}`) / 1024 : Infinity;
  over += kb > limitKb ? 1 : 0;
  console.log(`${kb > limitKb ? 'OVER' : 'ok  '} assets/${start}*: ${kb.toFixed(1)} of ${limitKb} KB`);
}
process.exit(over > 0 ? 1 : 0);
