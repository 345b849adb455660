import { createHash } from 'node:crypto';
import { inTransaction } from '../../src/database/index.js';
import { GENESIS, recordChange, type RecordLine } from '../../src/journal/index.js';
import { newId } from '../../src/shared/ids.js';
import type { TestApp } from './app.js';

/** Writes some lines and waits until they are sealed. */
export async function writeLines(app: TestApp, count: number, word = 'kept'): Promise<void> {
  for (let n = 0; n < count; n++) {
    const change = { kind: 'note.kept', subject: 'note', id: newId(), version: 1, scope: ['all'], data: { word, n } };
    await inTransaction(app.db, (tx) => recordChange(tx, { ...change, actor: { userId: null, name: 'test' } }));
  }
  await app.settled();
}

/** What somebody does who holds the database: the guard is off meanwhile. */
export async function unguarded(app: TestApp, work: () => Promise<void>, table = 'journal'): Promise<void> {
  await app.query(`alter table ${table} disable trigger user`);
  await work();
  await app.query(`alter table ${table} enable trigger user`);
}

/** Changes a line and computes every hash after it anew, the head too: the chain alone shows nothing of it. */
export async function rewrite(app: TestApp, seq: number, body: string): Promise<void> {
  await unguarded(app, async () => {
    await app.query(`update journal set body = $2 where seq = $1`, [seq, body]);
    const [{ head }] = (await app.query<{ head: number }>(`select seq as head from journal_head`)) as [
      { head: number },
    ];
    for (let n = seq; n <= head; n++)
      await app.query(
        `update journal j set prev_hash = link, hash = sha256(link || convert_to(journal_text(j, j.seq), 'UTF8'))
         from (select coalesce((select hash from journal where seq = $1 - 1), sha256('chiyuan journal v1'::bytea)) as link) before
         where j.seq = $1`,
        [n],
      );
    await app.query(`update journal_head set hash = (select hash from journal where seq = journal_head.seq)`);
  });
}

/** The same to an exported record. */
export function rewritten(lines: readonly RecordLine[], seq: number, change: (text: string) => string): RecordLine[] {
  let link = seq === 1 ? GENESIS : lines[seq - 2]!.hash;
  return lines.map((line) => {
    if (line.seq < seq) return line;
    const text = line.seq === seq ? change(line.text) : line.text;
    const hash = createHash('sha256').update(Buffer.from(link, 'hex')).update(text, 'utf8').digest('hex');
    const made = { ...line, text, prevHash: link, hash };
    link = hash;
    return made;
  });
}
