import type { ReportIncident } from '../../../src/incidents/incidents.dto.js';
import type { Speciality } from '../../../src/rescue-teams/rescue-teams.dto.js';

type Kind = ReportIncident['kind'];
/**
 * What is usually sent first, so that a call can be answered before anyone has thought about needs. Head counts are one or
 * two units of 8 to 15 people, the size that teams of the society send; the officer sees and changes them.
 */
const FIRST: Partial<Record<Kind, { speciality: Speciality; headcount: number }>> = {
  typhoon: { speciality: 'water', headcount: 16 },
  flood: { speciality: 'water', headcount: 16 },
  landslide: { speciality: 'search-rescue', headcount: 16 },
  earthquake: { speciality: 'search-rescue', headcount: 24 },
  snow: { speciality: 'relief', headcount: 10 },
  'mountain-search': { speciality: 'search-rescue', headcount: 10 },
  drowning: { speciality: 'water', headcount: 8 },
  chemical: { speciality: 'medical', headcount: 6 },
  'missing-person': { speciality: 'search-rescue', headcount: 8 },
  'event-standby': { speciality: 'medical', headcount: 6 },
};
export const firstNeedOf = (kind: Kind | ''): { speciality: Speciality; headcount: number } | null =>
  kind ? (FIRST[kind] ?? null) : null;
