import { Injectable } from '@nestjs/common';
import { Database, read, type Tx } from '../database/index.js';
import { recordChange } from '../journal/index.js';
import { Clock } from '../shared/clock.js';
import { ensure, notFound, Problem } from '../shared/problem.js';
import type { ChangePassword, GrantRole, UserDto } from './access.dto.js';
import * as store from './access.store.js';
import { may } from './actions.rules.js';
import type { Actor } from './actor.js';
import { inCommand } from './command.js';
import { hashPassword, verifyPassword } from './passwords.js';
import { pathKeys, userKey } from './scope.rules.js';

/** What happens to an account after it was made: passwords, roles that are taken away, people who leave. */
@Injectable()
export class AccountsService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** A new password for oneself; every other session of the person ends. 422 `password.wrong` when the present one is not right. */
  async changePassword(actor: Actor, input: ChangePassword): Promise<{ changed: true }> {
    const known = await read(this.db, (tx) => store.findUserByAccount(tx, actor.account));
    if (!(await verifyPassword(known?.passwordHash, input.current))) throw new Problem('password.wrong');
    const passwordHash = await hashPassword(input.next);
    return inCommand(this.db, actor, async (tx) => {
      const user = await store.lockUser(tx, actor.userId);
      // Looked at again under the lock: a password that somebody has changed meanwhile is not replaced by who knew the old one.
      if (user?.passwordHash !== known!.passwordHash) throw new Problem('password.wrong');
      await store.savePassword(tx, user.id, passwordHash);
      await this.endSessions(tx, { actor, userId: user.id, except: actor.sessionId });
      await this.tell(tx, actor, { kind: 'user.password-changed', userId: user.id });
      return { changed: true };
    });
  }

  /** A password given by an administrator of the person's society; all of the person's sessions end. */
  async resetPassword(actor: Actor, userId: string, password: string): Promise<UserDto> {
    const passwordHash = await hashPassword(password);
    return inCommand(this.db, actor, async (tx) => {
      const user = await this.managed(tx, actor, userId);
      await store.savePassword(tx, user.id, passwordHash);
      await this.endSessions(tx, { actor, userId });
      return this.tell(tx, actor, { kind: 'user.password-reset', userId });
    });
  }

  /** Where mails to the person go; null: nowhere. Also one's own: it opens nothing. 404 for people of other societies. */
  async changeEmail(actor: Actor, userId: string, email: string | null): Promise<UserDto> {
    return inCommand(this.db, actor, async (tx) => {
      await this.reachable(tx, actor, userId);
      await store.saveEmail(tx, userId, email);
      return this.tell(tx, actor, { kind: 'user.email-changed', userId });
    });
  }

  /** Takes a role away; consoles of that person start afresh. 404 `role.not-found` when it is not held. */
  async revokeRole(actor: Actor, userId: string, input: GrantRole): Promise<UserDto> {
    return inCommand(this.db, actor, async (tx) => {
      await this.managed(tx, actor, userId);
      const { role, societyId, teamId = null, warehouseId = null } = input;
      const at = await store.findSociety(tx, societyId);
      if (!at || !may(actor, 'user.manage', { paths: [at.path] })) throw notFound('society', societyId);
      const held = await store.deleteGrant(tx, { userId, role, societyId, teamId, warehouseId });
      if (!held) throw notFound('role', role);
      return this.tell(tx, actor, { kind: 'user.role-revoked', userId });
    });
  }

  /** One account with its roles. 404 `user.not-found` for people of other societies. */
  async user(actor: Actor, userId: string): Promise<UserDto> {
    return read(this.db, async (tx) => {
      const user = await store.findUserById(tx, userId);
      const home = user && (await store.findSociety(tx, user.societyId));
      if (!home || !may(actor, 'user.manage', { paths: [home.path] })) throw notFound('user', userId);
      return dtoOf(tx, user);
    });
  }

  /** The person can no longer sign in, and every session ends at once. Told twice, it happens once. */
  async disable(actor: Actor, userId: string): Promise<UserDto> {
    return this.setDisabled(actor, userId, true);
  }

  async enable(actor: Actor, userId: string): Promise<UserDto> {
    return this.setDisabled(actor, userId, false);
  }

  private async setDisabled(actor: Actor, userId: string, disabled: boolean): Promise<UserDto> {
    return inCommand(this.db, actor, async (tx) => {
      await this.managed(tx, actor, userId);
      await store.saveDisabled(tx, userId, disabled ? this.clock.now() : null);
      if (disabled) await this.endSessions(tx, { actor, userId });
      return this.tell(tx, actor, { kind: disabled ? 'user.disabled' : 'user.enabled', userId });
    });
  }

  /** The locked row of somebody whom the actor administers: 404 for people of other societies, 422 `duty.separation` for oneself. */
  private async managed(tx: Tx, actor: Actor, userId: string): Promise<store.UserRow> {
    const user = await this.reachable(tx, actor, userId);
    refuseOneself(actor, userId);
    return user;
  }

  /** The same, oneself included. */
  private async reachable(tx: Tx, actor: Actor, userId: string): Promise<store.UserRow> {
    const user = await store.lockUser(tx, userId);
    const home = user && (await store.findSociety(tx, user.societyId));
    if (!home || !may(actor, 'user.manage', { paths: [home.path] })) throw notFound('user', userId);
    return user;
  }

  private async endSessions(tx: Tx, of: { actor: Actor; userId: string; except?: string }): Promise<void> {
    const ended = await store.revokeSessionsOf(tx, { userId: of.userId, except: of.except, now: this.clock.now() });
    for (const id of ended) {
      await recordChange(tx, {
        kind: 'session.ended', subject: 'session', id, version: 1, scope: [userKey(of.userId)], data: {}, actor: of.actor,
      }); // prettier-ignore
    }
  }

  private async tell(tx: Tx, actor: Actor, change: { kind: string; userId: string }): Promise<UserDto> {
    const user = await store.nextUserVersion(tx, change.userId);
    const home = await store.findSociety(tx, user.societyId);
    ensure(home !== undefined, 'A5 a person belongs to a society');
    const dto = await dtoOf(tx, user);
    const { id, version } = dto;
    const scope = [...pathKeys(home.path), userKey(id)];
    await recordChange(tx, { kind: change.kind, subject: 'user', id, version, scope, data: dto, actor });
    return dto;
  }
}

async function dtoOf(tx: Tx, user: store.UserRow): Promise<UserDto> {
  const { id, account, name, phone, email, societyId, disabledAt, version } = user;
  const roles = (await store.grantsOf(tx, id)).map(({ path: _, ...grant }) => grant);
  return { id, account, name, phone, email, societyId, disabled: disabledAt !== null, roles, version };
}

/** Nobody changes what he may do himself: the second pair of eyes is the point of an administrator. 422 `duty.separation`. */
export function refuseOneself(actor: Actor, userId: string): void {
  if (actor.userId === userId) throw new Problem('duty.separation', { first: 'administrator', second: actor.account });
}
