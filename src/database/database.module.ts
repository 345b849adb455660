import { Global, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import { CONFIG, type Config } from '../config.js';
import { DatabaseClock } from './database-clock.js';
import { Database } from './database.js';
import { type EmbeddedServer, openEmbedded } from './embedded.js';

/** Connections of one drill: it never takes those that a real incident needs. */
export const DRILL_POOL = 6;

/** The database of this process: the server named by DATABASE_URL, or the embedded one. Nothing else asks which. */
@Injectable()
export class DatabaseServer implements OnApplicationShutdown {
  private constructor(
    readonly database: Database,
    readonly url: string,
    private readonly embedded: EmbeddedServer | undefined,
  ) {}

  /** One that fails to open closes what it has opened: a drill is tried again in the same process. */
  static async open(config: Config): Promise<DatabaseServer> {
    const embedded = config.DATABASE_URL ? undefined : await openEmbedded(config.DATA_DIR);
    const url = config.DATABASE_URL ?? embedded!.url;
    let database: Database | undefined;
    try {
      database = await Database.connect({
        url,
        poolSize: config.drill ? DRILL_POOL : config.DATABASE_POOL,
        embedded: Boolean(embedded),
        drill: config.drill?.schema,
      });
      await database.migrate();
      return new DatabaseServer(database, url, embedded);
    } catch (error) {
      await database?.close();
      await embedded?.close();
      throw error;
    }
  }

  /** Last of all: every other provider has stopped asking by now. */
  async onApplicationShutdown(): Promise<void> {
    await this.database.close();
    await this.embedded?.close();
  }
}

@Global()
@Module({
  providers: [
    DatabaseClock,
    { provide: DatabaseServer, inject: [CONFIG], useFactory: (config: Config) => DatabaseServer.open(config) },
    { provide: Database, inject: [DatabaseServer], useFactory: (server: DatabaseServer) => server.database },
  ],
  exports: [Database, DatabaseClock, DatabaseServer],
})
export class DatabaseModule {}
