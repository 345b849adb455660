import { Injectable } from '@nestjs/common';
import type { Actor } from '../access/index.js';
import { Database, inSnapshot, read } from '../database/index.js';
import { GENESIS, headHash, headSeq, recordLines, searchRecord, verifyRecord } from '../journal/index.js';
import type { ChainDto, ChainQuery, LinesDto, LinesQuery } from './record.dto.js';

/** Lines that one search looks at, whatever it finds. */
const WINDOW = 20_000;
/** Lines of the chain that are checked in one answer. */
const STRETCH = 5000;

/** The record as people read it: found by what it is about, and its chain checked piece by piece. */
@Injectable()
export class RecordSearchService {
  constructor(private readonly db: Database) {}

  /** Lines that the actor's societies cover, the newest first. */
  async lines(actor: Actor, query: LinesQuery): Promise<LinesDto> {
    return read(this.db, async (tx) => {
      const before = query.before ?? (await headSeq(tx)) + 1;
      const wanted = {
        ...query,
        from: query.from ? new Date(query.from) : undefined,
        to: query.to ? new Date(query.to) : undefined,
      };
      const of = { before, window: WINDOW, keys: actor.keys, limit: query.limit };
      const found = await searchRecord(tx, of, wanted);
      const lowest = Math.max(1, before - WINDOW);
      const nextBefore = found.length === query.limit ? found.at(-1)!.seq : lowest;
      const items = found.map(({ body, scope: _, occurredAt, receivedAt, ...line }) => ({
        ...line,
        occurredAt: occurredAt.toISOString(),
        receivedAt: receivedAt.toISOString(),
        data: JSON.parse(body) as Record<string, unknown>,
      }));
      return { items, nextBefore: nextBefore > 1 ? nextBefore : null, lookedAt: before - nextBefore };
    });
  }

  /**
   * Checks the lines after a number against the one before them (J1). Where the lines end, the head must say the same number and hash: lines
   * cut off the end of the record link to each other without fault.
   */
  async chain({ after }: ChainQuery): Promise<ChainDto> {
    return inSnapshot(this.db, async (tx) => {
      const head = await headSeq(tx);
      const [before] = after === 0 ? [{ seq: 0, hash: GENESIS }] : await recordLines(tx, after - 1, 1);
      const at = { from: after, to: after, head };
      if (before?.seq !== after) return { ...at, fault: after > head ? null : { atSeq: after, kind: 'gap' } };
      const lines = await recordLines(tx, after, STRETCH);
      const verdict = verifyRecord(lines, before);
      if (!verdict.ok) return { ...at, fault: { atSeq: verdict.atSeq, kind: verdict.fault } };
      const { lastSeq: to, lastHash } = verdict;
      if (lines.length === STRETCH && to < head) return { ...at, to, fault: null };
      if (to < head) return { ...at, to, fault: { atSeq: to + 1, kind: 'gap' } };
      return {
        ...at,
        to,
        fault: to === head && lastHash === (await headHash(tx)) ? null : { atSeq: head, kind: 'head' },
      };
    });
  }
}
