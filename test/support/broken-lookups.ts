import { AsyncLocalStorage } from 'node:async_hooks';
import type { TestApp } from './app.js';

/** Set for what a command asks itself: jobs with a timer of their own ask beside it. */
const ofTheCommand = new AsyncLocalStorage<true>();
/** What a command wakes: the sealer and the beat of the live link. */
const BESIDE = /seal_journal|from journal|chain_audit|journal_head/;

/**
 * Runs a command whose nth statement the database refuses, as when a table is locked away or the server has gone: what is sent instead
 * cannot be answered. Answers the statement that was to be asked; null when the command has fewer.
 */
export async function withBrokenStatement(
  app: TestApp,
  nth: number,
  command: () => Promise<unknown>,
): Promise<{ broken: string | null; refused: unknown }> {
  const { dataSource } = app.db;
  const made = dataSource.createQueryRunner.bind(dataSource);
  let asked = 0;
  let broken: string | null = null;
  dataSource.createQueryRunner = (...args) => {
    const runner = made(...args);
    const query = runner.query.bind(runner) as (...told: unknown[]) => Promise<unknown>;
    runner.query = ((...told: unknown[]) => {
      const sql = String(told[0]);
      if (!ofTheCommand.getStore() || BESIDE.test(sql) || ++asked !== nth) return query(...told);
      broken = sql;
      return query('select a_look_up_that_fails()');
    }) as typeof runner.query;
    return runner;
  };
  try {
    const refused = await ofTheCommand.run(true, command).then(() => null, (error: unknown) => error); // prettier-ignore
    return { broken, refused };
  } finally {
    dataSource.createQueryRunner = made;
  }
}

/** A mark of everything that is written down; the record by its length, because its lines are numbered beside the commands. */
export async function markOf(app: TestApp): Promise<Record<string, string>> {
  const tables = await app.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'chiyuan' and table_type = 'BASE TABLE'
     and table_name not in ('journal', 'journal_head', 'chain_audit', 'session') order by 1`,
  );
  const marks = tables.map(({ name }) => `select '${name}' as name, md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as mark from "${name}" t`); // prettier-ignore
  const rows = await app.query<{ name: string; mark: string }>(
    [...marks, `select 'journal', count(*)::text from journal`].join(' union all '),
  );
  return Object.fromEntries(rows.map(({ name, mark }) => [name, mark]));
}
