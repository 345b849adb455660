import { looksLikeCap, parseCap } from './parse-cap.rules.js';
import { looksLikeAssignment, parseAssignments } from './parse-gap.rules.js';
import { looksLikeMedian, parseMedian } from './parse-pmed.rules.js';
import type { AssignmentInstance, Instance, Kind, Sense } from './solve.types.js';
import { FormatFault, Tokens } from './tokens.rules.js';

export const LARGEST_FILE_BYTES = 64 * 1024 * 1024;

export interface ReadOptions {
  kind?: Kind;
  /** What the word `capacity` of capa, capb and capc stands for. */
  capacity?: number;
  sense?: Sense;
}

export interface ReadFile {
  instances: Instance[];
  sense: Sense;
  /** Why this sense, in words. */
  senseFrom: string;
}

/** Reads a file in one of the three formats. `name` is its name without folders: it helps where the numbers do not say. */
export function readInstances(text: string, name: string, options: ReadOptions = {}): ReadFile {
  const tokens = new Tokens(text);
  if (tokens.count === 0) throw new FormatFault('the file has no numbers');
  const kind = options.kind ?? kindOf(tokens, name);
  if (kind !== 'cap' && options.capacity !== undefined)
    throw new FormatFault(`--capacity is for warehouse files (cap), and this is read as ${kind}`);
  if (kind !== 'gap' && options.sense === 'max')
    throw new FormatFault(`--max is for assignment files (gap), and this is read as ${kind}`);
  if (kind === 'cap') return minimised(parseCap(tokens, options));
  if (kind === 'pmed') return minimised(parseMedian(tokens));
  const instances = parseAssignments(tokens);
  if (options.sense) return { instances, sense: options.sense, senseFrom: 'asked for' };
  return { instances, ...publishedSense(instances, name) };
}

function minimised(instance: Instance): ReadFile {
  return { instances: [instance], sense: 'min', senseFrom: 'costs' };
}

/** By the name when it is a published one, so that a fault is named in its words; else by the number of tokens. */
function kindOf(tokens: Tokens, name: string): Kind {
  const named = /^(cap)(?:\d|[abc]\b)|^(pmed)\d|^(gap)(?:\d|[a-e]\b)/i.exec(name);
  if (named) return (named[1] ?? named[2] ?? named[3])!.toLowerCase() as Kind;
  const fitting: Kind[] = [];
  if (looksLikeCap(tokens)) fitting.push('cap');
  if (looksLikeMedian(tokens)) fitting.push('pmed');
  if (looksLikeAssignment(tokens)) fitting.push('gap');
  if (fitting.length === 1) return fitting[0]!;
  throw new FormatFault(
    fitting.length === 0
      ? `${tokens.count} tokens fit none of cap, pmed and gap: say --kind, and the first fault is named`
      : `${tokens.count} tokens fit ${fitting.join(' and ')}: say --kind`,
  );
}

/** Files gap1 to gap12 are published with their maxima, gapa to gape with their minima. The numbers do not say which. */
const SMALL_PUBLISHED = { problems: 5, jobs: 60, leastCost: 15, mostCost: 25 };

function publishedSense(instances: AssignmentInstance[], name: string): { sense: Sense; senseFrom: string } {
  if (/^gap\d/i.test(name)) return { sense: 'max', senseFrom: 'gap1 to gap12 are published as maxima' };
  if (/^gap[a-e]\b/i.test(name)) return { sense: 'min', senseFrom: 'gapa to gape are published as minima' };
  const isSmall =
    instances.length === SMALL_PUBLISHED.problems &&
    instances.every(({ jobs, costs }) => {
      const inRange = costs.every((cost) => cost >= SMALL_PUBLISHED.leastCost && cost <= SMALL_PUBLISHED.mostCost);
      return jobs <= SMALL_PUBLISHED.jobs && inRange;
    });
  return isSmall
    ? { sense: 'max', senseFrom: 'five small problems with costs 15 to 25, as in gap1 to gap12' }
    : { sense: 'min', senseFrom: 'costs; --max turns it round' };
}
