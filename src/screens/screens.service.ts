import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Actor, allow, findSociety, inCommand, may, pathKeys } from '../access/index.js';
import { Database, read } from '../database/index.js';
import { recordChange } from '../journal/index.js';
import { Clock } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import { decodeCursor, toPage } from '../shared/paging.js';
import { notFound, Problem } from '../shared/problem.js';
import * as store from './screen.store.js';
import { type MadeScreen, type MakeScreen, SCREEN_LIMITS, type ScreenDto, type ScreensQuery } from './screens.dto.js';

const DAY_MS = 86_400_000;
const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Who lends a screen its token and takes it back, and what a token opens. */
@Injectable()
export class ScreensService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** Makes a screen of a society that the actor covers, with its token. 422 `screen.too-many`. */
  async makeScreen(actor: Actor, input: MakeScreen): Promise<MadeScreen> {
    const token = randomBytes(32).toString('base64url');
    let own: ScreenDto | undefined;
    // B2: the answer that is kept for a repeated request has no token in it.
    const screen = await inCommand(this.db, actor, async (tx) => {
      const society = await findSociety(tx, input.societyId);
      if (!society) throw notFound('society', input.societyId);
      allow(actor, 'screen.manage', { paths: [society.path] });
      const now = this.clock.now();
      const most = SCREEN_LIMITS.perSociety;
      if ((await store.openScreensOf(tx, society.id, now)) >= most) throw new Problem('screen.too-many', { most });
      const row: store.ScreenRow = {
        id: input.id ?? newId(), societyId: society.id, societyName: society.name, societyPath: society.path, name: input.name,
        namesAllowed: input.namesAllowed, madeBy: actor.name, madeAt: now, expiresAt: new Date(now.getTime() + input.days * DAY_MS),
        lastSeenAt: null, revokedAt: null, version: 1,
      }; // prettier-ignore
      await store.insertScreen(tx, row, hashOf(token));
      own = await tell(tx, actor, row, 'screen.made');
      return own;
    });
    return { screen, token: screen === own ? token : null };
  }

  /** Takes the token back: the screen is refused from its next question on. Told twice, it happens once. */
  async revokeScreen(actor: Actor, id: string): Promise<ScreenDto> {
    return inCommand(this.db, actor, async (tx) => {
      const row = await store.lockScreen(tx, id);
      if (!row || !may(actor, 'screen.manage', { paths: [row.societyPath] })) throw notFound('screen', id);
      if (row.revokedAt) return store.toScreenDto(row);
      const now = this.clock.now();
      await store.saveRevoked(tx, id, now);
      return tell(tx, actor, { ...row, revokedAt: now, version: row.version + 1 }, 'screen.revoked');
    });
  }

  /** Screens of the societies where the actor may make them, and below; newest first. */
  async screens(actor: Actor, { cursor, limit }: ScreensQuery) {
    const paths = actor.grants.filter((grant) => may({ ...actor, grants: [grant] }, 'screen.manage', { paths: [grant.path] })).map(({ path }) => path); // prettier-ignore
    const [before] = decodeCursor(cursor, ['string']) ?? [null];
    const rows = await read(this.db, (tx) =>
      store.screensUnder(tx, { paths, before: before as string | null, limit: limit + 1 }),
    );
    return toPage(rows.map(store.toScreenDto), limit, ({ madeAt, id }) => [`${madeAt} ${id}`]);
  }

  /** The screen of a token. 401 `screen.unknown`, `screen.revoked`, `screen.expired`. */
  async screenOf(token: string): Promise<store.ScreenRow> {
    const row = await read(this.db, (tx) => store.screenByToken(tx, hashOf(token)));
    if (!row) throw new Problem('screen.unknown', {}, { status: 401 });
    if (row.revokedAt) throw new Problem('screen.revoked', {}, { status: 401 });
    if (row.expiresAt <= this.clock.now()) throw new Problem('screen.expired', {}, { status: 401 });
    return row;
  }
}

async function tell(
  tx: Parameters<typeof recordChange>[0],
  actor: Actor,
  row: store.ScreenRow,
  kind: string,
): Promise<ScreenDto> {
  const data = store.toScreenDto(row);
  const { id, version, societyPath } = row;
  await recordChange(tx, { kind, subject: 'screen', id, version, scope: pathKeys(societyPath), data, actor });
  return data;
}
