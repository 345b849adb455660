import type { TestApp } from './app.js';

/** Runs a command and counts the SQL statements that it takes: what a number of lines must not change. */
export async function statementsOf<T>(app: TestApp, command: () => Promise<T>) {
  const { dataSource } = app.db;
  const made = dataSource.createQueryRunner.bind(dataSource);
  let statements = 0;
  dataSource.createQueryRunner = (...args) => {
    const runner = made(...args);
    const query = runner.query.bind(runner) as (...told: unknown[]) => Promise<unknown>;
    runner.query = ((...told: unknown[]) => {
      statements += /seal_journal|from journal|chain_audit/.test(String(told[0])) ? 0 : 1; // the sealer and the beat work beside it
      return query(...told);
    }) as typeof runner.query;
    return runner;
  };
  const began = performance.now();
  try {
    return { result: await command(), statements, ms: performance.now() - began };
  } finally {
    dataSource.createQueryRunner = made;
  }
}
