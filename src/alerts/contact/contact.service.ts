import { Injectable } from '@nestjs/common';
import { type Actor, inCommand, may, pathKeys, userKey } from '../../access/index.js';
import { Database, read } from '../../database/index.js';
import { recordChange } from '../../journal/index.js';
import { Clock } from '../../shared/clock.js';
import { notFound, Problem } from '../../shared/problem.js';
import { type ContactSettingDto, minuteOf, type SetContact } from './contact.dto.js';
import * as store from './contact.store.js';

/** How people want to be told: each says it for himself, and the desks above may look. */
@Injectable()
export class ContactService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  async own(actor: Actor): Promise<ContactSettingDto> {
    return read(this.db, async (tx) => {
      const said = await store.contactSettings(tx, [actor.userId]);
      return said.get(actor.userId) ?? store.unsaid(actor.userId);
    });
  }

  /** Of somebody whose society the actor's desk covers. 404 `user.not-found` for anybody else. */
  async ofUser(actor: Actor, userId: string): Promise<ContactSettingDto> {
    return read(this.db, async (tx) => {
      const path = await store.homePath(tx, userId);
      if (!path || !may(actor, 'contact.read', { paths: [path] })) throw notFound('user', userId);
      return (await store.contactSettings(tx, [userId])).get(userId) ?? store.unsaid(userId);
    });
  }

  /** One's own. 409 `contact.stale` when it was changed meanwhile, as on another device. */
  async set(actor: Actor, { version, ...said }: SetContact): Promise<ContactSettingDto> {
    return inCommand(this.db, actor, async (tx) => {
      const { userId } = actor;
      const path = await store.lockHomePath(tx, userId);
      if (!path) throw notFound('user', userId);
      const held = (await store.contactSettings(tx, [userId])).get(userId) ?? store.unsaid(userId);
      if (held.version !== version) throw new Problem('contact.stale', { version: held.version });
      const data: ContactSettingDto = { userId, ...said, version: version + 1 };
      const { quiet } = said;
      const [fromMin, toMin] = quiet ? [minuteOf(quiet.from), minuteOf(quiet.to)] : [null, null];
      await store.saveSetting(tx, data, { fromMin, toMin, now: this.clock.now() });
      const scope = [...pathKeys(path), userKey(userId)];
      await recordChange(tx, { kind: 'contact.set', subject: 'contact-setting', id: userId, version: data.version, scope, data, actor }); // prettier-ignore
      return data;
    });
  }
}
