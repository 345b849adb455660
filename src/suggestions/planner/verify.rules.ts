import type {
  CapabilityNeed,
  ItemNeed,
  Plan,
  PlannerInput,
  StockCandidate,
  StockLot,
  SupplyLine,
  TeamLine,
  TeamUnitCandidate,
} from './planner.types.js';
import { hasSpareLot, isClosed, keepsFor, minimumOf, Shelves } from './verify-shelves.rules.js';

/** A plan broke a rule. `rule` names it, `subject` the unit, lot, cell or need. A bug of ours, so it stops the work. */
export class PlanViolation extends Error {
  constructor(
    readonly rule: string,
    readonly subject: string,
  ) {
    super(`planner.plan-violates ${rule} ${subject}`);
  }
}

/*
 * Second opinion: reads the caller's input and the plan, and shares no code with the formulation, the stand-in or the
 * explanations, so that one mistake cannot hide in both.
 */

function demand(holds: boolean, rule: string, subject: string): asserts holds {
  if (!holds) throw new PlanViolation(rule, subject);
}

const flagged = (line: TeamLine | SupplyLine, code: string): boolean =>
  line.warnings.some((warning) => warning.code === code);

/** Throws `PlanViolation` at the first rule that the plan breaks. */
export function verifyPlan(input: PlannerInput, plan: Plan): void {
  const teams = plan.lines.filter((line) => line.kind === 'team');
  const supplies = plan.lines.filter((line) => line.kind === 'supply');
  for (const line of teams) verifyTeamLine(input, line);
  verifyUnitsOnce(teams);
  verifyCityWarnings(input, teams);
  const shelves = new Shelves(input.stock, supplies, plan.reserved);
  for (const line of supplies) verifySupplyLine(input, shelves, line);
  for (const cell of input.stock) verifyCell(input, shelves, cell);
  verifyLocks(input, plan, supplies);
  verifyNeeds(input, plan);
  verifyLeftOut(input, plan);
  verifyFigures(plan);
  if (plan.status === 'optimal') {
    verifyNothingIdle(input, plan, teams);
    for (const line of supplies) verifyNoBetterSource(input, shelves, line);
  }
}

function verifyTeamLine(input: PlannerInput, line: TeamLine): void {
  const unit = input.units.find(({ unitId }) => unitId === line.unitId);
  const need = input.capabilities.find(({ id }) => id === line.needId);
  demand(unit !== undefined && unit.teamId === line.teamId, 'unit-known', line.unitId);
  demand(need !== undefined, 'need-known', line.needId);
  demand(maySend(input, unit), 'unit-may-go', line.unitId);
  demand(masters(unit, need), 'unit-capable', line.unitId);
  demand(Number.isInteger(line.headcount) && line.headcount >= 1, 'headcount-whole', line.unitId);
  demand(line.headcount <= unit.headcount, 'headcount-there', line.unitId);
  demand(line.etaMin === Math.ceil(unit.etaMin) && line.distanceM === unit.distanceM, 'line-place', line.unitId);
  demand(flagged(line, 'late') === comesLate(unit, need), 'late-flagged', line.unitId);
  demand(line.reasons.length > 0, 'line-has-reason', line.unitId);
}

function maySend(input: PlannerInput, unit: TeamUnitCandidate): boolean {
  const rested = unit.restUntilMin === null || unit.restUntilMin <= 0;
  const willing = !unit.saidNo || (input.lockedUnitIds ?? []).includes(unit.unitId);
  return (
    !unit.blocked &&
    unit.ready &&
    !unit.busy &&
    willing &&
    rested &&
    !(input.excludedUnitIds ?? []).includes(unit.unitId)
  );
}

function masters(unit: TeamUnitCandidate, need: CapabilityNeed): boolean {
  return [unit.speciality, ...unit.capabilities].includes(need.speciality);
}

function comesLate(from: { etaMin: number }, need: { neededByMin: number | null }): boolean {
  return need.neededByMin !== null && Math.ceil(from.etaMin) > need.neededByMin;
}

function verifyUnitsOnce(lines: readonly TeamLine[]): void {
  const seen = new Set<string>();
  for (const { unitId } of lines) {
    demand(!seen.has(unitId), 'unit-once', unitId);
    seen.add(unitId);
  }
}

/** A unit that goes is flagged exactly when its city keeps no other ready unit of its speciality. */
function verifyCityWarnings(input: PlannerInput, lines: readonly TeamLine[]): void {
  const goes = (unit: TeamUnitCandidate): boolean => lines.some(({ unitId }) => unitId === unit.unitId);
  for (const line of lines) {
    const unit = input.units.find(({ unitId }) => unitId === line.unitId);
    if (!unit) continue;
    const comrades = input.units.filter((other) => other === unit || areComrades(input, other, unit));
    const ready = Math.max(comrades.length, ...comrades.map(({ peersReadyInCity }) => peersReadyInCity + 1));
    const left = ready - comrades.filter(goes).length;
    demand(flagged(line, 'leaves-city-uncovered') === left <= 0, 'city-flagged', line.unitId);
  }
}

function areComrades(input: PlannerInput, left: TeamUnitCandidate, right: TeamUnitCandidate): boolean {
  const sameCity = left.homeCityId !== undefined && left.homeCityId === right.homeCityId;
  return sameCity && left.speciality === right.speciality && maySend(input, left) && left.headcount > 0;
}

function verifySupplyLine(input: PlannerInput, shelves: Shelves, line: SupplyLine): void {
  const subject = `${line.warehouseId}/${line.itemId}`;
  const cell = shelves.cell(line);
  const need = input.items.find(({ id }) => id === line.needId);
  demand(cell !== undefined, 'cell-known', subject);
  demand(!isClosed(input, cell), 'cell-open', subject);
  demand(need !== undefined && need.itemId === line.itemId, 'need-known', line.needId);
  demand(Number.isInteger(line.units) && line.units >= 1, 'units-whole', subject);
  demand(line.lots.reduce((sum, { units }) => sum + units, 0) === line.units, 'lots-add-up', subject);
  demand(new Set(line.lots.map(({ lotId }) => lotId)).size === line.lots.length, 'lot-once', subject);
  for (const { lotId, units } of line.lots) {
    const lot = cell.lots.find((other) => other.lotId === lotId);
    demand(lot !== undefined && Number.isInteger(units) && units >= 1, 'lot-known', lotId);
    demand(!lot.held, 'lot-not-held', lotId);
    demand(keepsFor(lot, cell, need), 'lot-outlives-use', lotId);
  }
  demand(line.etaMin === Math.ceil(cell.etaMin) && line.distanceM === cell.distanceM, 'line-place', subject);
  demand(flagged(line, 'late') === comesLate(cell, need), 'late-flagged', subject);
  demand(line.reasons.length > 0, 'line-has-reason', subject);
}

/** What the desk wants sent goes, unless the plan says why it cannot. */
function verifyLocks({ lockedSupplies = [] }: PlannerInput, plan: Plan, lines: readonly SupplyLine[]): void {
  for (const lock of lockedSupplies) {
    const sent = lines.filter((line) => Shelves.key(line) === Shelves.key(lock));
    const isRefused = plan.insight === null || plan.insight.bindings.some(({ code, params }) => code.startsWith('lock-') && code !== 'lock-costs' && Shelves.key(params as object) === Shelves.key(lock)); // prettier-ignore
    demand(sent.reduce((sum, { units }) => sum + units, 0) >= lock.units || isRefused, 'lock-kept', Shelves.key(lock));
  }
}

/** Lots not overdrawn, first expired first out, reserve broken only when it is said. */
function verifyCell(input: PlannerInput, shelves: Shelves, cell: StockCandidate): void {
  const subject = `${cell.warehouseId}/${cell.itemId}`;
  const lines = shelves.linesFrom(cell);
  if (lines.length === 0) return;
  for (const lot of cell.lots)
    demand(shelves.takenFrom(cell, lot.lotId) <= lot.availableUnits, 'lot-not-overdrawn', lot.lotId);
  const after = shelves.after(cell);
  const breaks = after < minimumOf(input, cell);
  demand(after >= shelves.reservedFrom(cell), 'reserved-there', subject);
  for (const line of lines) {
    demand(line.availableAfter === after, 'available-after', subject);
    demand(flagged(line, 'breaks-reserve-nothing-else-covers') === breaks, 'reserve-flagged', subject);
    const need = input.items.find(({ id }) => id === line.needId);
    if (need) verifyFefo(shelves, cell, need, line);
  }
}

function verifyFefo(shelves: Shelves, cell: StockCandidate, need: ItemNeed, line: SupplyLine): void {
  for (const { lotId } of line.lots) {
    const used = cell.lots.find((lot) => lot.lotId === lotId);
    for (const lot of cell.lots) {
      if (!used || !isBefore(lot, used) || lot.held || !keepsFor(lot, cell, need)) continue;
      demand(shelves.takenFrom(cell, lot.lotId) === lot.availableUnits, 'first-expired-first', lot.lotId);
    }
  }
}

function isBefore(lot: StockLot, other: StockLot): boolean {
  const day = lot.expiresInDays ?? Number.MAX_VALUE;
  const otherDay = other.expiresInDays ?? Number.MAX_VALUE;
  if (day !== otherDay) return day < otherDay;
  if (lot.receivedOrder !== other.receivedOrder) return lot.receivedOrder < other.receivedOrder;
  return lot.lotId < other.lotId;
}

/** What a need gets plus what is declared open is what it lacks. */
function verifyNeeds(input: PlannerInput, plan: Plan): void {
  const given = new Map<string, number>();
  for (const line of plan.lines) {
    const amount = line.kind === 'team' ? line.headcount : line.units;
    given.set(line.needId, (given.get(line.needId) ?? 0) + amount);
  }
  const lacking = [
    ...input.capabilities.map((need) => ({ id: need.id, lacks: need.headcount - need.alreadyHeadcount })),
    ...input.items.map((need) => ({ id: need.id, lacks: need.units - need.alreadyUnits })),
  ];
  for (const { id, lacks } of lacking) {
    const open = Math.max(lacks, 0) - (given.get(id) ?? 0);
    demand(open >= 0, 'need-not-overfilled', id);
    const declared = plan.unmet.filter(({ needId }) => needId === id);
    demand(declared.length === (open > 0 ? 1 : 0), 'unmet-declared', id);
    demand(
      declared.every(({ missing, cause }) => missing === open && cause.code !== ''),
      'unmet-figure',
      id,
    );
  }
}

/** Every candidate is in the plan or among the excluded, once. */
function verifyLeftOut(input: PlannerInput, plan: Plan): void {
  for (const { unitId } of input.units) {
    const inPlan = plan.lines.some((line) => line.kind === 'team' && line.unitId === unitId);
    const named = plan.excluded.filter((entry) => entry.unitId === unitId).length;
    demand(named === (inPlan ? 0 : 1), 'unit-accounted', unitId);
  }
  const sending = new Set(plan.lines.flatMap((line) => (line.kind === 'supply' ? [Shelves.key(line)] : [])));
  const out = plan.excluded.filter(({ kind }) => kind === 'supply').map(Shelves.key);
  const left = new Set(out);
  demand(left.size === out.length, 'cell-accounted', 'twice');
  for (const key of input.stock.map(Shelves.key)) demand(sending.has(key) !== left.has(key), 'cell-accounted', key);
}

function verifyFigures({ bound, gap, stages }: Plan): void {
  const met = stages[0]?.value ?? Number.NaN;
  demand(met >= 0 && met <= bound + 1e-9 && bound <= 1 + 1e-9, 'bound-above-met', String(bound));
  demand(gap >= -1e-9 && Math.abs(gap * bound - (bound - met)) < 1e-9, 'gap-figure', String(gap));
}

/** A proven plan leaves no need open that an idle unit could still serve, and sends nobody late in its place. */
function verifyNothingIdle(input: PlannerInput, plan: Plan, teams: readonly TeamLine[]): void {
  const idle = input.units.filter(
    (unit) => maySend(input, unit) && unit.headcount > 0 && !teams.some(({ unitId }) => unitId === unit.unitId),
  );
  for (const need of input.capabilities) {
    const able = idle.filter((unit) => masters(unit, need));
    if (able.length === 0) continue;
    demand(!plan.unmet.some(({ needId }) => needId === need.id), 'no-idle-unit-for-open-need', need.id);
    const replaceable = teams.filter(
      (line) => line.needId === need.id && (line.headcount > 1 || !(input.lockedUnitIds ?? []).includes(line.unitId)),
    );
    if (replaceable.some((line) => flagged(line, 'late')))
      demand(
        able.every((unit) => comesLate(unit, need)),
        'late-only-when-nothing-else',
        need.id,
      );
  }
}

/** A proven plan sends late goods or breaks a reserve only when no other shelf could have given that unit. */
function verifyNoBetterSource(input: PlannerInput, shelves: Shelves, line: SupplyLine): void {
  const subject = `${line.warehouseId}/${line.itemId}`;
  const need = input.items.find(({ id }) => id === line.needId);
  const breaks = flagged(line, 'breaks-reserve-nothing-else-covers');
  const late = flagged(line, 'late');
  const isLocked = (input.lockedSupplies ?? []).some((lock) => Shelves.key(lock) === Shelves.key(line));
  if (!need || isLocked || !(breaks || late)) return;
  for (const cell of shelves.withItem(line.itemId)) {
    if (cell.warehouseId === line.warehouseId || isClosed(input, cell) || !hasSpareLot(shelves, cell, need)) continue;
    const inTime = !comesLate(cell, need);
    const aboveReserve = shelves.after(cell) - shelves.reservedFrom(cell) > minimumOf(input, cell);
    demand(!(late && inTime), 'late-only-when-nothing-else', subject);
    demand(!(breaks && aboveReserve && (inTime || late)), 'reserve-only-when-nothing-else', subject);
  }
}
