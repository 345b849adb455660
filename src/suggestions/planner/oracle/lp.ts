import loadHighs from 'highs';
import type { Highs, Model } from 'highs';

/** Rows and columns of a linear model, as they are added; to be minimised. */
export class LpBuilder {
  readonly rowLower: number[] = [];
  readonly rowUpper: number[] = [];
  readonly lower: number[] = [];
  readonly upper: number[] = [];
  private readonly starts: number[] = [0];
  private readonly indices: number[] = [];
  private readonly values: number[] = [];

  row(lower: number, upper: number): number {
    this.rowLower.push(lower);
    return this.rowUpper.push(upper) - 1;
  }

  column(upper: number, terms: readonly [row: number, value: number][], lower = 0): number {
    for (const [row, value] of terms) {
      this.indices.push(row);
      this.values.push(value);
    }
    this.starts.push(this.indices.length);
    this.lower.push(lower);
    return this.upper.push(upper) - 1;
  }

  build(highs: Highs): Model {
    const numCols = this.upper.length;
    const numRows = this.rowUpper.length;
    const bound = (value: number): number => (Number.isFinite(value) ? value : Math.sign(value) * highs.infinity);
    const model = highs.createModel({
      numCols,
      numRows,
      colCost: new Float64Array(numCols),
      colLower: this.lower.map(bound),
      colUpper: this.upper.map(bound),
      rowLower: this.rowLower.map(bound),
      rowUpper: this.rowUpper.map(bound),
      matrix: {
        format: 'csc',
        numCols,
        numRows,
        starts: Int32Array.from(this.starts),
        indices: Int32Array.from(this.indices),
        values: Float64Array.from(this.values),
      },
    });
    model.options.set({ output_flag: false, random_seed: 0 });
    return model;
  }
}

const DUAL_TOLERANCE = 1e-7;

/** A model that is asked goal after goal: each answer holds the optimal face of the goals before it. */
export class GoalModel {
  private readonly model: Model;
  private readonly lower: Float64Array;
  private readonly upper: Float64Array;
  private readonly rowUpper: Float64Array;

  constructor(
    private readonly highs: Highs,
    builder: LpBuilder,
  ) {
    this.model = builder.build(highs);
    this.lower = Float64Array.from(builder.lower);
    this.upper = Float64Array.from(builder.upper);
    this.rowUpper = Float64Array.from(builder.rowUpper);
    // The origin is nearly feasible: primal simplex without presolve is the quickest that HiGHS has for these.
    this.model.options.set({ presolve: 'off', simplex_strategy: 4 });
  }

  setRows(rows: readonly number[], values: readonly number[]): void {
    const selection = { kind: 'set', indices: Int32Array.from(rows) } as const;
    rows.forEach((row, at) => (this.rowUpper[row] = values[at]!));
    this.model.changeRowsBounds(selection, Float64Array.from(values), Float64Array.from(values));
  }

  setUpper(columns: readonly number[], values: readonly number[]): void {
    columns.forEach((column, at) => (this.upper[column] = Math.min(this.upper[column]!, values[at]!)));
    this.passBounds(columns);
  }

  /** The least value of a goal; null when there is no feasible point. With `hold` the goals to come keep to it. */
  minimize(costs: Float64Array, hold = true): number | null {
    const { model, highs } = this;
    model.changeColsCost({ kind: 'range', from: 0, to: costs.length - 1 }, costs);
    model.run();
    const status = model.getModelStatus();
    if (status === highs.constants.modelStatus.infeasible) return null;
    if (status !== highs.constants.modelStatus.optimal) throw new Error(`oracle.model-status ${status}`);
    const value = model.getObjectiveValue();
    if (hold) this.holdFace();
    return value;
  }

  private holdFace(): void {
    const { colValue, colDual, rowDual } = this.model.getSolution();
    const columns: number[] = [];
    colDual.forEach((dual, column) => {
      if (Math.abs(dual) <= DUAL_TOLERANCE || this.lower[column] === this.upper[column]) return;
      const atLower =
        Math.abs(colValue[column]! - this.lower[column]!) <= Math.abs(colValue[column]! - this.upper[column]!);
      const value = atLower ? this.lower[column]! : this.upper[column]!;
      this.lower[column] = value;
      this.upper[column] = value;
      columns.push(column);
    });
    this.passBounds(columns);
    const rows = [...rowDual.keys()].filter((row) => Math.abs(rowDual[row]!) > DUAL_TOLERANCE);
    if (rows.length > 0)
      this.setRows(
        rows,
        rows.map((row) => this.rowUpper[row]!),
      );
  }

  private passBounds(columns: readonly number[]): void {
    if (columns.length === 0) return;
    const { infinity } = this.highs;
    const upper = Float64Array.from(columns, (column) => Math.min(this.upper[column]!, infinity));
    const lower = Float64Array.from(columns, (column) => this.lower[column]!);
    this.model.changeColsBounds({ kind: 'set', indices: Int32Array.from(columns) }, lower, upper);
  }

  rowDuals(): Float64Array {
    return this.model.getSolution().rowDual;
  }

  values(): Float64Array {
    return this.model.getSolution().colValue;
  }

  dispose(): void {
    this.model.dispose();
  }
}

/** The package is CommonJS: its types put the loader one level deeper than Node does. */
const load = loadHighs as unknown as typeof loadHighs.default;
let loading: Promise<Highs> | undefined;

/** One instance for all: HiGHS as WebAssembly, about 25 MB. */
export function highs(): Promise<Highs> {
  loading ??= load();
  return loading;
}
