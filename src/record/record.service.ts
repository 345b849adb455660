import { Injectable } from '@nestjs/common';
import { type Actor, findSocieties, may } from '../access/index.js';
import { Database, read } from '../database/index.js';
import { headSeq, type RecordLine, recordLines, visibleChangesAfter } from '../journal/index.js';
import { notFound, Problem } from '../shared/problem.js';

const EXPORT_BATCH = 1000;

@Injectable()
export class RecordService {
  constructor(private readonly db: Database) {}

  /** Changes that the auditor's society covers, oldest first. */
  async changes(actor: Actor, after: number, limit: number) {
    const changes = await read(this.db, (tx) => visibleChangesAfter(tx, after, actor.keys, limit));
    const items = changes.map(({ body, scope: _, ...change }) => ({ ...change, data: JSON.parse(body) as unknown }));
    return { items, nextCursor: changes.length === limit ? String(changes.at(-1)!.seq) : null };
  }

  async proof(actor: Actor, seq: number): Promise<{ line: RecordLine; head: RecordLine }> {
    await this.mustReadAll(actor);
    return read(this.db, async (tx) => {
      const newest = await headSeq(tx);
      const [line] = await recordLines(tx, seq - 1, 1);
      if (!line || line.seq !== seq) throw notFound('journal', String(seq));
      return { line, head: (await recordLines(tx, newest - 1, 1))[0]! };
    });
  }

  /** The chain covers everybody's lines, so only an auditor at the top of the tree may take it; a partner's is not. 403 `access.denied`. */
  async mustReadAll(actor: Actor): Promise<void> {
    const readers = actor.grants.filter((grant) =>
      may({ ...actor, grants: [grant] }, 'journal.read', { paths: [grant.path] }),
    );
    const ids = readers.map(({ societyId }) => societyId);
    const societies = await read(this.db, (tx) => findSocieties(tx, ids));
    if (!societies.some(({ parentId, level }) => parentId === null && level !== 'partner'))
      throw new Problem('access.denied', { action: 'journal.read' });
  }

  async *lines(): AsyncGenerator<RecordLine> {
    for (let after = 0; ;) {
      const batch = await read(this.db, (tx) => recordLines(tx, after, EXPORT_BATCH));
      yield* batch;
      if (batch.length < EXPORT_BATCH) return;
      after = batch.at(-1)!.seq;
    }
  }
}
