import { notFound, Problem } from '../shared/problem.js';
import type { Role } from './access.dto.js';
import type { Actor } from './actor.js';
import { isWithin } from './scope.rules.js';

const DUTY: Role[] = ['dutyOfficer', 'dutyLead'];
const REPORT_READERS: Role[] = ['auditor', 'supervisor', ...DUTY, 'administrator'];

/** Who may do what. A role counts at the society where it is held and below; with a team or warehouse named, only there. */
export const ACTIONS = {
  'incident.report': DUTY,
  'incident.step': DUTY,
  'incident.reopen': ['dutyLead', 'supervisor'],
  'response.decide': [...DUTY, 'supervisor'],
  'task.step': [...DUTY, 'supervisor', 'administrator'],
  'plan.draft': [...DUTY, 'administrator'],
  'plan.release': ['dutyLead', 'supervisor', 'administrator'],
  'mission.dispatch': DUTY,
  'assignment.step': [...DUTY, 'teamLeader'],
  'assignment.withdraw': DUTY,
  'people.settle': ['dutyLead', 'supervisor'],
  'alert.answer-for': DUTY,
  'alarm.answer': DUTY,
  'suggestion.decide': DUTY,
  'supply.approve': DUTY,
  'supply.keep': ['keeper'],
  'supply.receive': [...DUTY, 'teamLeader', 'keeper'],
  'supply.cancel': [...DUTY, 'keeper'],
  'stock.receive': ['keeper'],
  'stock.announce': [...DUTY, 'keeper'],
  'stock.count': ['keeper', 'checker'],
  'stock.count-approve': ['checker', 'dutyLead'],
  'stock.resolve': ['keeper', 'checker', ...DUTY, 'supervisor'],
  'stock.adjust': ['keeper'],
  'stock.adjust-approve': ['checker', 'dutyLead'],
  'stock.order': DUTY,
  'stock.transfer': [...DUTY, 'keeper'],
  'stock.request': [...DUTY, 'keeper'],
  'stock.request-answer': DUTY,
  'stock.check': ['checker', 'keeper', ...DUTY],
  'stock.hold': ['keeper', 'checker', ...DUTY],
  'stock.policy': ['keeper', 'administrator', 'dutyLead'],
  'stock.catalogue': ['administrator', 'keeper'],
  'warehouse.manage': ['administrator'],
  'team.manage': [...DUTY, 'administrator'],
  'team.stand-by': [...DUTY, 'teamLeader'],
  'team.position': [...DUTY, 'teamLeader'],
  'duty.plan': [...DUTY, 'supervisor', 'administrator'],
  'duty.hand-over': DUTY,
  'channel.test': [...DUTY, 'administrator'],
  'duty.withdraw': ['dutyLead'],
  'drill.run': ['dutyLead', 'supervisor'],
  'screen.manage': ['dutyLead', 'administrator'],
  'user.manage': ['administrator'],
  'journal.read': ['auditor', 'supervisor'],
  'report.read': REPORT_READERS,
  'report.stock': [...REPORT_READERS, 'keeper'],
} as const satisfies Record<string, readonly Role[]>;
export type Action = keyof typeof ACTIONS;

/** Where an action happens: any one of the named societies (by path), or the team or warehouse itself. */
export interface Target {
  paths?: string[];
  teamId?: string;
  warehouseId?: string;
}

export function may(actor: Actor, action: Action, target: Target): boolean {
  const roles: readonly Role[] = ACTIONS[action];
  return actor.grants.some((grant) => {
    if (!roles.includes(grant.role)) return false;
    if (grant.teamId) return grant.teamId === target.teamId;
    if (grant.warehouseId) return grant.warehouseId === target.warehouseId;
    return (target.paths ?? []).some((path) => isWithin(path, grant.path));
  });
}

/** Refuses with 403 `access.denied`. Called with the row's own society, after the lock; never with what the caller claimed. */
export function allow(actor: Actor, action: Action, target: Target): void {
  if (!may(actor, action, target)) throw new Problem('access.denied', { action });
}

export const canSee = (actor: Actor, scope: string[]): boolean => scope.some((key) => actor.keys.includes(key));

/** The row if it exists and the actor may see it; otherwise 404 `<noun>.not-found`, the same for both. */
export function visibleOr404<T extends { scope: string[] }>(
  actor: Actor,
  row: T | undefined,
  noun: string,
  id: string,
): T {
  if (!row || !canSee(actor, row.scope)) throw notFound(noun, id);
  return row;
}
