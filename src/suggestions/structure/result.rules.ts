import type { AdviceResult } from './structure.dto.js';
import type { AdvisedMove, ItemFigures, Outcome, StructureAdvice, StructureProblem } from './structure.types.js';

/** The words for what the numbers name. */
export interface Names {
  ask: { fenPerTonneKm: number };
  travel: string;
  households: number;
  scenarios: Pick<AdviceResult['scenarios'][number], 'id' | 'name' | 'kind' | 'past' | 'perYear' | 'source'>[];
  stores: {
    id: string;
    code: string;
    name: string;
    societyId: string;
    cells: { itemId: string; maximumUnits: number; onHandUnits: number }[];
  }[];
  /** Whether goods of a society lie in a county: it is the county or below it. */
  liesIn: (holderId: string, countyId: string) => boolean;
  countyName: (id: string) => string;
  left: AdviceResult['left'];
}

type Stock = readonly (readonly number[])[];
const round = (value: number, digits: number): number => Number(value.toFixed(digits));
const share = (part: number, whole: number): number => (whole === 0 ? 1 : round(part / whole, 4));

/** What is told of an advice: minutes, kilometres and shares in the figures of people, with the names that they belong to. */
export function toResult(problem: StructureProblem, advice: StructureAdvice, names: Names): AdviceResult {
  const { scenarios, items } = problem;
  const figures = ({ worstMissing, worstScenario, expectedMin }: ItemFigures) => ({
    worstMissing: round(worstMissing, 4),
    worstScenarioId: scenarios[worstScenario]!.id,
    expectedMin: round(expectedMin, 1),
  });
  return {
    travel: names.travel,
    households: names.households,
    scenarios: names.scenarios.map((scenario, at) => ({
      ...scenario,
      people: scenarios[at]!.demands.reduce((sum, { people }) => sum + people, 0),
      counties: scenarios[at]!.demands.length,
      before: together(advice.before[at]!),
      after: together(advice.after[at]!),
      lacking: lackingOf(problem, advice.after[at]!),
    })),
    stores: names.stores.map(({ id, code, name }) => ({ id, code, name })),
    items: advice.items.map(({ item, before, after, bound }) => ({
      itemId: items[item]!.id,
      before: figures(before),
      after: figures(after),
      bound: bound && { worstMissing: round(bound.worstMissing, 4), expectedMin: round(bound.expectedMin, 1) },
    })),
    counties: countiesOf(problem, advice, names),
    moves: advice.moves.map((move) => moveOf(problem, move, names)),
    late: advice.late.map((item) => items[item]!.id),
    left: names.left,
  };
}

/** A scenario over its items: their shares count alike, because units of different things do not add up. */
function together(outcomes: readonly Outcome[]) {
  const asked = outcomes.filter(({ needUnits }) => needUnits > 0);
  const mean = (of: (one: Outcome) => number): number =>
    asked.length === 0 ? 1 : round(asked.reduce((sum, one) => sum + of(one) / one.needUnits, 0) / asked.length, 4);
  const latest = asked.flatMap(({ latestMin }) => latestMin ?? []);
  return {
    inTime: mean((one) => one.inTimeUnits),
    day: mean((one) => one.dayUnits),
    threeDays: mean((one) => one.threeDaysUnits),
    latestMin: latest.length > 0 ? Math.max(...latest) : null,
  };
}

/** What does not come within 72 hours, the largest share first. */
const lackingOf = ({ items }: StructureProblem, outcomes: readonly Outcome[]): AdviceResult['scenarios'][number]['lacking'] =>
  outcomes
    .map(({ needUnits, threeDaysUnits }, item) => ({ itemId: items[item]!.id, units: needUnits - threeDaysUnits, needUnits }))
    .filter(({ units }) => units > 0)
    .toSorted((a, b) => b.units / b.needUnits - a.units / a.needUnits)
    .map(({ itemId, units }) => ({ itemId, units })); // prettier-ignore

function moveOf({ stores, items, scenarios }: StructureProblem, move: AdvisedMove, names: Names) {
  const { packUnits, id: itemId } = items[move.item]!;
  const cell = names.stores[move.to]!.cells.find((one) => one.itemId === itemId);
  const maximum = cell?.maximumUnits ?? 0;
  return {
    fromId: stores[move.from]!.id, toId: stores[move.to]!.id, itemId, units: move.units, packUnits, roadKm: round(move.roadKm, 1),
    tonneKm: round(move.tonneKm, 2), costFen: Math.round(move.tonneKm * names.ask.fenPerTonneKm),
    aboveMaximum: maximum > 0 && (cell?.onHandUnits ?? 0) + move.units > maximum, scenarioId: scenarios[move.scenario]!.id,
    latestWithoutMin: move.latestWithoutMin, latestMin: move.latestMin, meanWithoutMin: round(move.meanWithoutMin, 1),
    meanMin: round(move.meanMin, 1), savedPersonMin: move.savedPersonMin,
  }; // prettier-ignore
}

/** Every county that a scenario names, those that are served least first. */
function countiesOf(problem: StructureProblem, advice: StructureAdvice, names: Names): AdviceResult['counties'] {
  const { stores } = problem;
  const stock = stores.map(({ free }) => [...free]);
  const moved = stores.map(({ free }) => [...free]);
  for (const { from, to, item, units } of advice.moves) {
    moved[from]![item]! -= units;
    moved[to]![item]! += units;
  }
  return problem.counties
    .map((societyId, county) => countyOf(problem, advice, { names, societyId, county, stock, moved }))
    .toSorted((a, b) => weakest(a) - weakest(b) || (a.societyId < b.societyId ? -1 : 1));
}

const weakest = ({ items }: AdviceResult['counties'][number]): number =>
  items.length === 0 ? 1 : items.reduce((sum, one) => sum + one.inTimeAfter, 0) / items.length;

interface CountyAsked {
  names: Names;
  societyId: string;
  county: number;
  stock: Stock;
  moved: Stock;
}

function countyOf(
  problem: StructureProblem,
  advice: StructureAdvice,
  asked: CountyAsked,
): AdviceResult['counties'][number] {
  const { names, societyId, county, stock, moved } = asked;
  const [scenario, demand] = worstOf(problem, county);
  const wanted = problem.scenarios[scenario]!.demands[demand]!;
  const own = names.stores.map((store) => names.liesIn(store.societyId, societyId));
  const households = (of: Stock, item: number): number =>
    Math.floor(
      of.reduce((sum, units, store) => sum + (own[store] ? units[item]! : 0), 0) * problem.items[item]!.households! +
        1e-9,
    );
  const inTime = (outcomes: readonly Outcome[][], item: number): number =>
    share(outcomes[scenario]![item]!.inTimeOfDemand[demand]!, wanted.units[item]!);
  return {
    societyId,
    name: names.countyName(societyId),
    households: Math.ceil(wanted.people / names.households),
    scenarioId: problem.scenarios[scenario]!.id,
    items: problem.items.flatMap(({ id, households: each }, item) =>
      wanted.units[item]! === 0 || each === null ? [] : [{
        itemId: id, ownBefore: households(stock, item), ownAfter: households(moved, item), inTimeBefore: inTime(advice.before, item),
        inTimeAfter: inTime(advice.after, item),
      }],
    ), // prettier-ignore
  };
}

/** The scenario that takes most people of a county from their homes, and where it stands there. */
function worstOf({ scenarios }: StructureProblem, county: number): [scenario: number, demand: number] {
  const all = scenarios.flatMap(({ demands }, scenario) =>
    demands.flatMap((demand, at) => (demand.county === county ? [{ scenario, at, people: demand.people }] : [])),
  );
  const worst = all.toSorted((a, b) => b.people - a.people || a.scenario - b.scenario)[0]!;
  return [worst.scenario, worst.at];
}
