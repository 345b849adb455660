/** Parameters of a problem: filled into the sentence of the reader's language. */
export type ProblemParams = Record<string, string | number | boolean | null>;
/** One bad field: a JSON pointer into the request and a code. */
export interface FieldError {
  pointer: string;
  code: string;
  params?: ProblemParams;
}

/**
 * An expected refusal. The code names what is wrong (`noun.reason`), the status is what HTTP calls it:
 * 400 malformed, 401/403, 404 missing or not visible to you, 409 right request at the wrong moment, 422 refused by a rule, 429, 503.
 */
export class Problem extends Error {
  readonly status: number;
  constructor(
    readonly code: string,
    readonly params: ProblemParams = {},
    options: { status?: number; errors?: FieldError[]; retryAfterS?: number } = {},
  ) {
    super(code);
    this.name = 'Problem';
    this.status = options.status ?? statusOf(code);
    this.errors = options.errors;
    this.retryAfterS = options.retryAfterS;
  }
  readonly errors: FieldError[] | undefined;
  readonly retryAfterS: number | undefined;
}

const STATUS_BY_CODE: Record<string, number> = {
  'auth.required': 401,
  'auth.failed': 401,
  'auth.locked': 429,
  'auth.other-person': 409,
  'rate.limited': 429,
  'access.denied': 403,
  'request.invalid': 400,
  'request.malformed': 400,
  'upload.too-large': 413,
  'idempotency.mismatch': 409,
  'team.not-available': 409,
  'reservation.closed': 409,
  'stock.reversed': 409,
  'alert.closed': 409,
  'link.used': 409,
  'structure-advice.at-work': 409,
  'teams-together.at-work': 409,
  'structure-move.taken': 409,
  busy: 503,
};

function statusOf(code: string): number {
  const known = STATUS_BY_CODE[code];
  if (known) return known;
  if (code.endsWith('.not-found')) return 404;
  if (code.endsWith('.stale') || code.endsWith('.step-not-allowed') || code.endsWith('.exists')) return 409;
  return 422;
}

export const notFound = (noun: string, id: string) => new Problem(`${noun}.not-found`, { id });

/** A state that cannot be: the work stops and the log is loud (500). Never caught to carry on. */
export class InvariantBroken extends Error {
  constructor(invariant: string) {
    super(`invariant broken: ${invariant}`);
    this.name = 'InvariantBroken';
  }
}

/** Holds an invariant in place; `what` names it, for example 'S2 reserved covers the release'. */
export function ensure(holds: boolean, what: string): asserts holds {
  if (!holds) throw new InvariantBroken(what);
}
