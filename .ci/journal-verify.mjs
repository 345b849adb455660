// `npm run journal:verify -- FILE`: checks an exported record (a JSON line each) with nothing but the file and SHA-256.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

const file = process.argv[2];
if (!file) {
  console.error('usage: npm run journal:verify -- FILE   (FILE from GET /api/v1/journal/export)');
  process.exit(2);
}
let hash = createHash('sha256').update('chiyuan journal v1').digest('hex');
let seq = 0;
const fail = (why) => {
  console.error(`FAULT at line ${seq + 1}: ${why}`);
  process.exit(1);
};
for await (const text of createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity })) {
  if (!text) continue;
  let line;
  try {
    line = JSON.parse(text);
  } catch {
    fail('not JSON');
  }
  if (line.seq !== seq + 1) fail(`number ${line.seq} after ${seq}: a line is missing or out of order`);
  if (line.prevHash !== hash) fail('does not link to the line before');
  if (!String(line.text).startsWith(`${line.seq}\n`)) fail('its text carries another number');
  const own = createHash('sha256').update(Buffer.from(line.prevHash, 'hex')).update(line.text, 'utf8').digest('hex');
  if (own !== line.hash) fail('its text was changed');
  hash = own;
  seq = line.seq;
}
console.log(`${seq} lines verify; newest hash ${hash}`);
