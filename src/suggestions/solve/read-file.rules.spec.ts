import { describe, expect, it } from '@jest/globals';
import { readInstances, type ReadOptions } from './read-file.rules.js';
import { assignmentText, capText, sampleAssignment, sampleCap } from './solve.samples.js';
import type { AssignmentInstance, CapInstance, MedianInstance } from './solve.types.js';
import { FormatFault } from './tokens.rules.js';

const CAP = ' 2 3 \n 10 7500. \n 12 2500.50 \n 5\n 1.25000\n 2.5 \n 6\n 3 4\n 7 5 6.0\n';
const CAP_WORD = CAP.replace(' 10 ', ' capacity ').replace(' 12 ', ' Capacity ');
const MEDIAN = ' 4 5 2\n 1 2 10\n 2 3 10\n 3 4 10\n 1 4 50\n 1 2 3\n';
const GAP = ' 2 3\n 1 2 3\n 4 5 6\n 7 8 9\n 1 1 1\n 20 2\n';

function read<One>(text: string, name: string, options: ReadOptions = {}): One {
  return readInstances(text, name, options).instances[0] as One;
}

function faultOf(text: string, name: string, options: ReadOptions = {}): string {
  try {
    readInstances(text, name, options);
  } catch (fault) {
    if (fault instanceof FormatFault) return fault.message;
    throw fault;
  }
  return 'read without a fault';
}

describe('warehouse files', () => {
  it('reads capacities, fixed costs, demands and the cost of all of a demand', () => {
    const instance = read<CapInstance>(CAP, 'cap41');
    expect([instance.warehouses, instance.customers]).toEqual([2, 3]);
    expect([...instance.capacities]).toEqual([10, 12]);
    expect([...instance.fixedCosts]).toEqual([7500, 2500.5]);
    expect([...instance.demands]).toEqual([5, 6, 7]);
    expect([...instance.costs]).toEqual([1.25, 3, 5, 2.5, 4, 6]);
  });

  it('puts the number of the command line in the place of the word', () => {
    expect([...read<CapInstance>(CAP_WORD, 'capa', { capacity: 8000 }).capacities]).toEqual([8000, 8000]);
  });

  it.each([
    [CAP_WORD, {}, /^token 3 \(line 2\): capacity of warehouse 1: expected a number, or --capacity N.*"capacity"$/],
    [CAP, { capacity: 8000 }, /has its own capacities/],
    [CAP.replace('3 4', '3 x4'), {}, /^token 12 \(line 8\): cost of customer 2 from warehouse 2: .*"x4"$/],
    [CAP.replace('7 5', '-7 5'), {}, /^token 13 \(line 9\): demand of customer 3: expected a number that is not neg/],
    [CAP.slice(0, -5), {}, /^token 15: the file ends where cost of customer 3 from warehouse 2 should be/],
    [`${CAP} 1`, {}, /^token 16 \(line 10\): nothing after customer 3: expected the end of the file, found "1"/],
    [CAP.replace(' 2 3', ' 0 3'), {}, /^token 1 \(line 1\): number of warehouses: .* from 1 to 1000/],
    [CAP.replace(' 2 3', ' 1000 5000'), {}, /1000 x 5000 is more than 1000000 costs/],
    [CAP.replace('7500.', '1e300'), {}, /^token 4 .* fixed cost of warehouse 1: expected a number of at most/],
  ])('says what is wrong, and where (%#)', (text, options, fault) => {
    expect(faultOf(text, 'cap41.txt', options)).toMatch(fault);
  });
});

describe('median files', () => {
  it('takes the last of two costs for an edge, and the shortest paths', () => {
    const { nodes, medians, distances } = read<MedianInstance>(MEDIAN, 'pmed1');
    expect([nodes, medians]).toEqual([4, 2]);
    expect([...distances]).toEqual([0, 3, 13, 23, 3, 0, 10, 20, 13, 10, 0, 10, 23, 20, 10, 0]);
    const later = MEDIAN.replace('1 2 10', '1 2 1');
    expect(read<MedianInstance>(later, 'pmed1').distances[1]).toBe(3);
  });

  it.each([
    [MEDIAN.replace('4 5 2', '4 5 9'), /^token 3 \(line 1\): number of medians: expected a whole number from 1 to 4/],
    [MEDIAN.replace('3 4 10', '3 5 10'), /^token 11 \(line 4\): second end of edge 3/],
    [MEDIAN.replace('1 4 50', '1 4'), /^token 18: the file ends where cost of edge 5 should be/],
    [' 3 1 1\n 1 2 4\n', /^no path leads from node 1 to node 3/],
    [MEDIAN.replace('4 5 2', '9999 5 2'), /^token 1 \(line 1\): number of nodes: .* to 1500, found "9999"/],
  ])('says what is wrong, and where (%#)', (text, fault) => {
    expect(faultOf(text, 'pmed1.txt')).toMatch(fault);
  });
});

describe('assignment files', () => {
  it('reads one problem, or several after their number', () => {
    const one = read<AssignmentInstance>(GAP, 'd05100');
    expect([one.agents, one.jobs, ...one.costs]).toEqual([2, 3, 1, 2, 3, 4, 5, 6]);
    expect([[...one.uses], [...one.capacities]]).toEqual([
      [7, 8, 9, 1, 1, 1],
      [20, 2],
    ]);
    expect(readInstances(`2\n${GAP}${GAP}`, 'gapa').instances).toEqual([one, one]);
    expect(readInstances(`1\n${GAP}`, 'gapa').instances).toEqual([one]);
  });

  it('knows which files are published as maxima', () => {
    const small = sampleAssignment(1, { agents: 2, jobs: 4, correlated: false });
    small.costs.fill(15);
    const five = `5\n${assignmentText(small).repeat(5)}`;
    const senses = [
      readInstances(`1\n${GAP}`, 'gap12.txt'),
      readInstances(`1\n${GAP}`, 'gapd'),
      readInstances(GAP, 'other'),
      readInstances(five, 'renamed'),
      readInstances(five, 'gap1', { sense: 'min' }),
      readInstances(GAP, 'other', { sense: 'max' }),
    ].map(({ sense }) => sense);
    expect(senses).toEqual(['max', 'min', 'min', 'max', 'min', 'max']);
  });

  it.each([
    [`3\n${GAP}${GAP}`, 'gap1', /^token 34: the file ends where number of agents \(problem 3\) should be/],
    [`1\n${GAP.replace('20 2', '20 2.5')}`, 'gap1', /^token 17 .*: capacity of agent 2: expected a whole number/],
    [`1\n${GAP.replace('4 5 6', '4 5.0000001 6')}`, 'gap1', /cost of job 2 at agent 2: .* at most 6 decimals/],
    [`1\n${GAP}9`, 'gap1', /^token 18 .* nothing after problem 1/],
  ])('says what is wrong, and where (%#)', (text, name, fault) => {
    expect(faultOf(text, name)).toMatch(fault);
  });
});

describe('which format it is', () => {
  it('goes by the number of tokens, whatever the name', () => {
    const kinds = [CAP, MEDIAN, GAP, `2\n${GAP}${GAP}`].map((text) => readInstances(text, 'file').instances[0]!.kind);
    expect(kinds).toEqual(['cap', 'pmed', 'gap', 'gap']);
  });

  it('reads back what was written', () => {
    const cap = sampleCap(4, 5, 9);
    expect(read(capText(cap), 'x')).toEqual(cap);
    const gap = sampleAssignment(4, { agents: 3, jobs: 7, correlated: true });
    expect(read(assignmentText(gap), 'x')).toEqual(gap);
  });

  it.each([
    ['', 'cap1', {}, 'the file has no numbers'],
    [' \n\u001a', 'cap1', {}, 'the file has no numbers'],
    ['1 2 3 4', 'file', {}, '4 tokens fit none of cap, pmed and gap: say --kind, and the first fault is named'],
    [MEDIAN, 'file', { capacity: 3 }, '--capacity is for warehouse files (cap), and this is read as pmed'],
    [CAP, 'file', { sense: 'max' as const }, '--max is for assignment files (gap), and this is read as cap'],
    [
      '1 2 3 4',
      'file',
      { kind: 'pmed' as const },
      'token 3 (line 1): number of medians: expected a whole number from 1 to 1, found "3"',
    ],
  ])('refuses what it cannot know (%#)', (text, name, options, fault) => {
    expect(faultOf(text, name, options)).toBe(fault);
  });

  it('reads a file that came through DOS', () => {
    expect(read<CapInstance>(`${CAP.replaceAll('\n', '\r\n')}\u001a`, 'cap41').customers).toBe(3);
  });
});
