import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { drillPath, hashPassword } from '../access/index.js';
import { CONFIG, type Config, type DrillSettings } from '../config.js';
import { beginClock, Database, DatabaseServer, inTransaction, sqlState } from '../database/index.js';
import { Clock } from '../shared/clock.js';
import { idFrom } from '../shared/ids.js';
import { copySteps } from './copy.store.js';
import { type DrillRow, schemaOf } from './drill.store.js';
import { insertInjects } from './world.store.js';

/** Connections while a drill is made: one that works and one that holds the lock of the migrations. */
const MAKER_POOL = 2;
/** A person or a shelf that came into being while the copy was made begins it again; so often that only a fault is left. */
const ATTEMPTS = 3;
const PARENT_IS_MISSING = '23503';

/** Makes and drops the schemas of drills. Its connections look into the drill; the real schema is named for the copy alone. */
@Injectable()
export class DrillMaker {
  constructor(
    private readonly server: DatabaseServer,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  settingsOf({ number, listed }: Pick<DrillRow, 'number' | 'listed'>): DrillSettings {
    return {
      number,
      schema: schemaOf(number),
      path: drillPath(number),
      listed: listed.flatMap(({ phone, email }) => (email ? [phone, email] : [phone])),
      outbox: this.config.DATA_DIR,
    };
  }

  /** The schema, its clock, a copy of who and what there is, the script. What an attempt that died has left is thrown away first. */
  async make(drill: DrillRow): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.within(schemaOf(drill.number), (db) => this.fill(db, drill));
      } catch (error) {
        if (attempt === ATTEMPTS || sqlState(error) !== PARENT_IS_MISSING) throw error;
      }
    }
  }

  private async fill(db: Database, drill: DrillRow): Promise<void> {
    const startsAt = drill.startsAt ?? this.clock.now();
    await db.makeDrill(startsAt);
    const { listed } = this.settingsOf(drill);
    const passwordHash = await hashPassword(randomBytes(32).toString('base64url'));
    const copy = copySteps({ from: this.server.database.schema, listed, passwordHash });
    for (const step of copy) await inTransaction(db, step);
    const injects = drill.injects.map(({ atMin, call }, n) => ({
      id: idFrom('inject', drill.id, String(n)),
      line: n + 1,
      dueAt: new Date(startsAt.getTime() + atMin * 60_000),
      call,
    }));
    await inTransaction(db, (tx) => insertInjects(tx, injects));
    await inTransaction(db, (tx) => beginClock(tx, drill.speed));
  }

  async drop(number: number): Promise<void> {
    await this.within(schemaOf(number), (db) => db.dropDrill());
  }

  private async within(schema: string, work: (db: Database) => Promise<void>): Promise<void> {
    const db = await Database.connect({ url: this.server.url, poolSize: MAKER_POOL, embedded: false, drill: schema });
    try {
      await work(db);
    } finally {
      await db.close();
    }
  }
}
