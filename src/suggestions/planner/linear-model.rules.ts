/** A linear or mixed-integer model, to be minimised. Columns and rows are known by their index. */
export interface LinearModel {
  columns: Column[];
  rows: Row[];
}

export interface Column {
  lower: number;
  upper: number;
  integer: boolean;
}

export interface Row {
  terms: [column: number, coefficient: number][];
  sense: '<=' | '>=' | '=';
  rhs: number;
}

/** Cost per column; a column that is not named costs nothing. */
export type Costs = ReadonlyMap<number, number>;

/** What the solver is asked: CPLEX LP text, options by their HiGHS names, and a start for mixed-integer models. */
export interface SolveRequest {
  lp: string;
  options: Record<string, number | string | boolean>;
  start?: number[];
}

/** What it answers. `columns` is empty when no feasible point is known. Duals are those of linear models only. */
export interface SolveAnswer {
  status: 'optimal' | 'limit' | 'late' | 'failed';
  objective: number;
  /** Proven lower bound of the minimum. */
  bound: number;
  columns: number[];
  columnDuals: number[];
  rowDuals: number[];
}

const TERMS_A_LINE = 12;
const DUAL_TOLERANCE = 1e-6;
const INTEGER_TOLERANCE = 1e-4;

function signed(coefficient: number, column: number): string {
  return `${coefficient < 0 ? '-' : '+'} ${Math.abs(coefficient)} c${column}`;
}

function expression(terms: readonly [number, number][]): string {
  const lines: string[] = [];
  for (let from = 0; from < terms.length; from += TERMS_A_LINE)
    lines.push(
      terms
        .slice(from, from + TERMS_A_LINE)
        .map(([column, coefficient]) => signed(coefficient, column))
        .join(' '),
    );
  return lines.join('\n  ');
}

function boundLine({ lower, upper }: Column, index: number): string {
  if (lower === upper) return ` c${index} = ${lower}`;
  return ` ${lower} <= c${index} <= ${upper === Number.POSITIVE_INFINITY ? '+inf' : upper}`;
}

/**
 * CPLEX LP text. The objective names every column in order, so that the solver numbers the columns as we do; every row
 * must have a term.
 */
export function toLpText(model: LinearModel, costs: Costs): string {
  const objective = model.columns.map((_, index): [number, number] => [index, costs.get(index) ?? 0]);
  const integers = model.columns.flatMap((column, index) => (column.integer ? [` c${index}`] : []));
  return [
    'Minimize',
    ` goal: ${expression(objective)}`,
    'Subject To',
    ...model.rows.map((row, index) => ` r${index}: ${expression(row.terms)} ${row.sense} ${row.rhs}`),
    'Bounds',
    ...model.columns.map(boundLine),
    ...(integers.length > 0 ? ['General', ...integers] : []),
    'End',
    '',
  ].join('\n');
}

/**
 * The optimal face of a linear model: a column with a reduced cost stays at its bound, a row with a dual becomes an
 * equality. Unlike an added objective row this keeps a network model a network model, so its corners stay whole numbers.
 */
export function onOptimalFace(model: LinearModel, answer: SolveAnswer): LinearModel {
  return {
    columns: model.columns.map((column, index) => {
      if (Math.abs(answer.columnDuals[index] ?? 0) <= DUAL_TOLERANCE) return column;
      const value = wholeNumber(answer.columns[index]);
      return { ...column, lower: value, upper: value };
    }),
    rows: model.rows.map((row, index): Row => {
      const binding = Math.abs(answer.rowDuals[index] ?? 0) > DUAL_TOLERANCE;
      return binding ? { ...row, sense: '=' } : row;
    }),
  };
}

/** The model with one more row: this goal may not get worse than `value`. For mixed-integer models. */
export function holdGoal(model: LinearModel, costs: Costs, value: number): LinearModel {
  const terms = [...costs].filter(([, cost]) => cost !== 0).toSorted(([left], [right]) => left - right);
  return { columns: model.columns, rows: [...model.rows, { terms, sense: '<=', rhs: value }] };
}

/** A value that theory says is whole. Throws when the solver's is not, since rounding it would hide a wrong model. */
export function wholeNumber(value: number | undefined): number {
  const rounded = Math.round(value ?? Number.NaN);
  if (!(Math.abs(rounded - (value ?? 0)) <= INTEGER_TOLERANCE)) throw new RangeError(`planner.not-whole ${value}`);
  return rounded === 0 ? 0 : rounded;
}

/** Cost of a point. */
export function costOf(costs: Costs, columns: readonly number[]): number {
  let sum = 0;
  for (const [column, cost] of costs) sum += cost * (columns[column] ?? 0);
  return sum;
}
