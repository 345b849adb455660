import type { Role } from '../../../src/access/access.dto.js';

/** Where a person's work is: the desk, the warehouse, or the phone page. */
export type Home = 'desk' | 'keeper' | 'phone';

/** Whoever keeps a store or leads a team and does nothing else is taken to that page; everybody else starts at the desk. */
export function homeOf(roles: readonly Role[]): Home {
  if (roles.length === 0 || roles.some((role) => role !== 'keeper' && role !== 'teamLeader')) return 'desk';
  return roles.includes('keeper') ? 'keeper' : 'phone';
}
