import { Injectable } from '@nestjs/common';
import { type Actor, allow, canSee, findSociety, inCommand, may, pathKeys, visibleOr404 } from '../../access/index.js';
import { Database, inSnapshot, nextNumber, read, type Tx } from '../../database/index.js';
import { closeCause, nextShift, peopleOfDesk, runningShift } from '../../duty/index.js';
import { recordChange } from '../../journal/index.js';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import { decodeCursor, toPage } from '../../shared/paging.js';
import { notFound, Problem } from '../../shared/problem.js';
import {
  type AcknowledgeItem, type CompleteHandover, type DrawHandover, type HandoverDto, type HandoverItemDto, type HandoversQuery, type HandoverStep,
  type HandoverViewDto, type Matter, type MattersDto, MOST_ITEMS, type WithdrawHandover,
} from './handover.dto.js'; // prettier-ignore
import * as rules from './handover.rules.js';
import * as store from './handover.store.js';
import { compareMatters } from './matters.rules.js';
import { mattersAt, societyOf } from './matters.service.js';

type Handover = store.Handover;

/** The hand-over of a duty desk: one goes and says what is open, one comes and acknowledges it line by line; both names and times stay. */
@Injectable()
export class HandoverService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** Lists what is open at the desk now. 409 `handover.exists` while another is under way; 422 `duty-shift.not-of-desk`, `handover.too-long`. */
  async drawHandover(actor: Actor, input: DrawHandover): Promise<HandoverDto> {
    return inCommand(this.db, actor, async (tx) => {
      const society = await findSociety(tx, input.societyId);
      if (!society || !canSee(actor, pathKeys(society.path))) throw notFound('society', input.societyId);
      allow(actor, 'duty.hand-over', { paths: [society.path] });
      if (await store.openHandoverOf(tx, society.id)) throw new Problem('handover.exists');
      const now = this.clock.now();
      const { id = newId(), words } = input;
      const planned = await this.planned(tx, actor, { input, now });
      const matters = await mattersAt(tx, society);
      if (matters.length > MOST_ITEMS) throw new Problem('handover.too-long', { most: MOST_ITEMS });
      const items = matters.map((matter, n) => lineOf(matter, { handoverId: id, line: n + 1, late: false }));
      const year = new Date(now.getTime() + 8 * 3_600_000).getUTCFullYear();
      const serial = await nextNumber(tx, `handover:${society.adcode}:${year}`);
      const drawn: Handover = {
        id, number: `${society.adcode}-JB-${year}-${String(serial).padStart(4, '0')}`, societyId: society.id, state: 'drawn', fromId: actor.userId,
        fromName: actor.name, ...planned, toId: null, toName: null, words, reply: '', drawnAt: now, takenAt: null, completedAt: null,
        withdrawnAt: null, withdrawnBy: null, reason: null, scope: pathKeys(society.path), version: 1,
      }; // prettier-ignore
      await store.insertHandover(tx, drawn);
      await store.insertItems(tx, items);
      return this.tell(tx, actor, { row: drawn, kind: 'handover.drawn' });
    });
  }

  /** I take the desk over: one of those who try gets it. 409 `handover.step-not-allowed`; 422 `duty.separation` for who hands over. */
  async takeOver(actor: Actor, id: string, input: HandoverStep): Promise<HandoverDto> {
    return inCommand(this.db, actor, async (tx) => {
      const held = await this.hold(tx, actor, id);
      const state = rules.handoverAfter(held.state, 'take-over');
      mustBeCurrent(held, input.version);
      rules.mustBeAnother(held.fromId, actor.userId);
      const now = this.clock.now();
      const next = { ...held, state, toId: actor.userId, toName: actor.name, takenAt: now, version: held.version + 1 };
      await store.saveHandover(tx, next);
      return this.tell(tx, actor, { row: next, kind: 'handover.taken' });
    });
  }

  /**
   * I know of this matter: of a line, or of one that appeared since, which gets a line of its own. Acknowledged twice is acknowledged once.
   * 403 unless I took over; 404 `handover-item.not-found` for what is neither listed nor open.
   */
  async acknowledge(actor: Actor, id: string, input: AcknowledgeItem): Promise<HandoverItemDto> {
    return inCommand(this.db, actor, async (tx) => {
      const held = await this.hold(tx, actor, id);
      rules.handoverAfter(held.state, 'acknowledge');
      rules.mustHaveTaken(held.toId, actor.userId);
      const lines = await store.itemsOf(tx, id);
      const line = lines.find(({ key }) => key === input.key);
      if (line?.acknowledgedAt) return store.toItemDto(line);
      const seen = { acknowledgedAt: this.clock.now(), acknowledgedBy: actor.name, note: input.note };
      const item = line ? { ...line, ...seen, version: line.version + 1 } : { ...(await this.lateLine(tx, held, lines, input.key)), ...seen };
      if (line) await store.saveItem(tx, item);
      else await store.insertItems(tx, [item]);
      const data = store.toItemDto(item);
      await recordChange(tx, {
        kind: 'handover.acknowledged', subject: 'handover-item', id: item.id, version: item.version, scope: held.scope, data, actor,
      });
      return data;
    }); // prettier-ignore
  }

  /** The desk is mine. V4: 409 `handover.items-open` while a matter that is open now was not acknowledged; what settled meanwhile is marked. */
  async complete(actor: Actor, id: string, input: CompleteHandover): Promise<HandoverDto> {
    return inCommand(this.db, actor, async (tx) => {
      const held = await this.hold(tx, actor, id);
      const state = rules.handoverAfter(held.state, 'complete');
      rules.mustHaveTaken(held.toId, actor.userId);
      mustBeCurrent(held, input.version);
      const open = await mattersAt(tx, await societyOf(tx, held.societyId));
      await store.settleItems(tx, id, rules.mustBeAcknowledged(await store.itemsOf(tx, id), open));
      const now = this.clock.now();
      const next = { ...held, state, reply: input.reply, completedAt: now, version: held.version + 1 };
      await store.saveHandover(tx, next);
      await closeCause(tx, { kind: 'handover-late', subjectId: id, now });
      return this.tell(tx, actor, { row: next, kind: 'handover.completed' });
    });
  }

  /** It does not take place; by who drew it, or by a duty lead. 403 for others. */
  async withdraw(actor: Actor, id: string, input: WithdrawHandover): Promise<HandoverDto> {
    return inCommand(this.db, actor, async (tx) => {
      const held = await this.hold(tx, actor, id);
      const state = rules.handoverAfter(held.state, 'withdraw');
      if (held.fromId !== actor.userId) allow(actor, 'duty.withdraw', { paths: [(await societyOf(tx, held.societyId)).path] }); // prettier-ignore
      mustBeCurrent(held, input.version);
      const now = this.clock.now();
      const { reason } = input;
      const next = { ...held, state, withdrawnAt: now, withdrawnBy: actor.name, reason, version: held.version + 1 };
      await store.saveHandover(tx, next);
      await closeCause(tx, { kind: 'handover-late', subjectId: id, now });
      return this.tell(tx, actor, { row: next, kind: 'handover.withdrawn' });
    });
  }

  /** The document; while it is under way with what appeared and what settled since, as of this moment. */
  async handover(actor: Actor, id: string): Promise<HandoverViewDto> {
    return inSnapshot(this.db, async (tx) => {
      const row = visibleOr404(actor, await store.findHandover(tx, id), 'handover', id);
      const items = await store.itemsOf(tx, id);
      const underWay = row.state === 'drawn' || row.state === 'taken';
      const since = underWay
        ? compareMatters(items, await mattersAt(tx, await societyOf(tx, row.societyId)))
        : { added: [], gone: [] };
      return { ...store.toHandoverDto(row, items), ...since };
    });
  }

  /** Newest first. 404 `society.not-found` for a desk that the actor does not see. */
  async handovers(actor: Actor, query: HandoversQuery) {
    const [before] = decodeCursor(query.cursor, ['string']) ?? [null];
    const rows = await read(this.db, async (tx) => {
      const society = await findSociety(tx, query.societyId);
      if (!society || !canSee(actor, pathKeys(society.path))) throw notFound('society', query.societyId);
      return store.handoversOf(tx, society.id, { before: before as string | null, limit: query.limit + 1 });
    });
    return toPage(rows.map(store.toHeadDto), query.limit, ({ id }) => [id]);
  }

  /** What would be handed over now. */
  async matters(actor: Actor, societyId: string): Promise<MattersDto> {
    return inSnapshot(this.db, async (tx) => {
      const society = await findSociety(tx, societyId);
      if (!society || !may(actor, 'duty.hand-over', { paths: [society.path] })) throw notFound('society', societyId);
      return { societyId, at: this.clock.now().toISOString(), items: await mattersAt(tx, society) };
    });
  }

  private async hold(tx: Tx, actor: Actor, id: string): Promise<Handover> {
    const held = visibleOr404(actor, await store.lockHandover(tx, id), 'handover', id);
    allow(actor, 'duty.hand-over', { paths: [(await societyOf(tx, held.societyId)).path] });
    return held;
  }

  /** Who is to take over and by when: as asked, or by the roster. */
  private async planned(
    tx: Tx,
    actor: Actor,
    { input, now }: { input: DrawHandover; now: Date },
  ): Promise<Pick<Handover, 'expectedId' | 'expectedName' | 'dueAt'>> {
    const { societyId, expectedId: wanted } = input;
    const { userId } = actor;
    if (wanted) rules.mustBeAnother(userId, wanted);
    const running = await runningShift(tx, { societyId, userId, now });
    const dueAt = input.dueAt ? new Date(input.dueAt) : (running?.endsAt ?? new Date(now.getTime() + rules.DUE_AFTER_MS));
    const named = (await peopleOfDesk(tx, societyId)).find((person) => person.userId === wanted);
    if (wanted && !named) throw new Problem('duty-shift.not-of-desk', { userId: wanted });
    const from = running?.endsAt ?? now;
    const next = named ?? (await nextShift(tx, { societyId, role: 'dutyOfficer', from, notUserId: userId }));
    return { expectedId: next?.userId ?? null, expectedName: next?.name ?? null, dueAt };
  } // prettier-ignore

  private async lateLine(tx: Tx, held: Handover, lines: readonly store.Item[], key: string): Promise<store.Item> {
    const matter = (await mattersAt(tx, await societyOf(tx, held.societyId))).find((open) => open.key === key);
    if (!matter) throw notFound('handover-item', key);
    return lineOf(matter, { handoverId: held.id, line: lines.length + 1, late: true });
  }

  private async tell(tx: Tx, actor: Actor, { row, kind }: { row: Handover; kind: string }): Promise<HandoverDto> {
    const data = store.toHandoverDto(row, await store.itemsOf(tx, row.id));
    const { id, version, scope } = row;
    await recordChange(tx, { kind, subject: 'handover', id, version, scope, data, actor });
    return data;
  }
}

const mustBeCurrent = (held: Handover, version: number): void => {
  if (held.version !== version) throw new Problem('handover.stale', { version: held.version });
};

function lineOf(matter: Matter, of: { handoverId: string; line: number; late: boolean }): store.Item {
  const instant = (at: string | null) => (at === null ? null : new Date(at));
  return {
    ...matter, ...of, id: newId(), since: instant(matter.since), dueAt: instant(matter.dueAt), settled: false, acknowledgedAt: null,
    acknowledgedBy: null, note: '', version: 1,
  }; // prettier-ignore
}
