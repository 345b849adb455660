import type { Role } from '../../../src/access/access.dto.js';

/** Where a person's work is: the desk, the warehouse, or the phone page. */
export type Home = 'desk' | 'keeper' | 'phone';

const IN_STORES: readonly Role[] = ['keeper', 'checker'];

/** Whoever keeps or checks a store or leads a team and does nothing else is taken to that page; everybody else starts at the desk. */
export function homeOf(roles: readonly Role[]): Home {
  const inStores = roles.some((role) => IN_STORES.includes(role));
  if (roles.some((role) => !IN_STORES.includes(role) && role !== 'teamLeader')) return 'desk';
  if (inStores) return 'keeper';
  return roles.length === 0 ? 'desk' : 'phone';
}
