import type { GrantDto, SocietyDto } from '../../../../src/access/access.dto.js';
import type { RequestDto } from '../../../../src/relief-stock/requests/requests.dto.js';

export type Grant = Pick<GrantDto, 'role' | 'societyId' | 'warehouseId'>;
const DUTY = new Set(['dutyOfficer', 'dutyLead']);

export interface Acts {
  /** Societies for which the person has duty. */
  societyIds: string[];
  /** Of these, those that may give. */
  answer: string[];
  /** The open desk that may pass the rest on or decline. */
  desk: string | null;
  /** The person may withdraw or close. */
  own: boolean;
}

/** What the buttons offer; the server has the last word. Each society acts for itself only. */
export function deskActs(
  request: Pick<RequestDto, 'status' | 'societyId' | 'warehouseId' | 'desks'>,
  grants: readonly Grant[],
): Acts {
  const societyIds = [...new Set(grants.filter(({ role }) => DUTY.has(role)).map(({ societyId }) => societyId))];
  const asking = request.status === 'open';
  const live = asking || request.status === 'answered';
  const asked = request.desks.filter(({ societyId }) => societyIds.includes(societyId));
  const keeps = grants.some(
    ({ role, warehouseId }) => role === 'keeper' && warehouseId !== null && warehouseId === request.warehouseId,
  );
  return {
    societyIds,
    answer: asking ? asked.map(({ societyId }) => societyId) : [],
    desk: asking ? (asked.find(({ outcome }) => outcome === null)?.societyId ?? null) : null,
    own: live && (keeps || societyIds.includes(request.societyId)),
  };
}

type Society = Pick<SocietyDto, 'id' | 'adcode' | 'level' | 'name'>;
const ASKED = new Set<SocietyDto['level']>(['province', 'city', 'county', 'partner']);

/** Societies that may still be asked: not the one in need, and none whose desk the request has passed. Partners come first, then by code. */
export function partnersFor<S extends Society>(
  request: Pick<RequestDto, 'societyId' | 'desks'>,
  societies: readonly S[],
): S[] {
  const passed = new Set([request.societyId, ...request.desks.map(({ societyId }) => societyId)]);
  const rank = ({ level }: Society) => (level === 'partner' ? 0 : 1);
  return societies
    .filter(({ id, level }) => ASKED.has(level) && !passed.has(id))
    .sort((a, b) => rank(a) - rank(b) || a.adcode.localeCompare(b.adcode));
}
