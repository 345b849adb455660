import type { Solution } from './solve.rules.js';
import type { Instance, Sense } from './solve.types.js';

export interface SolvedInstance extends Solution {
  file: string;
  instance: Instance;
  problem: number;
  problems: number;
  sense: Sense;
  seconds: number;
}

const DECIMALS = 6;

function rounded(value: number | null, decimals: number): number | null {
  return value === null ? null : Number(value.toFixed(decimals));
}

/** One line of JSON for a machine. */
export function reportLine(one: SolvedInstance): string {
  return JSON.stringify({
    file: one.file,
    kind: one.instance.kind,
    problem: one.problem,
    problems: one.problems,
    sense: one.sense,
    objective: rounded(one.objective, DECIMALS),
    bound: rounded(one.bound, DECIMALS),
    gap: one.gap,
    proven: one.proven,
    status: one.status,
    seconds: rounded(one.seconds, 3),
    method: one.method,
  });
}

const NAMES = { cap: 'capacitated warehouse location', pmed: 'p-median', gap: 'generalized assignment' };

function sizeOf(instance: Instance): string {
  if (instance.kind === 'cap') return `${instance.warehouses} x ${instance.customers}`;
  if (instance.kind === 'pmed') return `${instance.nodes}, p = ${instance.medians}`;
  return `${instance.agents} x ${instance.jobs}`;
}

const HEADS = ['problem', 'size', 'objective', 'bound', 'gap %', 'proof', 'seconds'];

/** A table for people, and under it how each was proved. */
export function reportTable(solved: readonly SolvedInstance[], senseFrom: string): string {
  const shown = (value: number | null): string => (value === null ? '-' : String(rounded(value, DECIMALS)));
  const rows = solved.map((one) => [
    one.problems > 1 ? `${one.file} ${one.problem}/${one.problems}` : one.file,
    sizeOf(one.instance),
    shown(one.objective),
    shown(one.bound),
    one.gap === null ? '-' : (one.gap * 100).toFixed(one.gap === 0 ? 0 : 5),
    one.status,
    one.seconds.toFixed(2),
  ]);
  const widths = HEADS.map((head, column) => Math.max(head.length, ...rows.map((row) => row[column]!.length)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => (column < 2 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
      .join('  ');
  const first = solved[0]!;
  return [
    `${NAMES[first.instance.kind]}, ${first.sense === 'max' ? 'maximised' : 'minimised'} (${senseFrom})`,
    line(HEADS),
    ...rows.map(line),
    ...solved.map((one) => `${one.problems > 1 ? `${one.problem}: ` : ''}${one.method}`),
  ].join('\n');
}
