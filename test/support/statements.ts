import { AsyncLocalStorage } from 'node:async_hooks';
import type { TestApp } from './app.js';

/** Set for what a command asks itself: jobs with a timer of their own ask beside it. */
const ofTheCommand = new AsyncLocalStorage<true>();

/** Runs a command and counts the SQL statements that it takes: what a number of lines must not change. */
export async function statementsOf<T>(app: TestApp, command: () => Promise<T>) {
  const { dataSource } = app.db;
  const made = dataSource.createQueryRunner.bind(dataSource);
  let statements = 0;
  dataSource.createQueryRunner = (...args) => {
    const runner = made(...args);
    const query = runner.query.bind(runner) as (...told: unknown[]) => Promise<unknown>;
    runner.query = ((...told: unknown[]) => {
      const beside = !ofTheCommand.getStore() || /seal_journal|from journal|chain_audit/.test(String(told[0])); // the sealer, woken by it
      statements += beside ? 0 : 1;
      return query(...told);
    }) as typeof runner.query;
    return runner;
  };
  const began = performance.now();
  try {
    return { result: await ofTheCommand.run(true, command), statements, ms: performance.now() - began };
  } finally {
    dataSource.createQueryRunner = made;
  }
}
