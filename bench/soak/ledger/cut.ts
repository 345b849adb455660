import { AsyncLocalStorage } from 'node:async_hooks';
import type { Database } from '../../../src/database/index.js';

/** The process of this client "died": nobody got the answer, whatever the database did. */
export class CutOff extends Error {}

/** What happens to the next transaction of a client. */
interface Fate {
  /** Dies before this statement (1 is the begin). */
  statements: number | null;
  /** Dies after the commit, before the answer. */
  lost: boolean;
}
const fates = new AsyncLocalStorage<Fate>();

/** Runs one attempt of a client under a fate. */
export const under = <T>(fate: Fate, body: () => Promise<T>): Promise<T> => fates.run(fate, body);

/** Makes the runners of a database obey the fate of whoever uses them. */
export function obeyFates(db: Database): void {
  const create = db.dataSource.createQueryRunner.bind(db.dataSource);
  db.dataSource.createQueryRunner = (mode) => {
    const runner = create(mode);
    const query = runner.query.bind(runner);
    runner.query = (async (sql: string, params?: unknown[], structured?: boolean) => {
      const fate = fates.getStore();
      if (fate?.statements != null && !/^rollback/i.test(sql) && --fate.statements === 0) {
        fate.statements = null;
        throw new CutOff(sql);
      }
      const result: unknown = await query(sql, params, structured as true);
      if (fate?.lost && /^commit/i.test(sql)) {
        fate.lost = false;
        throw new CutOff('answer lost');
      }
      return result;
    }) as typeof runner.query;
    return runner;
  };
}
