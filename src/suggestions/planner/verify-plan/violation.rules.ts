/** A plan that breaks a rule, or claims what it cannot prove. */
export class SupplyViolation extends Error {
  constructor(
    readonly rule: string,
    readonly subject: string,
  ) {
    super(`supplies.violation ${rule} ${subject}`);
  }
}

/** Where a rule is asked a million times, its subject is only written down once it is broken. */
export function refuse(rule: string, subject: string | number): never {
  throw new SupplyViolation(rule, String(subject));
}

export function demand(holds: boolean, rule: string, subject: string | number): asserts holds {
  if (!holds) throw new SupplyViolation(rule, String(subject));
}

/** Sums of many items are compared to the last but three digits. */
export function near(one: number, other: number): boolean {
  return Math.abs(one - other) <= 1e-9 * Math.max(1, Math.abs(one), Math.abs(other));
}
