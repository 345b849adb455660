import { Inject, Injectable } from '@nestjs/common';
import { type Actor, allow, canSee, findSociety, inCommand, may, pathKeys } from '../../access/index.js';
import { CONFIG, type Config } from '../../config.js';
import { Database, inTransaction, read, type Tx } from '../../database/index.js';
import { recordChange } from '../../journal/index.js';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import { decodeCursor, toPage } from '../../shared/paging.js';
import { notFound, Problem } from '../../shared/problem.js';
import { fullBucket, refilled } from './bucket.rules.js';
import { failAllOf } from './notice.store.js';
import { trialWords } from './notice-text.js';
import { type Opening, RobotKey } from './robot-key.js';
import { RobotCaller } from './robot-caller.service.js';
import * as store from './robot.store.js';
import { type AddRobot, type ChangeRobot, type RemoveRobot, type RobotDto, ROBOTS_PER_SOCIETY, type RobotsQuery, type RobotTrialDto } from './robots.dto.js'; // prettier-ignore
import { hintOf } from './sealed.rules.js';
import { mustTakeSecret, readWebhook } from './webhook.rules.js';

const DAY_MS = 24 * 3_600_000;

/** The group robots of a society: who adds, changes, tries and removes them. */
@Injectable()
export class RobotsService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly caller: RobotCaller,
    private readonly key: RobotKey,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** A robot of a society that the actor administrates. 422 `robot.webhook`, `robot.secret`, `robot.too-many`, `robot.key`. */
  async addRobot(actor: Actor, input: AddRobot): Promise<RobotDto> {
    const seal = await this.key.sealer();
    return inCommand(this.db, actor, async (tx) => {
      const society = await findSociety(tx, input.societyId);
      if (!society || !canSee(actor, pathKeys(society.path))) throw notFound('society', input.societyId);
      allow(actor, 'channel.manage', { paths: [society.path] });
      const { webhook } = this.read(input.kind, input.webhook);
      const secret = input.secret ?? null;
      mustTakeSecret(input.kind, secret);
      const most = ROBOTS_PER_SOCIETY;
      if ((await store.robotsHeld(tx, society.id)) >= most) throw new Problem('robot.too-many', { most });
      const now = this.clock.now();
      const id = input.id ?? newId();
      const row: store.RobotRow = {
        societyId: society.id, societyName: society.name, societyPath: society.path, kind: input.kind, name: input.name,
        ...seal({ id, webhook, secret }), severity: input.severity, pausedAt: null, removedAt: null, madeBy: actor.name, madeAt: now, changedBy: actor.name,
        changedAt: now, ...fullBucket(now), version: 1,
      }; // prettier-ignore
      await store.insertRobot(tx, row);
      return tell(tx, actor, row, 'robot.added');
    });
  }

  /** Another name, address, severity; paused (what waits is then told no more) or at work again. 409 `robot.stale`; 422 `robot.webhook`, `robot.secret`, `robot.key`. */
  async changeRobot(actor: Actor, id: string, input: ChangeRobot): Promise<RobotDto> {
    const given = input.webhook !== undefined || input.secret !== undefined;
    const seal = given ? await this.key.sealer() : (held: Opening) => held; // a name changes without the key, too
    return inCommand(this.db, actor, async (tx) => {
      const held = await this.hold(tx, actor, { id, version: input.version });
      const now = this.clock.now();
      const address = input.webhook === undefined ? held.webhook : this.read(held.kind, input.webhook).webhook;
      // A secret belongs to its address: another robot is another group.
      const secret = input.secret ?? (input.webhook === undefined ? held.secret : null);
      mustTakeSecret(held.kind, secret);
      const pausedAt = input.paused === undefined ? held.pausedAt : input.paused ? (held.pausedAt ?? now) : null;
      const named = { name: input.name ?? held.name, severity: input.severity ?? held.severity };
      const row = { ...held, ...named, ...seal({ id, webhook: address, secret }), pausedAt, changedBy: actor.name, changedAt: now, version: held.version + 1 }; // prettier-ignore
      await store.saveRobot(tx, row);
      if (pausedAt) await failAllOf(tx, id, { now, failure: 'paused' });
      return tell(tx, actor, row, 'robot.changed');
    });
  }

  /** Takes a robot away; what it had not told yet it never tells. 409 `robot.stale`. */
  async removeRobot(actor: Actor, id: string, { version }: RemoveRobot): Promise<RobotDto> {
    return inCommand(this.db, actor, async (tx) => {
      const held = await this.hold(tx, actor, { id, version });
      const now = this.clock.now();
      // What opened it is of no more use; it is not kept.
      const gone = {
        webhook: hintOf(held.webhook),
        secret: null,
        removedAt: now,
        changedBy: actor.name,
        changedAt: now,
      };
      const row = { ...held, ...gone, version: held.version + 1 };
      await store.saveRobot(tx, row);
      await failAllOf(tx, id, { now, failure: 'removed' });
      return tell(tx, actor, row, 'robot.removed');
    });
  }

  /** Says in the group that this is a trial. Counts as one of its messages. 429 `rate.limited` when it may say nothing now. */
  async tryRobot(actor: Actor, id: string): Promise<RobotTrialDto> {
    const robot = await inTransaction(this.db, async (tx) => {
      const held = await this.mine(tx, actor, id);
      const bucket = refilled(held, this.clock.now());
      if (bucket.tokens < 1) throw new Problem('rate.limited', {}, { retryAfterS: 6 });
      await store.saveTokens(tx, { id, ...bucket, tokens: bucket.tokens - 1 });
      return held;
    });
    const verdict = await this.caller.say(robot, trialWords(this.clock.now()));
    const failure = verdict.sent ? null : verdict.failure;
    await inTransaction(this.db, (tx) => store.noteLast(tx, { id, at: this.clock.now(), failure }));
    return { sent: verdict.sent, failure };
  }

  /** Robots of the societies where the actor administrates, and below; newest first. */
  async robots(actor: Actor, { cursor, limit }: RobotsQuery) {
    const paths = actor.grants.filter((grant) => may({ ...actor, grants: [grant] }, 'channel.manage', { paths: [grant.path] })).map(({ path }) => path); // prettier-ignore
    const [before] = decodeCursor(cursor, ['string']) ?? [null];
    const since = new Date(this.clock.now().getTime() - DAY_MS);
    const isLost = await this.key.lost();
    const rows = await read(this.db, (tx) =>
      store.robotsUnder(tx, { paths, since, before: before as string | null, limit: limit + 1, isLost }),
    );
    return toPage(rows, limit, ({ id }) => [id]);
  }

  private read(kind: AddRobot['kind'], told: string) {
    return readWebhook(kind, told, { loopback: this.config.ROBOT_LOOPBACK });
  }

  private async hold(tx: Tx, actor: Actor, { id, version }: { id: string; version: number }): Promise<store.RobotRow> {
    const held = await this.mine(tx, actor, id);
    if (held.version !== version) throw new Problem('robot.stale', { version: held.version });
    return held;
  }

  private async mine(tx: Tx, actor: Actor, id: string): Promise<store.RobotRow> {
    const held = await store.lockRobot(tx, id);
    if (!held || held.removedAt || !may(actor, 'channel.manage', { paths: [held.societyPath] })) throw notFound('robot', id); // prettier-ignore
    return held;
  }
}

async function tell(tx: Tx, actor: Actor, row: store.RobotRow, kind: string): Promise<RobotDto> {
  const data = store.toRobotDto(row);
  const { id, version, societyPath } = row;
  await recordChange(tx, { kind, subject: 'robot', id, version, scope: pathKeys(societyPath), data, actor });
  return data;
}
