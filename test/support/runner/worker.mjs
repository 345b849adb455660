// One process of the runner: reads a spec, runs it with Jest's own engine, tells what came of it.
import { pathToFileURL } from 'node:url';
import { createEmptyTestResult } from '@jest/test-result';
import * as circus from 'jest-circus';
import { formatResultsErrors } from 'jest-message-util';
import { expect, jest } from './globals.mjs';

const ROOT = 'ROOT_DESCRIBE_BLOCK';
const STATUS = { done: 'passed', skip: 'pending', todo: 'todo' };
let read = 0;

// Whoever ends the run ends its suites too.
process.once('disconnect', () => process.exit(1));

// What `expect` keeps for itself (how many times it was to be asked, errors it did not throw) is part of a test's outcome.
circus.addEventHandler(({ name, test }) => {
  if (name === 'test_start')
    expect.setState({ currentTestName: nameOf(test), suppressedErrors: [], assertionCalls: 0 });
  if (name !== 'test_done') return;
  for (const { error } of expect.extractExpectedAssertionsErrors()) test.errors.push(error);
  test.errors.push(...expect.getState().suppressedErrors);
});

/** Bytes that this process holds. */
export const memory = () => process.memoryUsage.rss();

function nameOf(test) {
  const names = [];
  for (let part = test; part.parent; part = part.parent) names.unshift(part.name);
  return names.join(' ');
}

/**
 * Runs the spec at `path`; `timeout` in milliseconds for each test and hook that names none. An error that no test caught, while the suite
 * runs, fails the suite.
 */
export async function run({ path, timeout, testNamePattern, config }) {
  circus.resetState();
  const state = circus.getState();
  state.testTimeout = timeout;
  if (testNamePattern) state.testNamePattern = new RegExp(testNamePattern, 'i');
  expect.setState({ testPath: path });
  const stray = strayErrors();
  const environment = { ...process.env };
  const folder = process.cwd();
  const start = Date.now();
  read += 1;
  try {
    await import(`${pathToFileURL(path)}?suite=${read}`);
    const { testResults, unhandledErrors } = await circus.run();
    return resultOf(path, testResults.map(oneResult), [...unhandledErrors, ...stray.told()], start, config);
  } catch (error) {
    return resultOf(path, [], [error?.stack ?? String(error)], start, config);
  } finally {
    stray.end();
    jest.restoreAllMocks();
    if (process.cwd() !== folder) process.chdir(folder);
    for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
    Object.assign(process.env, environment);
  }
}

/** Errors that nobody caught, from now on. A promise that is looked at later, after one beside it, was not forgotten. */
function strayErrors() {
  const thrown = [];
  const rejected = new Map();
  const wordsOf = (error) => error?.stack ?? String(error);
  const listeners = {
    uncaughtException: (error) => thrown.push(wordsOf(error)),
    unhandledRejection: (error, promise) => rejected.set(promise, wordsOf(error)),
    rejectionHandled: (promise) => rejected.delete(promise),
  };
  for (const [name, listener] of Object.entries(listeners)) process.on(name, listener);
  return {
    told: () => [...thrown, ...rejected.values()],
    end: () => Object.entries(listeners).forEach(([name, listener]) => process.off(name, listener)),
  };
}

/** A test's outcome as Jest's reporters read it. */
function oneResult({ testPath, duration, errors, errorsDetailed, invocations, numPassingAsserts, status, startedAt }) {
  const titles = testPath.filter((title) => title !== ROOT);
  return {
    ancestorTitles: titles.slice(0, -1),
    title: titles.at(-1),
    fullName: titles.join(' '),
    duration,
    failureDetails: errorsDetailed.map((error) => ({ message: error?.message })),
    failureMessages: errors,
    invocations,
    location: null,
    numPassingAsserts,
    retryReasons: [],
    startAt: startedAt,
    status: errors.length > 0 ? 'failed' : STATUS[status],
  };
}

function resultOf(path, testResults, broken, start, config) {
  const count = (status) => testResults.filter((result) => result.status === status).length;
  const end = Date.now();
  const suite = broken.length ? `● the suite itself\n\n${broken.join('\n\n')}\n` : null;
  const failures = formatResultsErrors(testResults, config, { noStackTrace: false }, path);
  return {
    ...createEmptyTestResult(),
    testFilePath: path,
    displayName: undefined,
    testResults,
    numFailingTests: count('failed'),
    numPassingTests: count('passed'),
    numPendingTests: count('pending'),
    numTodoTests: count('todo'),
    perfStats: {
      start,
      end,
      runtime: end - start,
      slow: false,
      loadTestEnvironmentStart: start,
      loadTestEnvironmentEnd: start,
      setupFilesStart: start,
      setupFilesEnd: start,
    },
    testExecError: suite ? { message: suite, stack: suite } : undefined,
    failureMessage: [suite, failures].filter(Boolean).join('\n') || null,
  };
}
