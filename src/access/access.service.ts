import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config.js';
import { Database, inTransaction, read, type Tx } from '../database/index.js';
import { recordChange, type RecordedActor } from '../journal/index.js';
import { Clock } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import { notFound, Problem } from '../shared/problem.js';
import type { ActorDto, CreateUser, GrantRole, SessionDto, SignIn, SocietyDto, UserDto } from './access.dto.js';
import * as store from './access.store.js';
import { allow, may } from './actions.rules.js';
import type { Actor } from './actor.js';
import { refuseOneself } from './accounts.service.js';
import { inCommand } from './command.js';
import { hashPassword, verifyPassword } from './passwords.js';
import { actorKeys, isWithin, pathKeys, userKey } from './scope.rules.js';
import { inTurn } from '../shared/in-turn.js';

/** Lock-out after 5 wrong passwords for 15 minutes (graded protection level 3 asks for a lock; the figures are ours). */
const FAILURES_BEFORE_LOCK = 5;
const LOCK_MS = 15 * 60_000;

const tokenHash = (token: string) => createHash('sha256').update(token).digest();

@Injectable()
export class AccessService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Opens a session. 401 `auth.failed` for a wrong account or password alike; 429 `auth.locked` after five wrong passwords. */
  async signIn(input: SignIn, from: { ip: string; userAgent: string }): Promise<SessionDto> {
    const now = this.clock.now();
    const user = await read(this.db, (tx) => store.findUserByAccount(tx, input.account));
    if (user?.lockedUntil && user.lockedUntil > now) throw lockedUntil(user.lockedUntil, now);
    const matches = await verifyPassword(user?.passwordHash, input.password);
    if (!user) throw new Problem('auth.failed');
    const token = randomBytes(32).toString('base64url');
    const expiresAt = new Date(now.getTime() + this.config.SESSION_HOURS * 3_600_000);
    const actor = await inTransaction(this.db, async (tx) => {
      // Looked at again under the lock: guesses made side by side are counted one after another, and none is answered once it is locked.
      const held = (await store.lockUser(tx, user.id))!;
      if (held.lockedUntil && held.lockedUntil > now) throw lockedUntil(held.lockedUntil, now);
      if (!matches || held.disabledAt) return countFailure(tx, held, now);
      await store.saveFailures(tx, user.id, 0, null);
      const session = { id: newId(), userId: user.id, tokenHash: tokenHash(token), now, expiresAt, ...from };
      await store.insertSession(tx, session);
      return actorFor({ ...user, id: session.id, userId: user.id, expiresAt }, await store.grantsOf(tx, user.id));
    });
    if (!actor) throw new Problem('auth.failed');
    return { token, expiresAt: expiresAt.toISOString(), actor: await this.describe(actor) };
  }

  /**
   * Opens a session of a drill for somebody who has shown a real one, and under its id: who ends that one ends this (`endSession`), and it
   * ends with that one's time (`realLastsMs` of the day), however the clock of the drill runs or stands; `lastsMs` is of the drill.
   * 404 `user.not-found` for an account that is younger than the drill, or disabled.
   */
  async admit(
    userId: string,
    session: { id: string; lastsMs: number; realLastsMs: number; ip: string; userAgent: string },
  ): Promise<SessionDto> {
    const now = this.clock.now();
    const token = randomBytes(32).toString('base64url');
    const expiresAt = new Date(now.getTime() + session.lastsMs);
    const actor = await inTransaction(this.db, async (tx) => {
      const user = await store.lockUser(tx, userId);
      if (!user || user.disabledAt) throw notFound('user', userId);
      await store.replaceSession(tx, { ...session, userId, tokenHash: tokenHash(token), now, expiresAt });
      return actorFor({ ...user, id: session.id, userId, expiresAt }, await store.grantsOf(tx, userId));
    });
    return { token, expiresAt: expiresAt.toISOString(), actor: await this.describe(actor) };
  }

  /** The actor of a live session token, or undefined. */
  async actorOf(token: string): Promise<Actor | undefined> {
    return read(this.db, async (tx) => {
      const session = await store.liveSession(tx, tokenHash(token), this.clock.now());
      return session && actorFor(session, session.grants);
    });
  }

  /** The actor of an account without a session, for what the system does in a person's name at the start of a demo. */
  async actorNamed(account: string): Promise<Actor> {
    return read(this.db, async (tx) => {
      const user = await store.findUserByAccount(tx, account);
      if (!user) throw notFound('user', account);
      return actorFor(
        { ...user, id: '', userId: user.id, expiresAt: this.clock.now() },
        await store.grantsOf(tx, user.id),
      );
    });
  }

  async signOut(actor: Actor): Promise<void> {
    await this.endSession(actor.sessionId, actor);
  }

  /** Ends a session, if it is alive. */
  async endSession(id: string, actor: RecordedActor): Promise<void> {
    await inTransaction(this.db, async (tx) => {
      const userId = await store.revokeSession(tx, id, this.clock.now());
      if (userId === undefined) return;
      const scope = [userKey(userId)];
      await recordChange(tx, { kind: 'session.ended', subject: 'session', id, version: 1, scope, data: {}, actor });
    });
  }

  /** Ends the sessions of a drill whose real ones have run out: their lines too, of which no request asks. */
  async endOutlived(actor: RecordedActor): Promise<void> {
    for (const id of await read(this.db, store.outlivedSessions)) await this.endSession(id, actor);
  }

  async describe(actor: Actor): Promise<ActorDto> {
    const grants = await read(this.db, (tx) => store.grantsOf(tx, actor.userId));
    const { userId, account, name, locale } = actor;
    return { userId, account, name, locale, grants: grants.map(({ path: _, ...grant }) => grant) };
  }

  async societies(): Promise<SocietyDto[]> {
    return (await read(this.db, store.allSocieties)).map(store.toSocietyDto);
  }

  /** Makes an account in a society that the administrator covers. 409 `account.exists`. */
  async createUser(actor: Actor, input: CreateUser): Promise<UserDto> {
    const passwordHash = await hashPassword(input.password);
    return inCommand(this.db, actor, async (tx) => {
      const society = await this.manageable(tx, actor, input.societyId);
      if (await store.accountTaken(tx, input.account)) throw new Problem('account.exists', { account: input.account });
      const user = {
        id: input.id ?? newId(),
        account: input.account,
        name: input.name,
        phone: input.phone ?? null,
        email: input.email ?? null,
      };
      await store.insertUser(tx, { ...user, societyId: society.id, passwordHash });
      const dto: UserDto = { ...user, societyId: society.id, disabled: false, roles: [], version: 1 };
      const scope = pathKeys(society.path);
      await recordChange(tx, {
        kind: 'user.created',
        subject: 'user',
        id: user.id,
        version: 1,
        scope,
        data: dto,
        actor,
      });
      return dto;
    });
  }

  /**
   * Gives a role at a society that the administrator covers, to one of its people; consoles of that person start afresh. 404 for people
   * of other societies, and for a team or warehouse that does not belong to the society of the grant; 422 `duty.separation` for oneself.
   */
  async grantRole(actor: Actor, userId: string, input: GrantRole): Promise<UserDto> {
    return inCommand(this.db, actor, async (tx) => {
      const user = await store.lockUser(tx, userId);
      const home = user && (await store.findSociety(tx, user.societyId));
      if (!home || !may(actor, 'user.manage', { paths: [home.path] })) throw notFound('user', userId);
      refuseOneself(actor, userId);
      const at = await this.manageable(tx, actor, input.societyId);
      const { role, societyId, teamId = null, warehouseId = null } = input;
      if (teamId) await mustBelong(tx, at, 'team', teamId);
      if (warehouseId) await mustBelong(tx, at, 'warehouse', warehouseId);
      await store.insertGrant(tx, { id: newId(), userId, role, societyId, teamId, warehouseId });
      const roles = (await store.grantsOf(tx, userId)).map(({ path: _, ...grant }) => grant);
      const { id, account, name, phone, email, version } = user;
      const dto: UserDto = {
        id,
        account,
        name,
        phone,
        email,
        societyId: home.id,
        disabled: user.disabledAt !== null,
        roles,
        version,
      };
      const scope = [...pathKeys(home.path), userKey(userId)];
      await recordChange(tx, { kind: 'user.role-granted', subject: 'user', id, version, scope, data: dto, actor });
      return dto;
    });
  }

  async users(actor: Actor, after: string | null, limit: number): Promise<UserDto[]> {
    const paths = actor.grants.filter((grant) => grant.role === 'administrator').map((grant) => grant.path);
    return read(this.db, async (tx) => {
      const users = await store.usersUnder(tx, paths, after, limit);
      return inTurn(users, async (user) => ({
        ...user,
        roles: (await store.grantsOf(tx, user.id)).map(({ path: _, ...grant }) => grant),
      }));
    });
  }

  private async manageable(tx: Tx, actor: Actor, societyId: string): Promise<store.SocietyRow> {
    const society = await store.findSociety(tx, societyId);
    if (!society) throw notFound('society', societyId);
    allow(actor, 'user.manage', { paths: [society.path] });
    return society;
  }
}

function actorFor(
  session: Pick<store.SessionRow, 'id' | 'userId' | 'expiresAt' | 'account' | 'name' | 'locale'>,
  grants: store.GrantRow[],
): Actor {
  const { id: sessionId, expiresAt: sessionEndsAt, userId, account, name, locale } = session;
  return { userId, account, name, locale, sessionId, sessionEndsAt, grants, keys: actorKeys(userId, grants) };
}

async function countFailure(tx: Tx, user: store.UserRow, now: Date): Promise<undefined> {
  const failures = user.failures + 1;
  const locked = failures >= FAILURES_BEFORE_LOCK;
  await store.saveFailures(tx, user.id, locked ? 0 : failures, locked ? new Date(now.getTime() + LOCK_MS) : null);
}

/** A role narrowed to a team or warehouse is the right to act there: only what lies under the society of the grant can be named. */
async function mustBelong(tx: Tx, society: store.SocietyRow, noun: 'team' | 'warehouse', id: string): Promise<void> {
  const path = await store.pathOfPlace(tx, noun, id);
  if (!path || !isWithin(path, society.path)) throw notFound(noun, id);
}

function lockedUntil(until: Date, now: Date): Problem {
  const seconds = Math.ceil((until.getTime() - now.getTime()) / 1000);
  return new Problem('auth.locked', { minutes: Math.ceil(seconds / 60) }, { retryAfterS: seconds });
}
