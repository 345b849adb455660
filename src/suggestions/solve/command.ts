import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { LARGEST_FILE_BYTES, readInstances, type ReadOptions } from './read-file.rules.js';
import { reportLine, reportTable, type SolvedInstance } from './report.rules.js';
import { solveInstance } from './solve.rules.js';
import { FormatFault } from './tokens.rules.js';

export interface SolveOptions extends ReadOptions {
  json: boolean;
  /** For each instance. */
  limitSeconds: number;
}

/** `npm run solve`: the exit code. 0 all proven, 1 not all, 2 a file that cannot be read as what it should be. */
export async function solveFiles(files: readonly string[], options: SolveOptions): Promise<number> {
  let code = 0;
  for (const file of files) code = Math.max(code, await solveFile(file, options));
  return code;
}

async function solveFile(file: string, options: SolveOptions): Promise<number> {
  const name = basename(file);
  try {
    const { instances, sense, senseFrom } = readInstances(await textOf(file), name, options);
    const solved: SolvedInstance[] = [];
    instances.forEach((instance, index) => {
      const start = performance.now();
      const isLate = (): boolean => performance.now() - start > options.limitSeconds * 1000;
      const solution = solveInstance(instance, sense, { isLate });
      const seconds = (performance.now() - start) / 1000;
      const one = { ...solution, file: name, instance, problem: index + 1, problems: instances.length, sense, seconds };
      if (options.json) console.log(reportLine(one));
      solved.push(one);
    });
    if (!options.json) console.log(reportTable(solved, senseFrom));
    return solved.every(({ proven }) => proven) ? 0 : 1;
  } catch (fault) {
    if (!(fault instanceof FormatFault)) throw fault;
    console.error(`${name}: ${fault.message}`);
    return 2;
  }
}

async function textOf(file: string): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size > LARGEST_FILE_BYTES) throw new FormatFault(`${size} bytes is more than ${LARGEST_FILE_BYTES}`);
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw code ? new FormatFault(`cannot be read (${code})`) : error;
  }
}
