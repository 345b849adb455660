import type { ReportIncident } from '../../../src/incidents/incidents.dto.js';
import { firstNeedOf } from './first-need.rules.js';

export type ReportDraft = {
  id: string;
  phone: string;
  caller: string;
  placeText: string;
  lon: number | null;
  lat: number | null;
  /** false while the point is only guessed from the words. */
  sure: boolean;
  kind: ReportIncident['kind'] | '';
  what: string;
  people: string;
  severity: ReportIncident['severity'];
  exercise: boolean;
  /** First team need; empty texts mean the usual one of the type. */
  speciality: string;
  headcount: string;
};
export const EMPTY_REPORT: ReportDraft = {
  id: '',
  phone: '',
  caller: '',
  placeText: '',
  lon: null,
  lat: null,
  sure: false,
  kind: '',
  what: '',
  people: '',
  severity: 'IV',
  exercise: false,
  speciality: '',
  headcount: '',
};

/** What still stops the report: only the place with a point, and the type (S2). */
export function missingIn(draft: ReportDraft): ('place' | 'point' | 'kind')[] {
  const missing: ('place' | 'point' | 'kind')[] = [];
  if (draft.placeText.trim() === '') missing.push('place');
  else if (draft.lon === null || draft.lat === null) missing.push('point');
  if (draft.kind === '') missing.push('kind');
  return missing;
}

/** Only digits count as people; words such as "about 20" keep their number. */
export const peopleOf = (text: string): number | null => {
  const digits = /\d+/.exec(text.replace(/[,\uff0c]/g, ''))?.[0];
  return digits ? Number(digits) : null;
};

export function reportOf(draft: ReportDraft): object {
  return {
    id: draft.id,
    kind: draft.kind,
    severity: draft.severity,
    location: { lon: draft.lon, lat: draft.lat },
    placeText: draft.placeText.trim(),
    whatHappened: draft.what.trim(),
    exercise: draft.exercise,
    peopleAffected: peopleOf(draft.people),
    reporter: {
      ...(draft.phone.trim() ? { phone: draft.phone.trim() } : {}),
      ...(draft.caller.trim() ? { name: draft.caller.trim() } : {}),
    },
  };
}

/** The team need to enter with the report; null when the officer wrote 0 or nothing is usual. */
export function needOf(
  draft: Pick<ReportDraft, 'kind' | 'speciality' | 'headcount'>,
): { speciality: string; headcount: number } | null {
  const usual = firstNeedOf(draft.kind);
  const speciality = draft.speciality || usual?.speciality;
  const headcount = draft.headcount.trim() === '' ? (usual?.headcount ?? 0) : (peopleOf(draft.headcount) ?? 0);
  return speciality && headcount > 0 ? { speciality, headcount } : null;
}
