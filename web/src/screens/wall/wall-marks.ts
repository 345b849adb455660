import type { ScreenPicture } from '../../../../src/screens/screens.dto.js';
import type { Mark } from '../../map/marks.js';
import { lookOf, stalePositionMs } from '../../rescue-teams/unit-state.rules.js';
import { incidentLabel, incidentSign, unitSign, warehouseSign } from './wall-styles.js';

/** Warehouses, units and incidents as signs. Units of a team that do the same at one base are one sign: their number stands in the list. */
export function wallMarks(picture: ScreenPicture, nowMs: number): Mark[] {
  const { warehouses, units, incidents } = picture;
  const stores = warehouses.map(({ id, at, name }): Mark => ({
    id,
    at,
    sign: 'store',
    label: () => name,
    style: warehouseSign,
  }));
  const teams = new Map<string, Mark>();
  for (const unit of units) {
    const look = lookOf(unit);
    const old = stalePositionMs(unit, nowMs) !== null;
    const id = unit.booking ? unit.id : `${unit.teamId} ${look}`;
    teams.set(id, {
      id,
      at: unit.at,
      sign: `${look} ${old}`,
      label: () => unit.team,
      style: () => unitSign(look, old),
    });
  }
  const events = incidents.map(({ id, at, severity, place }): Mark => ({ id, at, sign: severity, label: () => place, style: () => incidentSign(severity) })); // prettier-ignore
  return [...stores, ...teams.values(), ...events];
}

/** The words below the signs of incidents, in a layer where they make room for each other. */
export const labelMarks = ({ incidents }: ScreenPicture): Mark[] =>
  incidents.map(({ id, at, place }) => ({
    id,
    at,
    sign: place,
    label: () => place,
    style: () => incidentLabel(place),
  }));
