import { Injectable, Logger } from '@nestjs/common';
import { type Actor, allow, canSee, findSociety, inCommand, pathKeys, systemActor, visibleOr404 } from '../../access/index.js'; // prettier-ignore
import { ChannelDoors, contactSettings, linkHash, waitsUntil } from '../../alerts/index.js';
import { Database, inSnapshot, inTransaction, read, type Tx } from '../../database/index.js';
import { recordChange, type RecordedActor } from '../../journal/index.js';
import { JobQueue } from '../../queue/index.js';
import { noteReach, peopleOfSociety } from '../../rescue-teams/index.js';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import { decodeCursor, toPage } from '../../shared/paging.js';
import { notFound, Problem } from '../../shared/problem.js';
import { dutyDeskOf } from '../people.store.js';
import type { ChannelTestDto, ChannelTestViewDto, StartTest, TestedPersonDto, TestsQuery } from './channel-test.dto.js';
import * as rules from './channel-test.rules.js';
import * as store from './channel-test.store.js';

const JOB = 'dispatch.channel-test';
const TICK_MS = 60_000;
const ACTOR = systemActor(JOB);
/** People of one society: teams have tens. */
const MOST_PEOPLE = 3000;

/** The weekly silent test of channels: everybody at the desk and in its teams gets a message that asks nothing and rings nowhere. */
@Injectable()
export class ChannelTestService {
  private readonly log = new Logger('channel-test');

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly doors: ChannelDoors,
    queue: JobQueue,
  ) {
    queue.every(JOB, TICK_MS, async () => void (await this.tick()));
  }

  /** Starts the first test of a desk; those after it come by themselves. 409 `channel-test.exists`. */
  async startTest(actor: Actor, input: StartTest): Promise<ChannelTestDto> {
    return inCommand(this.db, actor, async (tx) => {
      const society = await findSociety(tx, input.societyId);
      if (!society || !canSee(actor, pathKeys(society.path))) throw notFound('society', input.societyId);
      allow(actor, 'channel.test', { paths: [society.path] });
      return this.begin(tx, { society, id: input.id ?? newId(), actor });
    });
  }

  /** Ends tests whose day is over, and starts those that are due, in daytime. Right if run twice, late, or by several processes at once. */
  async tick(): Promise<{ closed: number; started: number }> {
    const now = this.clock.now();
    const overdue = await read(this.db, (tx) => store.overdueTests(tx, now));
    let [closed, started] = [0, 0];
    for (const id of overdue) if (await this.safely(id, (tx) => this.close(tx, id, now))) closed++;
    if (!rules.isTestingHour(now)) return { closed, started };
    const due = await read(this.db, (tx) => store.desksToTest(tx, new Date(now.getTime() - rules.TEST_EVERY_MS)));
    for (const society of due)
      if (await this.safely(society.id, async (tx) => !!(await this.begin(tx, { society, id: newId(), actor: ACTOR })))) started++; // prettier-ignore
    return { closed, started };
  }

  /** Whoever holds the link has the message. Told twice, it is known once. 404 `channel-test-link.not-found`. */
  async confirm(token: string): Promise<{ personName: string; confirmed: true }> {
    return inTransaction(this.db, async (tx) => {
      const held = await store.lockMessageOfToken(tx, linkHash(token));
      if (!held) throw notFound('channel-test-link', '');
      if (rules.mayBecome(held.stage, 'confirmed')) await this.reached(tx, held, 'confirmed');
      return { personName: held.personName, confirmed: true };
    });
  }

  /** The app of this person is open and shows what it gets. Answers how many messages that was a receipt for. */
  async noteSeen(actor: Actor): Promise<{ seen: number }> {
    return inTransaction(this.db, async (tx) => {
      const own = await store.lockOwnMessages(tx, actor.userId);
      for (const message of own) await this.reached(tx, message, 'receipt');
      return { seen: own.length };
    });
  }

  async test(actor: Actor, id: string): Promise<ChannelTestViewDto> {
    return inSnapshot(this.db, async (tx) => {
      const row = visibleOr404(actor, await store.findTest(tx, id), 'channel-test', id);
      const messages = await store.messagesOf(tx, [id]);
      return { ...toDto(row, messages), people: peopleIn(messages) };
    });
  }

  /** Newest first. */
  async tests(actor: Actor, query: TestsQuery) {
    const [before] = decodeCursor(query.cursor, ['string']) ?? [null];
    const rows = await inSnapshot(this.db, async (tx) => {
      const society = await findSociety(tx, query.societyId);
      if (!society || !canSee(actor, pathKeys(society.path))) throw notFound('society', query.societyId);
      const tests = await store.testsOf(tx, society.id, { before: before as string | null, limit: query.limit + 1 });
      const messages = await store.messagesOf(tx, tests.map(({ id }) => id)); // prettier-ignore
      return tests.map((test) => toDto(test, messages.filter(({ testId }) => testId === test.id))); // prettier-ignore
    });
    return toPage(rows, query.limit, ({ id }) => [id]);
  }

  private async begin(
    tx: Tx,
    { society, id, actor }: { society: { id: string; path: string }; id: string; actor: RecordedActor },
  ): Promise<ChannelTestDto> {
    const now = this.clock.now();
    const members = await peopleOfSociety(tx, society.id);
    const desk = (await dutyDeskOf(tx, society.path)).map((person) => ({ ...person, teamId: null }));
    const people = [...desk, ...members];
    if (people.length > MOST_PEOPLE) throw new Problem('channel-test.too-many', { most: MOST_PEOPLE });
    const row: store.Test = {
      id, societyId: society.id, startedAt: now, endsAt: new Date(now.getTime() + rules.TEST_LASTS_MS), closedAt: null, startedBy: actor.name,
      scope: pathKeys(society.path), version: 1,
    }; // prettier-ignore
    await store.insertTest(tx, row);
    const said = await contactSettings(tx, people.map(({ userId }) => userId)); // prettier-ignore
    const messages = people.flatMap((person) =>
      rules.channelsOf(person, (channel) => this.doors.carries({ channel, exercise: false })).map((channel): store.Message => {
        const inApp = channel === 'in-app';
        const quiet = (person.userId && said.get(person.userId)?.quiet) || null;
        const quietUntil = inApp ? null : rules.afterQuiet((at) => waitsUntil('channel-test', quiet, at), { now, endsAt: row.endsAt });
        return {
          id: newId(), testId: id, memberId: person.memberId, userId: person.userId, teamId: person.teamId, personName: person.name,
          phone: person.phone, email: person.email ?? null, channel, stage: inApp ? 'handed' : 'planned', stageAt: now, attempts: 0, dueAt: inApp ? null : (quietUntil ?? now), quietUntil, failure: null,
        };
      }),
    ); // prettier-ignore
    await store.insertMessages(tx, messages);
    return tell(tx, row, { kind: 'channel-test.started', messages, actor });
  }

  /** The result stands: nothing more is handed over, and readiness warns of members whom nothing reached. */
  private async close(tx: Tx, id: string, now: Date): Promise<boolean> {
    const held = await store.lockTest(tx, id);
    if (!held || held.closedAt || held.endsAt > now) return false;
    await store.endMessages(tx, id);
    const messages = await store.messagesOf(tx, [id]);
    const members = peopleIn(messages).filter(({ memberId }) => memberId !== null);
    const teams = [...new Set(members.map(({ teamId }) => teamId!))].sort();
    for (const teamId of teams) {
      const own = members.filter((person) => person.teamId === teamId);
      const ids = (reached: boolean) => own.filter(({ reach }) => (reach === 'reached') === reached).map(({ memberId }) => memberId!); // prettier-ignore
      await noteReach(tx, teamId, { reached: ids(true), silent: ids(false), now, actor: ACTOR });
    }
    await tell(tx, await store.closeTest(tx, id, now), { kind: 'channel-test.closed', messages, actor: ACTOR });
    return true;
  }

  private async reached(tx: Tx, message: store.Message, stage: 'receipt' | 'confirmed'): Promise<void> {
    const now = this.clock.now();
    await store.saveMessage(tx, { ...message, stage, stageAt: now, dueAt: null, failure: null });
    const { memberId, teamId } = message;
    // Late is better than never: the warning goes as soon as somebody was reached after all.
    if (memberId && teamId) await noteReach(tx, teamId, { reached: [memberId], silent: [], now, actor: ACTOR });
  }

  private async safely(what: string, body: (tx: Tx) => Promise<boolean>): Promise<boolean> {
    try {
      return await inTransaction(this.db, body);
    } catch (error) {
      this.log.warn(`${what}: ${String(error)}`);
      return false;
    }
  }
}

function peopleIn(messages: readonly store.Message[]): TestedPersonDto[] {
  const people = new Map<string, store.Message[]>();
  for (const message of messages) {
    const key = `${message.memberId} ${message.memberId ? '' : message.userId}`;
    people.set(key, [...(people.get(key) ?? []), message]);
  }
  return [...people.values()].map((own) => {
    const { memberId, userId, teamId, personName: name } = own[0]!;
    const channels = own.map(({ channel, stage, stageAt, attempts, dueAt, quietUntil, failure }) => ({
      channel, stage, stageAt: stageAt.toISOString(), attempts, failure,
      waitsUntil: quietUntil && dueAt?.getTime() === quietUntil.getTime() ? quietUntil.toISOString() : null,
    })); // prettier-ignore
    return { memberId, userId, teamId, name, reach: rules.reachOf(own.map(({ stage }) => stage)), channels };
  });
}

function toDto({ scope: _, ...row }: store.Test, messages: readonly store.Message[]): ChannelTestDto {
  const counts = { reached: 0, unconfirmed: 0, failed: 0 };
  for (const { reach } of peopleIn(messages)) counts[reach]++;
  const [startedAt, endsAt] = [row.startedAt.toISOString(), row.endsAt.toISOString()];
  return { ...row, startedAt, endsAt, closedAt: row.closedAt && row.closedAt.toISOString(), counts };
}

async function tell(
  tx: Tx,
  row: store.Test,
  { kind, messages, actor }: { kind: string; messages: readonly store.Message[]; actor: RecordedActor },
): Promise<ChannelTestDto> {
  const data = toDto(row, messages);
  const { id, version, scope } = row;
  await recordChange(tx, { kind, subject: 'channel-test', id, version, scope, data, actor });
  return data;
}
