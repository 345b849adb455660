import type { CapInstance } from './solve.types.js';
import { FormatFault, type Tokens } from './tokens.rules.js';

export const CAP_LIMITS = { warehouses: 1000, customers: 5000, cells: 1_000_000 };
const WORD = 'capacity';

/** `m n`, then per warehouse capacity and fixed cost, then per customer demand and the cost of all of it from each warehouse. */
export function parseCap(tokens: Tokens, options: { capacity?: number } = {}): CapInstance {
  const warehouses = tokens.whole('number of warehouses', 1, CAP_LIMITS.warehouses);
  const customers = tokens.whole('number of customers', 1, CAP_LIMITS.customers);
  if (warehouses * customers > CAP_LIMITS.cells)
    throw new FormatFault(`${warehouses} x ${customers} is more than ${CAP_LIMITS.cells} costs`);
  const instance: CapInstance = {
    kind: 'cap',
    warehouses,
    customers,
    capacities: new Float64Array(warehouses),
    fixedCosts: new Float64Array(warehouses),
    demands: new Float64Array(customers),
    costs: new Float64Array(warehouses * customers),
  };
  const words = readWarehouses(tokens, instance, options.capacity);
  if (options.capacity !== undefined && words === 0)
    throw new FormatFault(`the file has its own capacities: --capacity ${options.capacity} has nothing to replace`);
  for (let j = 0; j < customers; j += 1) {
    instance.demands[j] = tokens.amount(`demand of customer ${j + 1}`);
    for (let i = 0; i < warehouses; i += 1)
      instance.costs[i * customers + j] = tokens.amount(`cost of customer ${j + 1} from warehouse ${i + 1}`);
  }
  tokens.end(`customer ${customers}`);
  return instance;
}

/** capa, capb and capc stand for four problems each: their capacities are a word, and the caller says which number it is. */
function readWarehouses(tokens: Tokens, instance: CapInstance, capacity: number | undefined): number {
  let words = 0;
  for (let i = 0; i < instance.warehouses; i += 1) {
    const what = `capacity of warehouse ${i + 1}`;
    if (tokens.peek()?.toLowerCase() === WORD) {
      if (capacity === undefined) throw tokens.fault(what, 'a number, or --capacity N on the command line');
      tokens.word(WORD);
      instance.capacities[i] = capacity;
      words += 1;
    } else instance.capacities[i] = tokens.amount(what);
    instance.fixedCosts[i] = tokens.amount(`fixed cost of warehouse ${i + 1}`);
  }
  return words;
}

/** Whether as many tokens follow as this format has. */
export function looksLikeCap(tokens: Tokens): boolean {
  const [m, n] = [Number(tokens.peek()), Number(tokens.peek(1))];
  return m > 0 && n > 0 && tokens.left === 2 + 2 * m + n * (m + 1);
}
