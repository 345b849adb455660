import type { GrantRole, Role } from '../../../src/access/access.dto.js';

export type GrantDraft = { role: Role | ''; societyId: string; teamId: string; warehouseId: string };

/** Leaders and members belong to one team; keepers and checkers to one warehouse or to all of a society. */
export function placeOfRole(role: Role): 'team' | 'warehouse' | 'society' {
  if (role === 'teamLeader' || role === 'member') return 'team';
  return role === 'keeper' || role === 'checker' ? 'warehouse' : 'society';
}

export const isWholeGrant = ({ role, societyId, teamId }: GrantDraft): boolean =>
  role !== '' && societyId !== '' && (placeOfRole(role) !== 'team' || teamId !== '');

/** Only the place that the role has goes on the wire. */
export function grantBody({ role, societyId, teamId, warehouseId }: GrantDraft): GrantRole {
  const place = role === '' ? 'society' : placeOfRole(role);
  return {
    role: role as Role,
    societyId,
    ...(place === 'team' ? { teamId } : {}),
    ...(place === 'warehouse' && warehouseId !== '' ? { warehouseId } : {}),
  };
}
