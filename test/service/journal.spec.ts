import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inTransaction } from '../../src/database/index.js';
import { GENESIS, JournalFeed, recordChange, recordLines, verifyRecord } from '../../src/journal/index.js';
import { newId } from '../../src/shared/ids.js';
import { startApp, type TestApp } from '../support/app.js';
import { TestConsole } from '../support/console.js';

describe('journal', () => {
  let app: TestApp;
  beforeAll(async () => void (app = await startApp()), 120_000);
  afterAll(() => app?.close());

  const write = (kind: string, wait = 0) =>
    inTransaction(app.db, async (tx) => {
      const change = {
        kind,
        subject: 'note',
        id: newId(),
        version: 1,
        scope: ['all'],
        data: { kind, text: '汉字 "quoted"\n' },
      };
      await recordChange(tx, { ...change, actor: { userId: null, name: 'test' } });
      if (wait) await tx.query('select pg_sleep($1)', [wait / 1000]);
    });

  it('numbers what commits without a gap, whatever the order of commits, and the chain verifies (J1)', async () => {
    await Promise.all(Array.from({ length: 60 }, (_, n) => write(`note.${n}`, n % 7 === 0 ? 15 : 0)));
    await inTransaction(app.db, async (tx) => {
      await recordChange(tx, {
        kind: 'note.lost',
        subject: 'note',
        id: newId(),
        version: 1,
        scope: ['all'],
        data: {},
        actor: { userId: null, name: 'x' },
      });
      throw new Error('rolled back');
    }).catch(() => undefined);
    await app.settled();
    const lines = await app.read((tx) => recordLines(tx, 0, 10_000));
    expect(lines.map((line) => line.seq)).toEqual(lines.map((_, n) => n + 1));
    expect(verifyRecord(lines)).toMatchObject({ ok: true, lines: lines.length });
    expect(lines[0]!.prevHash).toBe(GENESIS);
    expect(lines.some((line) => line.text.includes('note.lost'))).toBe(false);
  });

  it('finds a changed, a removed and a swapped line', async () => {
    const lines = await app.read((tx) => recordLines(tx, 0, 10_000));
    const changed = lines.map((line, n) => (n === 3 ? { ...line, text: line.text.replace('note', 'nota') } : line));
    expect(verifyRecord(changed)).toEqual({ ok: false, atSeq: 4, fault: 'hash' });
    expect(verifyRecord(lines.filter((_, n) => n !== 5))).toEqual({ ok: false, atSeq: 7, fault: 'gap' });
    const swapped = [...lines];
    [swapped[1], swapped[2]] = [swapped[2]!, swapped[1]!];
    expect(verifyRecord(swapped)).toMatchObject({ ok: false, fault: 'gap' });
  });

  it('refuses to edit or delete a line', async () => {
    await expect(app.query(`update journal set body = '{}' where seq = 1`)).rejects.toThrow(/append-only/);
    await expect(app.query(`delete from journal where seq = 1`)).rejects.toThrow(/append-only/);
    await expect(app.query(`truncate journal`)).rejects.toThrow(/append-only/);
  });

  it('tells a console each change once and in order, also one that joins late', async () => {
    const early = await TestConsole.open(app, 'duty.330000');
    await Promise.all(Array.from({ length: 20 }, (_, n) => write(`told.${n}`)));
    await app.settled();
    const late = await TestConsole.open(app, 'duty.331000');
    await late.socket.emitWithAck('live:join', { after: 0 });
    await write('told.last');
    await early.nextChange('told.last');
    await late.nextChange('told.last');
    const told = early.changes.filter((change) => change.kind.startsWith('told.'));
    expect(told).toHaveLength(21);
    expect(told.map((change) => change.seq)).toEqual([...told.map((change) => change.seq)].sort((a, b) => a - b));
    expect(late.changes.filter((change) => change.kind === 'told.3')).toHaveLength(1);
    early.close();
    late.close();
  });

  it('hands each change to every follower, though one of them throws', async () => {
    const seen: string[] = [];
    const feed = app.get(JournalFeed);
    const leave = [
      feed.follow(() => {
        throw new Error('a follower of the test');
      }),
      feed.follow((changes) => seen.push(...changes.map(({ kind }) => kind))),
    ];
    for (const n of [1, 2]) await write(`followed.${n}`);
    await app.settled();
    for (const off of leave) off();
    expect(seen.filter((kind) => kind.startsWith('followed'))).toEqual(['followed.1', 'followed.2']);
  });

  it('keeps from a console what is not in its scope', async () => {
    const county = await TestConsole.open(app, 'duty.330922');
    await inTransaction(app.db, (tx) =>
      recordChange(tx, {
        kind: 'note.foreign',
        subject: 'note',
        id: newId(),
        version: 1,
        scope: ['/330000/', '/330000/331000/'],
        data: {},
        actor: { userId: null, name: 'x' },
      }),
    );
    await write('note.after');
    await county.nextChange('note.after');
    expect(county.changes.map((change) => change.kind)).not.toContain('note.foreign');
    county.close();
  });
});
