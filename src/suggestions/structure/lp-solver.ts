import type { Highs } from 'highs';
import type { SolveAnswer } from '../planner/linear-model.rules.js';
import type { SolveLp } from './placing.rules.js';

/** One program at most, so that the items behind it have their turn. */
const TIME_LIMIT_S = 30;

/** Linear programs by HiGHS, one after the other on this thread. Anything but a proven optimum is `failed`. */
export const solverOf =
  (highs: Highs): SolveLp =>
  ({ lp, options }) =>
    highs.withModel({ format: 'lp', data: lp }, (model) => {
      model.options.set({ output_flag: false, time_limit: TIME_LIMIT_S, ...options });
      const { modelStatus } = model.run();
      const status: SolveAnswer['status'] = modelStatus === highs.constants.modelStatus.optimal ? 'optimal' : 'failed';
      const objective = status === 'optimal' ? model.getObjectiveValue() : Number.NaN;
      const { colValue, rowDual } = model.getSolution();
      return {
        status,
        objective,
        bound: objective,
        columns: [...colValue],
        columnDuals: [],
        rowDuals: [...(rowDual ?? [])],
      };
    });
