import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Facts, PLAIN_ASK } from '../facts.rules.js';
import { SolverWorker } from '../planner/solver-worker.js';
import { planTeams } from '../planner/teams-search/team-planner.js';
import { nearestTeams } from '../planner/teams-search/team-search.rules.js';
import { TOGETHER_LIMITS } from './together.dto.js';
import {
  planTogether, type TogetherIncident, togetherHash, togetherOf, type TogetherPlan,
} from './together.rules.js'; // prettier-ignore
import { verifyTogether } from './verify-together.rules.js';

const solver = new SolverWorker();
beforeAll(() => solver.warmUp(), 60_000);
afterAll(() => solver.close());

type Unit = Facts['units'][number];
const unit = (unitId: string, special: Partial<Unit> = {}): Unit => ({
  unitId, teamId: 't', speciality: 'water', capabilities: ['water'], headcount: 8, distanceM: 20_000, roadMin: 30, departureMin: 30,
  tier: 'other', ready: true, notReadyReasons: [], busy: false, saidNo: false, peersReadyInCity: 2, homeCityId: '/33/3301/', ...special,
}); // prettier-ignore
const need = (id: string, special: Partial<Facts['capabilities'][number]> = {}): Facts['capabilities'][number] => ({
  id, speciality: 'water', headcount: 8, priority: 1, neededBy: null, alreadyHeadcount: 0, ...special,
}); // prettier-ignore
const incident = (
  incidentId: string,
  capabilities: Facts['capabilities'],
  units: Unit[],
  severity: TogetherIncident['severity'] = 'III',
): TogetherIncident => ({
  incidentId, severity,
  facts: {
    incidentId, incidentVersion: 1, at: '2026-07-20T19:00:00.000Z', on: '2026-07-21', ask: PLAIN_ASK, capabilities, items: [],
    units, stock: [], unknownLocks: [],
  },
}); // prettier-ignore

/** As the service does it, with the verifier at the end. */
async function planned(incidents: TogetherIncident[]): Promise<TogetherPlan> {
  const together = togetherOf(incidents);
  const known = await planTeams(together.instance, solver, { timeoutMs: 20_000, rounds: 500 });
  const plan = planTogether(together, { ...known, alone: nearestTeams(together.instance) });
  verifyTogether(incidents, plan);
  return plan;
}
const who = ({ lines }: TogetherPlan) => lines.map(({ unitId, needId }) => `${unitId} ${needId}`).toSorted();
const whatIsMissing = ({ needs }: TogetherPlan) => needs.map(({ needId, missing, cause }) => [needId, missing, cause?.code ?? null]); // prettier-ignore

/** Two incidents; the graver could take either unit and is nearest to the only one that the other could have. */
const contended = (): TogetherIncident[] => [
  incident('i1', [need('n1')], [unit('u1', { roadMin: 10 }), unit('u2', { roadMin: 40 })], 'II'),
  incident('i2', [need('n2')], [unit('u1', { roadMin: 20 }), unit('u2', { roadMin: -1 })]),
];

describe('teams of all incidents together', () => {
  it('sends no unit twice, and helps both where the nearest for each would leave one alone', async () => {
    const plan = await planned(contended());
    expect(who(plan)).toEqual(['u1 n2', 'u2 n1']);
    expect(plan).toMatchObject({ status: 'proven', plan: { missing: 0, people: 0 }, alone: { missing: 8 * 8, people: 8 } }); // prettier-ignore
    expect(plan.needs.map(({ aloneMissing }) => aloneMissing)).toEqual([0, 8]);
    expect(plan.lines.map(({ etaMin }) => etaMin)).toEqual([50, 70]);
  });

  it('gives what is short to the graver incident and to the more urgent need, and says where the rest went', async () => {
    const both = [unit('u1')];
    const graver = await planned([incident('i1', [need('n1')], both), incident('i2', [need('n2')], both, 'I')]);
    expect(whatIsMissing(graver)).toEqual([
      ['n1', 8, 'sent-elsewhere'],
      ['n2', 0, null],
    ]);
    const urgent = await planned([incident('i1', [need('n1', { priority: 3 }), need('n2', { priority: 2 })], both)]);
    expect(whatIsMissing(urgent)).toEqual([
      ['n2', 0, null],
      ['n1', 8, 'sent-elsewhere'],
    ]);
    expect(urgent.plan).toMatchObject({ missing: 8 * 2, people: 8 });
  });

  it.each([
    ['nobody is there', [], 'none-able'],
    ['nobody can do it', [unit('u1', { speciality: 'medical', capabilities: ['medical'] })], 'none-able'],
    ['all rest', [unit('u1', { ready: false }), unit('u2', { ready: false })], 'none-free'],
    ['all are on missions', [unit('u1', { busy: true })], 'none-free'],
    ['all said no', [unit('u1', { saidNo: true })], 'none-free'],
    ['no road leads there', [unit('u1', { roadMin: -1 })], 'out-of-reach'],
    ['all are too far', [unit('u1', { roadMin: TOGETHER_LIMITS.windowMin })], 'out-of-reach'],
  ])('sends nobody and says why when %s', async (_, units, cause) => {
    const plan = await planned([incident('i1', [need('n1')], units), incident('i2', [need('n2')], units)]);
    expect([plan.status, plan.lines]).toEqual(['proven', []]);
    expect(whatIsMissing(plan)).toEqual([
      ['n1', 8, cause],
      ['n2', 8, cause],
    ]);
  });

  it('has nothing to plan where nothing is asked for that is not promised', () => {
    const together = togetherOf([incident('i1', [], [unit('u1')]), incident('i2', [need('n', { alreadyHeadcount: 8 })], [unit('u1')])]); // prettier-ignore
    expect([together.needs, together.places]).toEqual([[], []]);
    expect([togetherOf([]).units, togetherOf([]).covers]).toEqual([[], []]);
  });

  it('spares the last unit of a city that has no incident, and names what a city gives for its own', async () => {
    const last = { peersReadyInCity: 0 };
    const far = unit('u2', { roadMin: 90, homeCityId: '/33/3302/' });
    const spared = await planned([incident('i1', [need('n1')], [unit('u1', last), far])]);
    expect([who(spared), spared.bared]).toEqual([['u2 n1'], []]);
    const bare = await planned([incident('i1', [need('n1')], [unit('u1', last)])]);
    expect(bare.bared).toEqual([{ city: '/33/3301/', speciality: 'water', units: 1, counted: true }]);
    expect(bare.plan.cities).toBe(1);
    const own = await planned([incident('i1', [need('n1')], [unit('u1', { ...last, tier: 'city' }), far])]);
    expect([who(own), own.plan.cities, own.bared[0]?.counted]).toEqual([['u1 n1'], 0, false]);
  });

  it('counts what is beyond its limit, and leaves the nearest in', () => {
    const units = [unit('u1', { roadMin: 90 }), unit('u2'), unit('u3', { roadMin: 60 })];
    const together = togetherOf([incident('i1', [need('n1')], units)], 2);
    expect([together.units.map(({ unitId }) => unitId), together.left]).toEqual([['u2', 'u3'], 1]);
  });

  it('has one hash whatever the order, and another one when a fact or a level changes', () => {
    const [one, two] = contended() as [TogetherIncident, TogetherIncident];
    expect(togetherHash([two, one])).toBe(togetherHash([one, two]));
    expect(togetherHash([{ ...one, severity: 'I' }, two])).not.toBe(togetherHash([one, two]));
    expect(togetherHash([one])).not.toBe(togetherHash([one, two]));
  });
});

describe('the verifier of teams together', () => {
  const mutations: [string, (plan: TogetherPlan) => void][] = [
    ['unit-twice', ({ lines }) => void lines.push({ ...lines[0]! })],
    ['incident-unknown', ({ lines }) => void (lines[0]!.incidentId = 'i9')],
    ['need-unknown', ({ lines }) => void (lines[0]!.needId = 'n9')],
    ['unit-unknown', ({ lines }) => void (lines[0]!.unitId = 'u9')],
    ['unit-not-free', ({ lines }) => void (lines[0]!.unitId = 'u3')],
    ['unit-not-able', ({ lines }) => void (lines[0]!.unitId = 'u4')],
    ['no-road', ({ lines }) => void Object.assign(lines[1]!, { incidentId: 'i2', needId: 'n2' })],
    ['arrival', ({ lines }) => void (lines[0]!.etaMin -= 1)],
    ['headcount', ({ lines }) => void (lines[0]!.headcount += 1)],
    ['late', ({ lines }) => void (lines[0]!.late = true)],
    ['minutes', ({ plan }) => void (plan.minutes += 1)],
    ['missing-of-need', ({ needs }) => void (needs[0]!.missing += 1)],
    ['need-too-many', ({ needs }) => void needs.push({ ...needs[0]!, needId: 'n9' })],
    ['missing', ({ plan }) => void (plan.missing += 1)],
    ['bared', ({ bared }) => void bared.push({ city: '/33/3301/', speciality: 'water', units: 1, counted: true })],
    ['cities', ({ plan }) => void (plan.cities += 1)],
    ['bound', ({ bound }) => void (bound.missing += 1)],
    ['proof', ({ alone }) => void (alone.missing = -1)],
  ];
  it.each(mutations)('refuses a plan for %s', async (rule, mutate) => {
    const [one, two] = contended() as [TogetherIncident, TogetherIncident];
    const others = [unit('u3', { busy: true }), unit('u4', { speciality: 'relief', capabilities: ['relief'] })];
    for (const { facts } of [one, two]) facts.units.push(...others);
    const plan = await planned([one, two]);
    mutate(plan);
    expect(() => verifyTogether([one, two], plan)).toThrow(rule);
  });
});
