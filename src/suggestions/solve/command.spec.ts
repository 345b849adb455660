import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { solveFiles } from './command.js';
import { assignmentText, capText, sampleAssignment, sampleCap, sampleNetwork } from './solve.samples.js';

let folder: string;
const said: string[] = [];
const refused: string[] = [];

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chiyuan-solve-'));
  jest.spyOn(console, 'log').mockImplementation((line) => void said.push(String(line)));
  jest.spyOn(console, 'error').mockImplementation((line) => void refused.push(String(line)));
});
afterEach(() => {
  said.length = 0;
  refused.length = 0;
});
afterAll(async () => {
  jest.restoreAllMocks();
  await rm(folder, { recursive: true });
});

const json = { json: true, limitSeconds: 60 };

describe('npm run solve', () => {
  it('answers a line of JSON a problem, and 0 when all are proven', async () => {
    const gap = assignmentText(sampleAssignment(3, { agents: 3, jobs: 8, correlated: false }));
    const files = [
      await file('cap41.txt', capText(sampleCap(4, 4, 8))),
      await file('pmed1.txt', sampleNetwork(2, 20, 3)),
      await file('gap1.txt', `2\n${gap}${gap}`),
    ];
    expect(await solveFiles(files, json)).toBe(0);
    const lines = said.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.map(({ file: name, kind, problem, sense, proven }) => [name, kind, problem, sense, proven])).toEqual([
      ['cap41.txt', 'cap', 1, 'min', true],
      ['pmed1.txt', 'pmed', 1, 'min', true],
      ['gap1.txt', 'gap', 1, 'max', true],
      ['gap1.txt', 'gap', 2, 'max', true],
    ]);
    for (const key of ['objective', 'bound', 'gap', 'seconds', 'method'])
      for (const line of lines) expect(line).toHaveProperty(key);
    expect(lines[2]!.objective).toBe(lines[3]!.objective);
  });

  it('answers each problem of a file by itself, however the lines are broken', async () => {
    const problems = [12, 13, 14].map((jobs) =>
      assignmentText(sampleAssignment(jobs, { agents: 3, jobs, correlated: false })),
    );
    const together = await file('gapc.txt', ` 3 ${problems.join(' ').replace(/\s+/g, ' ')}\r\n`);
    expect(await solveFiles([together], json)).toBe(0);
    const answers = said.splice(0).map((line) => JSON.parse(line) as Record<string, unknown>);
    for (const text of problems) expect(await solveFiles([await file('gapc.txt', text)], json)).toBe(0);
    const alone = said.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(answers.map(({ problem, problems: of, sense }) => [problem, of, sense])).toEqual(
      [1, 2, 3].map((problem) => [problem, 3, 'min']),
    );
    expect(answers.map(({ objective }) => objective)).toEqual(alone.map(({ objective }) => objective));
    expect(new Set(answers.map(({ objective }) => objective)).size).toBe(3);
  });

  it('prints a table for people, with the sense and the proof', async () => {
    expect(await solveFiles([await file('pmed2.txt', sampleNetwork(2, 20, 3))], { ...json, json: false })).toBe(0);
    expect(said.join('\n')).toMatch(/^p-median, minimised[^]*pmed2\.txt +20, p = 3[^]*optimal[^]*branch and bound/);
  });

  it('ends with 1 when time ran out, and does not call it proven', async () => {
    const hard = await file(
      'd05040.txt',
      assignmentText(sampleAssignment(6, { agents: 5, jobs: 40, correlated: true })),
    );
    expect(await solveFiles([hard], { ...json, limitSeconds: 1e-6 })).toBe(1);
    expect(JSON.parse(said[0]!)).toMatchObject({ proven: false, status: 'time-limit' });
  });

  it('ends with 2 and one line for a file that is not as it should be, and still solves the others', async () => {
    const files = [
      await file('cap1.txt', '2 2 a'),
      join(folder, 'nowhere'),
      await file('pmed3.txt', sampleNetwork(2, 9, 2)),
    ];
    expect(await solveFiles(files, json)).toBe(2);
    expect(refused).toEqual([
      'cap1.txt: token 3 (line 1): capacity of warehouse 1: expected a number, found "a"',
      'nowhere: cannot be read (ENOENT)',
    ]);
    expect(said).toHaveLength(1);
  });
});
