import { Injectable } from '@nestjs/common';
import type { Tx } from './database.js';

/** The time of the database: one clock for all processes, whatever their own say. */
@Injectable()
export class DatabaseClock {
  async now(tx: Tx): Promise<Date> {
    const [row] = await tx.query<{ now: Date }>(`select clock_timestamp() as now`);
    return row!.now;
  }
}

/** The same, also where a drill shows another one (drill-schema.ts). */
export class ServerClock extends DatabaseClock {
  override async now(tx: Tx): Promise<Date> {
    const [row] = await tx.query<{ now: Date }>(`select pg_catalog.clock_timestamp() as now`);
    return row!.now;
  }
}
