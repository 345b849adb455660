import type { Draft, Duty } from './draft.rules.js';
import type { Excluded, Reason, TeamLine, TeamUnitCandidate, Unmet } from './planner.types.js';
import { lateness, plainReason, reason } from './reasons.rules.js';
import type { PassedOver } from './reasons.rules.js';
import { cityCovers, compareIds, isCapable, isLate, unavailable } from './snapshot.rules.js';
import type { OpenCapability, Snapshot } from './snapshot.rules.js';

/** Lines for the teams, in the order of needs, then arrival. */
export function teamLines(snapshot: Snapshot, draft: Draft): TeamLine[] {
  const uncovering = uncoveringUnits(snapshot, draft);
  return draft.duties
    .toSorted(
      (left, right) =>
        snapshot.capabilities.indexOf(left.need) - snapshot.capabilities.indexOf(right.need) ||
        left.unit.etaMin - right.unit.etaMin ||
        compareIds(left.unit.unitId, right.unit.unitId),
    )
    .map((duty) => {
      const { unit, need, headcount } = duty;
      const late = lateness(unit.etaMin, need.neededByMin);
      return {
        kind: 'team',
        unitId: unit.unitId,
        teamId: unit.teamId,
        needId: need.id,
        headcount,
        etaMin: unit.etaMin,
        distanceM: unit.distanceM,
        reasons: whyThisUnit(snapshot, draft, duty, uncovering),
        warnings: [
          ...(late ? [reason('late', late)] : []),
          ...(uncovering.has(unit.unitId) ? [reason('leaves-city-uncovered', { speciality: unit.speciality })] : []),
        ],
      };
    });
}

/** Units whose going leaves their city without a ready unit of their speciality, at home or elsewhere. */
function uncoveringUnits(snapshot: Snapshot, draft: Draft): Set<string> {
  const sent = new Set(draft.duties.map(({ unit }) => unit.unitId));
  const emptied = cityCovers(snapshot)
    .map(({ unitIds, readyUnits }) => ({ going: unitIds.filter((id) => sent.has(id)), readyUnits }))
    .filter(({ going, readyUnits }) => going.length >= readyUnits);
  return new Set(emptied.flatMap(({ going }) => going));
}

function whyThisUnit(snapshot: Snapshot, draft: Draft, duty: Duty, uncovering: ReadonlySet<string>): Reason[] {
  const { unit, need, headcount } = duty;
  const { speciality } = need;
  const available = snapshot.units.filter((other) => isCapable(other, speciality) && !unavailable(snapshot, other));
  const reasons = [nearness(snapshot, draft, duty)];
  if (available.length === 1) reasons.push(reason('only-available', { speciality }));
  if (need.neededByMin !== null && !isLate(unit.etaMin, need))
    reasons.push(reason('on-time', { etaMin: unit.etaMin, neededByMin: need.neededByMin }));
  if (!uncovering.has(unit.unitId))
    reasons.push(reason('keeps-city-cover', { speciality: unit.speciality, peersReadyInCity: unit.peersReadyInCity }));
  if (unit.speciality !== speciality)
    reasons.push(reason('second-speciality', { speciality, mainSpeciality: unit.speciality }));
  if (headcount < unit.headcount) reasons.push(reason('part-of-unit', { headcount, unitHeadcount: unit.headcount }));
  if (snapshot.lockedUnitIds.has(unit.unitId)) reasons.push(plainReason('locked-by-desk'));
  return reasons;
}

/** Nearest of all that could do the work, or else the nearest one that was passed over, and why. */
function nearness(snapshot: Snapshot, draft: Draft, { unit, need }: Duty): Reason {
  const { speciality } = need;
  const [nearer] = snapshot.units
    .filter((other) => isCapable(other, speciality) && other.etaMin < unit.etaMin)
    .filter((other) => draft.duties.every((duty) => duty.unit.unitId !== other.unitId || duty.need.id !== need.id))
    .toSorted((left, right) => left.etaMin - right.etaMin || compareIds(left.unitId, right.unitId));
  if (!nearer) return reason('nearest-capable', { speciality, etaMin: unit.etaMin, distanceM: unit.distanceM });
  return reason('farther-but-free', {
    nearerId: nearer.unitId,
    nearerEtaMin: nearer.etaMin,
    etaMin: unit.etaMin,
    why: whyPassedOver(snapshot, draft, nearer),
  });
}

function whyPassedOver(snapshot: Snapshot, draft: Draft, nearer: TeamUnitCandidate): PassedOver {
  const never = unavailable(snapshot, nearer);
  if (never) return never.code as PassedOver;
  if (draft.duties.some((duty) => duty.unit.unitId === nearer.unitId)) return 'serves-other-need';
  if (isLastElsewhere(snapshot, draft, nearer)) return 'city-cover-kept';
  return snapshot.objective === 'few-sources' ? 'few-sources' : 'not-chosen';
}

function isLastElsewhere(snapshot: Snapshot, draft: Draft, unit: TeamUnitCandidate): boolean {
  const sent = new Set(draft.duties.map((duty) => duty.unit.unitId));
  return cityCovers(snapshot).some(
    ({ elsewhere, unitIds, readyUnits }) =>
      elsewhere && unitIds.includes(unit.unitId) && unitIds.filter((id) => sent.has(id)).length + 1 >= readyUnits,
  );
}

/** Every known unit that does not go, with the reason. */
export function excludedUnits(snapshot: Snapshot, draft: Draft): Excluded[] {
  const sent = new Set(draft.duties.map(({ unit }) => unit.unitId));
  return snapshot.units
    .filter(({ unitId }) => !sent.has(unitId))
    .map((unit) => ({ kind: 'team', unitId: unit.unitId, reason: whyNotUnit(snapshot, draft, unit) }));
}

function whyNotUnit(snapshot: Snapshot, draft: Draft, unit: TeamUnitCandidate): Reason {
  const never = unavailable(snapshot, unit);
  if (never) return never;
  const asked = snapshot.capabilities.filter((need) => isCapable(unit, need.speciality));
  const [first] = asked;
  if (!first) return reason('capability-not-needed', { speciality: unit.speciality });
  const open = asked.find((need) => missingAfter(draft, need) > 0) ?? asked.find(({ missing }) => missing > 0);
  if (!open) return reason('already-promised', { needId: first.id });
  const serving = draft.duties.filter(({ need }) => need.id === open.id);
  const lastEtaMin = Math.max(0, ...serving.map((duty) => duty.unit.etaMin));
  const late = lateness(unit.etaMin, open.neededByMin);
  if (missingAfter(draft, open) > 0) return reason('not-chosen', { needId: open.id });
  if (late) return reason('too-late', late);
  if (unit.etaMin < lastEtaMin && isLastElsewhere(snapshot, draft, unit))
    return reason('city-cover-kept', { speciality: unit.speciality });
  return reason('not-needed', { needId: open.id, etaMin: unit.etaMin, lastEtaMin });
}

function missingAfter(draft: Draft, need: OpenCapability): number {
  const sent = draft.duties.filter((duty) => duty.need.id === need.id);
  return need.missing - sent.reduce((sum, { headcount }) => sum + headcount, 0);
}

/** Capability needs that stay open, each with its cause. */
export function unmetCapabilities(snapshot: Snapshot, draft: Draft): Unmet[] {
  return snapshot.capabilities.flatMap((need) => {
    const missing = missingAfter(draft, need);
    return missing > 0 ? [{ needId: need.id, missing, cause: whyOpen(snapshot, draft, need) }] : [];
  });
}

function whyOpen(snapshot: Snapshot, draft: Draft, need: OpenCapability): Reason {
  const { speciality } = need;
  const known = snapshot.units.filter((unit) => isCapable(unit, speciality));
  if (known.length === 0) return reason('no-capable-unit', { speciality });
  const states = known.map((unit) => unavailable(snapshot, unit)?.code);
  const count = (code: string): number => states.filter((state) => state === code).length;
  const counts = {
    speciality,
    busy: count('busy'),
    notReady: count('not-ready') + count('no-people'),
    resting: count('resting'),
    excluded: count('excluded-by-desk') + count('said-no'),
  };
  if (states.every((state) => state !== undefined))
    return reason('no-unit-available', { known: known.length, ...counts });
  const elsewhere = draft.duties.filter((duty) => duty.need.id !== need.id && isCapable(duty.unit, speciality));
  if (elsewhere.length > 0) {
    const headcount = elsewhere.reduce((sum, duty) => sum + duty.headcount, 0);
    return reason('units-serve-other-needs', { speciality, units: elsewhere.length, headcount });
  }
  return reason('not-enough-people', { sentHeadcount: need.missing - missingAfter(draft, need), ...counts });
}
