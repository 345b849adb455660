import { Injectable, Logger } from '@nestjs/common';
import { type Actor, allow, inCommand, pathKeys, systemActor, visibleOr404, warehouseKey } from '../../access/index.js';
import { Database, inSnapshot, inTransaction, read, type Tx } from '../../database/index.js';
import { recordChange, type RecordedActor } from '../../journal/index.js';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import { decodeCursor, toPage } from '../../shared/paging.js';
import { Problem } from '../../shared/problem.js';
import { dayOf } from '../days.rules.js';
import { findWarehouse, lockWarehouse, type WarehouseRow } from '../warehouse.store.js';
import { type Cause, differenceOf, KINDS_OF, levelCauses, shelfCauses, signatureCauses } from './notice.rules.js';
import * as store from './notice.store.js';
import type { AcknowledgeNotice, NoticeDto, NoticesQuery } from './watch.dto.js';

const WATCH = systemActor('stock.watch');
/** What one round looks at: the levels against their policies, the lots on the shelves, or second signatures that are due. */
export type Look = keyof typeof KINDS_OF;

@Injectable()
export class NoticeService {
  private readonly log = new Logger('stock-watch');

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Looks at all warehouses at once; where the notices are not what they should be, looks again with the warehouse locked, one
   * transaction each, and opens, corrects and closes them. Right if run twice, late, or by several processes at once: a cause has one open
   * notice. Answers how many were opened and closed.
   */
  async scan(look: Look): Promise<{ opened: number; closed: number }> {
    const sum = { opened: 0, closed: 0 };
    for (const warehouseId of await this.differing(look)) {
      try {
        const { opened, closed } = await inTransaction(this.db, (tx) => this.scanWarehouse(tx, warehouseId, look));
        sum.opened += opened;
        sum.closed += closed;
      } catch (error) {
        this.log.error(`warehouse ${warehouseId} was not looked at: ${String(error)}`);
      }
    }
    return sum;
  }

  /** Someone has seen it and says what is done about it. It closes by itself. 404 · 409 `stock-notice.step-not-allowed` once closed. */
  async acknowledge(actor: Actor, id: string, input: AcknowledgeNotice): Promise<NoticeDto> {
    return inCommand(this.db, actor, async (tx) => {
      const notice = visibleOr404(actor, await store.lockNotice(tx, id), 'stock-notice', id);
      const warehouse = await findWarehouse(tx, notice.warehouseId);
      allow(actor, 'stock.check', { paths: [warehouse!.societyPath], warehouseId: notice.warehouseId });
      if (notice.closedAt)
        throw new Problem('stock-notice.step-not-allowed', { step: 'acknowledge', status: 'closed' });
      if (notice.acknowledgedBy) return store.toNoticeDto(notice); // somebody was quicker: seen is seen
      if (input.version !== undefined && input.version !== notice.version)
        throw new Problem('stock-notice.stale', { version: notice.version });
      const now = this.clock.now();
      const seen = { ...notice, acknowledgedBy: actor.name, acknowledgedAt: now, note: input.note ?? null };
      const saved = await store.saveNotices(tx, [seen]);
      await tell(tx, saved, { kind: 'stock.notice-acknowledged', actor, now });
      return store.toNoticeDto(saved[0]!);
    });
  }

  /** The newest cause first. 404 `warehouse.not-found` for one that the actor may not see. */
  async notices(actor: Actor, query: NoticesQuery) {
    const before = decodeCursor(query.cursor, ['string', 'string']) as [string, string] | null;
    const { warehouseId, kind, open, acknowledged, limit } = query;
    const rows = await read(this.db, async (tx) => {
      if (warehouseId) visibleOr404(actor, await findWarehouse(tx, warehouseId), 'warehouse', warehouseId);
      const filter = { warehouseId, kind, open, acknowledged };
      return store.noticesBefore(tx, filter, { keys: actor.keys, before, limit: limit + 1 });
    });
    return toPage(rows.map(store.toNoticeDto), limit, (notice) => [notice.sinceAt, notice.id]);
  }

  private async differing(look: Look): Promise<string[]> {
    const { opened, changed, closed } = await inSnapshot(this.db, async (tx) => {
      const found = await causesOf(tx, null, { look, now: this.clock.now() });
      return differenceOf(await store.openNotices(tx), found, KINDS_OF[look]);
    });
    const differing = [...opened, ...changed.map(({ notice }) => notice), ...closed];
    return [...new Set(differing.map(({ warehouseId }) => warehouseId))].sort();
  }

  private async scanWarehouse(tx: Tx, warehouseId: string, look: Look): Promise<{ opened: number; closed: number }> {
    const warehouse = await lockWarehouse(tx, warehouseId);
    if (!warehouse) return { opened: 0, closed: 0 };
    const now = this.clock.now();
    const found = await causesOf(tx, warehouseId, { look, now });
    const open = await store.lockOpenNotices(tx, warehouseId);
    const { opened, changed, closed } = differenceOf(open, found, KINDS_OF[look]);
    const rows = opened.map((cause) => noticeOf(cause, warehouse, now));
    const by = { actor: WATCH, now };
    if (rows.length > 0) await tell(tx, await store.insertNotices(tx, rows), { kind: 'stock.notice-opened', ...by });
    const updated = changed.map(({ notice, figures }) => ({ ...notice, figures }));
    if (updated.length > 0)
      await tell(tx, await store.saveNotices(tx, updated), { kind: 'stock.notice-changed', ...by });
    const ended = closed.map((notice) => ({ ...notice, closedAt: now }));
    if (ended.length > 0) await tell(tx, await store.saveNotices(tx, ended), { kind: 'stock.notice-closed', ...by });
    return { opened: rows.length, closed: ended.length };
  }
}

async function causesOf(
  tx: Tx,
  warehouseId: string | null,
  { look, now }: { look: Look; now: Date },
): Promise<Cause[]> {
  if (look === 'levels') return levelCauses(await store.levelFacts(tx, warehouseId));
  if (look === 'signatures') return signatureCauses(await store.signatureFacts(tx, warehouseId), now);
  return shelfCauses(await store.lotFacts(tx, warehouseId), dayOf(now));
}

/** Its own society with all above, and its keeper; those below need not know how full the shelves of others are. */
const noticeOf = (cause: Cause, warehouse: WarehouseRow, now: Date): store.NoticeRow => ({
  ...cause, id: newId(), lotCode: null, sinceAt: now, acknowledgedBy: null, acknowledgedAt: null, note: null, closedAt: null,
  scope: [...pathKeys(warehouse.societyPath), warehouseKey(warehouse.id)], version: 1,
}); // prettier-ignore

async function tell(
  tx: Tx,
  rows: store.NoticeRow[],
  { kind, actor, now }: { kind: string; actor: RecordedActor; now: Date },
): Promise<void> {
  for (const row of rows) {
    const { id, version, scope } = row;
    const data = store.toNoticeDto(row);
    await recordChange(tx, { kind, subject: 'stock-notice', id, version, scope, data, actor, occurredAt: now, recordedAt: now }); // prettier-ignore
  }
}
