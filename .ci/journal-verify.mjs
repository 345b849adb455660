// `npm run journal:verify -- FILE [--anchors ANCHORS [--key PUBLIC.pem]…]`: checks an exported record (a JSON line each), and the signed daily
// anchors of it where they are given, with nothing but the files and node:crypto.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const USAGE = `usage: npm run journal:verify -- FILE [--anchors ANCHORS [--key PUBLIC.pem]...]
  FILE     from GET /api/v1/journal/export
  ANCHORS  from GET /api/v1/journal/anchors/export, or as they were given to you
  --key    a public key that you trust, from elsewhere; more than one where it was changed`;
const MOST_TOLD = 20;
const sha256 = (text) => createHash('sha256').update(text, 'utf8').digest('hex');

function readArguments(given) {
  const found = { file: null, anchorsFile: null, keyFiles: [] };
  const usage = () => {
    console.error(USAGE);
    process.exit(2);
  };
  for (let n = 0; n < given.length; n++) {
    if (given[n] === '--anchors' && given[n + 1]) found.anchorsFile = given[++n];
    else if (given[n] === '--key' && given[n + 1]) found.keyFiles.push(given[++n]);
    else if (given[n].startsWith('--') || found.file !== null) usage();
    else found.file = given[n];
  }
  if (found.file === null || (found.keyFiles.length > 0 && found.anchorsFile === null)) usage();
  return found;
}

function stop(why) {
  console.error(why);
  process.exit(1);
}

/** A public key of a PEM file as the anchors carry it. */
function trusted(path) {
  try {
    return createPublicKey(readFileSync(path)).export({ format: 'der', type: 'spki' }).toString('base64');
  } catch (error) {
    return stop(`${path} is no key: ${error.message}`);
  }
}

const linesOf = (path) => createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Infinity });
const parsed = (text) => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

async function rowsOf(path) {
  const rows = [];
  for await (const text of linesOf(path)) if (text) rows.push(parsed(text));
  if (rows.length === 0) stop(`${path} holds no anchor`);
  return rows;
}

/** Each anchor by itself and against the one before it; `faults` gathers what is wrong with it. */
function checkAnchors(rows, keys) {
  const names = ['number', 'day', 'missedDays', 'seq', 'hash', 'signedAt', 'previous', 'publicKey', 'signature'];
  const found = [];
  for (const [n, row] of rows.entries()) {
    if (row === null || names.some((name) => row[name] === undefined)) stop(`ANCHOR FAULT at line ${n + 1} of the file: no anchor`); // prettier-ignore
    const anchor = { ...row, faults: [] };
    const text = ['chiyuan anchor v1', ...names.slice(0, -1).map((name) => row[name])].join('\n');
    if (!isSigned(row, text)) anchor.faults.push('its signature is wrong');
    if (keys.length > 0 && !keys.includes(row.publicKey)) anchor.faults.push(`it is signed with a key that is not trusted (${keyId(row)})`); // prettier-ignore
    anchor.faults.push(...misplaced(found.at(-1), row));
    found.push({ ...anchor, link: sha256(`${text}\n${row.signature}`) });
  }
  return found;
}

const keyId = ({ publicKey }) =>
  createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('hex').slice(0, 16);

function isSigned({ publicKey, signature }, text) {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
    return (
      key.asymmetricKeyType === 'ed25519' && verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64'))
    );
  } catch {
    return false;
  }
}

/** What is wrong with its place after the one before; of a file that begins later, the first one's place cannot be told. */
function misplaced(before, { number, day, missedDays, seq, signedAt, previous }) {
  const faults = [];
  const chinaDay = new Date(Date.parse(signedAt) + 8 * 3_600_000);
  if (Number.isNaN(chinaDay.getTime()) || chinaDay.toISOString().slice(0, 10) !== day) faults.push('it was not signed on its day'); // prettier-ignore
  if (!before) {
    if (number === 1 && (previous !== sha256('chiyuan anchor v1') || missedDays !== 0)) faults.push('it is not a first anchor'); // prettier-ignore
    return faults;
  }
  const days = Math.round((Date.parse(day) - Date.parse(before.day)) / 86_400_000);
  if (number !== before.number + 1)
    faults.push(`number ${number} after ${before.number}: one is missing or out of order`); // prettier-ignore
  else if (previous !== before.link) faults.push('it does not link to the anchor before');
  if (!(days > 0) || missedDays !== days - 1) faults.push(`its day does not follow ${before.day}, or its missed days are wrong`); // prettier-ignore
  if (seq < before.seq) faults.push(`it goes back from line ${before.seq} to ${seq}: the record was cut`);
  return faults;
}

/** The chain of the record from its first line; notes at each anchor whether its line is the one that was signed. */
async function checkRecord(path, known) {
  const signed = new Map();
  for (const anchor of known) signed.set(anchor.seq, [...(signed.get(anchor.seq) ?? []), anchor]);
  let hash = sha256('chiyuan journal v1');
  let seq = 0;
  const fail = (why) => stop(`FAULT at line ${seq + 1}: ${why}`);
  for await (const text of linesOf(path)) {
    if (!text) continue;
    const line = parsed(text) ?? fail('not JSON');
    if (line.seq !== seq + 1) fail(`number ${line.seq} after ${seq}: a line is missing or out of order`);
    if (line.prevHash !== hash) fail('does not link to the line before');
    if (!String(line.text).startsWith(`${line.seq}\n`)) fail('its text carries another number');
    const own = createHash('sha256').update(Buffer.from(line.prevHash, 'hex')).update(line.text, 'utf8').digest('hex');
    if (own !== line.hash) fail('its text was changed');
    hash = own;
    seq = line.seq;
    for (const anchor of signed.get(seq) ?? []) if (anchor.hash !== hash) anchor.faults.push(`line ${seq} of the record is not the one that was signed: it, or one before it, was changed`); // prettier-ignore
  }
  for (const anchor of known) if (anchor.seq > seq) anchor.faults.push(`the record ends at line ${seq}, before its line ${anchor.seq}`); // prettier-ignore
  return { seq, hash };
}

function tell(known, { seq, hash }, hasKeys) {
  const faulty = known.filter(({ faults }) => faults.length > 0);
  for (const { number, day, faults } of faulty.slice(0, MOST_TOLD))
    console.error(`ANCHOR FAULT at number ${number} (${day}): ${faults.join('; ')}`);
  if (faulty.length > MOST_TOLD) console.error(`... and ${faulty.length - MOST_TOLD} more`);
  if (faulty.length > 0) {
    const held = known[known.indexOf(faulty[0]) - 1];
    stop(held ? `anchors up to number ${held.number} hold: lines 1 to ${held.seq} are as they were on ${held.day}` : 'no anchor before holds'); // prettier-ignore
  }
  const [first, last] = [known[0], known.at(-1)];
  console.log(`${seq} lines verify; newest hash ${hash}`);
  console.log(`${known.length} anchors hold, ${first.day} to ${last.day}: lines 1 to ${last.seq} are as they were signed, ${seq - last.seq} came later`); // prettier-ignore
  if (first.number !== 1) console.log(`anchors before number ${first.number} are not in this file`);
  for (const [n, anchor] of known.entries())
    if (n === 0 || anchor.publicKey !== known[n - 1].publicKey) console.log(`signed with key ${keyId(anchor)} from number ${anchor.number} on`); // prettier-ignore
  if (!hasKeys)
    console.log(
      'whose keys these are no file can tell: compare them with what you were given, or name them with --key',
    );
}

const { file, anchorsFile, keyFiles } = readArguments(process.argv.slice(2));
const anchors = anchorsFile === null ? null : checkAnchors(await rowsOf(anchorsFile), keyFiles.map(trusted));
const record = await checkRecord(file, anchors ?? []);
if (anchors === null) console.log(`${record.seq} lines verify; newest hash ${record.hash}`);
else tell(anchors, record, keyFiles.length > 0);
