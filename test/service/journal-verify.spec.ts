import { spawnSync } from 'node:child_process';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RecordLine } from '../../src/journal/index.js';
import type { AnchorDto } from '../../src/record/anchors/anchors.dto.js';
import { AnchorService } from '../../src/record/index.js';
import { startApp, type TestApp } from '../support/app.js';
import { rewritten, writeLines } from '../support/record.js';

const DAY_MS = 86_400_000;

describe('npm run journal:verify', () => {
  let home: string;
  let lines: RecordLine[];
  let anchors: AnchorDto[];
  const path = (name: string) => join(home, name);
  const write = (name: string, rows: readonly object[]) => {
    writeFileSync(path(name), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    return path(name);
  };
  /** The script alone in a folder of its own: nothing of the program is in its reach. */
  const verify = (...given: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [path('journal-verify.mjs'), ...given], {
      cwd: home, encoding: 'utf8', env: { NODE_OPTIONS: '' },
    }); // prettier-ignore
    return { status, out: stdout.trim().split('\n'), err: stderr.trim().split('\n') };
  };
  const holdAgainst = (record: readonly object[], kept: readonly object[] = anchors, ...more: string[]) =>
    verify(write('record.ndjson', record), '--anchors', write('anchors.ndjson', kept), ...more);

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'chiyuan-verify-'));
    const app = await startApp({ DATA_DIR: home });
    try {
      ({ lines, anchors } = await worldOf(app));
    } finally {
      await app.close();
    }
    copyFileSync('.ci/journal-verify.mjs', path('journal-verify.mjs'));
  }, 240_000);
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  /** A record of four days, one of them without an anchor, with the last two signed by another key; taken as an auditor takes it. */
  async function worldOf(app: TestApp) {
    for (const days of [1, 2, 1, 0]) {
      await writeLines(app, 4);
      await app.get(AnchorService).signIfDue();
      await app.settled();
      app.clock.forward(days * DAY_MS);
      if (days !== 2) continue;
      copyFileSync(join(home, 'keys', 'anchor.pem'), path('first.pem'));
      rmSync(join(home, 'keys'), { recursive: true });
    }
    copyFileSync(join(home, 'keys', 'anchor.pem'), path('second.pem'));
    const { token } = await app.as('auditor.330000');
    const take = async <T>(what: string) => {
      const answer = await fetch(`${app.url}/api/v1/journal/${what}`, {
        headers: { authorization: `Bearer ${token}` },
      });
      return (await answer.text()).trimEnd().split('\n').map((line) => JSON.parse(line) as T); // prettier-ignore
    };
    return { lines: await take<RecordLine>('export'), anchors: await take<AnchorDto>('anchors/export') };
  }
  const publicKey = (name: string) => {
    const key = createPublicKey(readFileSync(path(`${name}.pem`))).export({ format: 'pem', type: 'spki' });
    writeFileSync(path(`${name}.pub`), key);
    return path(`${name}.pub`);
  };

  it('verifies a record alone as ever, and says at which line one is broken', () => {
    const whole = verify(write('record.ndjson', lines));
    expect(whole).toEqual({
      status: 0,
      out: [`${lines.length} lines verify; newest hash ${lines.at(-1)!.hash}`],
      err: [''],
    });
    const changed = lines.map((line) => (line.seq === 3 ? { ...line, text: `${line.text} ` } : line));
    expect(verify(write('record.ndjson', changed))).toMatchObject({ status: 1, err: ['FAULT at line 3: its text was changed'] }); // prettier-ignore
    expect(verify(write('record.ndjson', lines.filter(({ seq }) => seq !== 3))).err[0]).toMatch(/^FAULT at line 3: number 4 after 2/); // prettier-ignore
    writeFileSync(path('record.ndjson'), 'no json\n');
    expect(verify(path('record.ndjson')).err).toEqual(['FAULT at line 1: not JSON']);
    for (const bad of [[], ['a', 'b'], ['a', '--key', 'k'], ['a', '--anchors'], ['a', '--else', 'b']])
      expect(verify(...bad)).toMatchObject({ status: 2 });
  });

  it('holds a record against its anchors, and says what they cover and with which keys', () => {
    expect(anchors.map(({ number, missedDays }) => [number, missedDays])).toEqual([[1, 0], [2, 0], [3, 1], [4, 0]]); // prettier-ignore
    const last = anchors.at(-1)!;
    const { status, out, err } = holdAgainst(lines);
    expect([status, err]).toEqual([0, ['']]);
    expect(out).toEqual([
      `${lines.length} lines verify; newest hash ${lines.at(-1)!.hash}`,
      `4 anchors hold, 2026-07-21 to ${last.day}: lines 1 to ${last.seq} are as they were signed, ${lines.length - last.seq} came later`,
      `signed with key ${anchors[0]!.keyId} from number 1 on`,
      `signed with key ${last.keyId} from number 3 on`,
      expect.stringContaining('--key'),
    ]);
  });

  it('finds a record that was changed and hashed anew from there to its end', () => {
    const [, second] = anchors as [AnchorDto, AnchorDto];
    const forged = rewritten(lines, second.seq - 1, (text) => text.replace('kept', 'lost'));
    expect(forged.at(-1)!.hash).not.toBe(lines.at(-1)!.hash);
    expect(verify(write('record.ndjson', forged)).status).toBe(0); // the chain alone shows nothing
    const { status, err } = holdAgainst(forged);
    expect(status).toBe(1);
    expect(err).toEqual([
      ...[2, 3, 4].map((number) => expect.stringMatching(`^ANCHOR FAULT at number ${number} .*was changed$`)),
      `anchors up to number 1 hold: lines 1 to ${anchors[0]!.seq} are as they were on 2026-07-21`,
    ]);
    expect(holdAgainst(rewritten(lines, 1, (text) => text.replace('kept', 'lost'))).err.at(-1)).toBe('no anchor before holds'); // prettier-ignore
  });

  it('finds a record whose end was cut off, and one whose lines were put in or taken out', () => {
    const cut = lines.slice(0, anchors[2]!.seq);
    expect(verify(write('record.ndjson', cut)).status).toBe(0);
    expect(holdAgainst(cut).err[0]).toBe(
      `ANCHOR FAULT at number 4 (${anchors[3]!.day}): the record ends at line ${cut.length}, before its line ${anchors[3]!.seq}`,
    );
    const shorter = lines.filter(({ seq }) => seq !== 6).map((line, n) => ({ ...line, seq: n + 1, text: line.text.replace(/^\d+/, String(n + 1)) })); // prettier-ignore
    const forged = rewritten(shorter, 6, (text) => text);
    expect(verify(write('record.ndjson', forged)).status).toBe(0);
    expect(holdAgainst(forged)).toMatchObject({ status: 1 });
  });

  it.each([
    ['seq', 3, /its signature is wrong/],
    ['hash', '0'.repeat(64), /its signature is wrong; .*was changed/],
    ['day', '2026-07-23', /its signature is wrong; it was not signed on its day/],
    ['signature', 'AAAA', /its signature is wrong/],
    ['publicKey', 'none', /its signature is wrong/],
  ])('names the anchor whose %s was changed', (field, value, why) => {
    const { status, err } = holdAgainst(lines, anchors.map((one, n) => (n === 1 ? { ...one, [field]: value } : one))); // prettier-ignore
    expect(status).toBe(1);
    expect(err[0]).toMatch(/^ANCHOR FAULT at number 2 /);
    expect(err[0]).toMatch(why);
  });

  it('misses an anchor that was taken out, and tells which are not in the file', () => {
    expect(holdAgainst(lines, [anchors[0]!, anchors[2]!, anchors[3]!]).err[0]).toMatch(/number 3 after 1: one is missing/); // prettier-ignore
    const late = holdAgainst(lines, anchors.slice(2));
    expect(late).toMatchObject({ status: 0 });
    expect(late.out).toContain('anchors before number 3 are not in this file');
    writeFileSync(path('anchors.ndjson'), '');
    expect(verify(write('record.ndjson', lines), '--anchors', path('anchors.ndjson'))).toMatchObject({ status: 1 });
    expect(holdAgainst(lines, [{ number: 1 }]).err[0]).toMatch(/no anchor/);
  });

  it('believes the keys that it is given, and no other', () => {
    const keys = ['first', 'second'].flatMap((name) => ['--key', publicKey(name)]);
    const trusted = holdAgainst(lines, anchors, ...keys);
    expect(trusted).toMatchObject({ status: 0 });
    expect(trusted.out.join()).not.toContain('--key');
    expect(holdAgainst(lines, anchors, ...keys.slice(0, 2)).err[0]).toMatch(
      /number 3 .*signed with a key that is not trusted/,
    );
    const stranger = generateKeyPairSync('ed25519').publicKey.export({ format: 'pem', type: 'spki' });
    writeFileSync(path('stranger.pub'), stranger);
    expect(holdAgainst(lines, anchors, '--key', path('stranger.pub')).err).toHaveLength(5);
    writeFileSync(path('no.pub'), 'no key');
    expect(holdAgainst(lines, anchors, '--key', path('no.pub'))).toMatchObject({ status: 1 });
  });
});
