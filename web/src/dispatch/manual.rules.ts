export type Manual = {
  unitIds: string[];
  supplies: { warehouseId: string; itemId: string; units: string }[];
  message: string;
};
export const EMPTY_MANUAL: Manual = { unitIds: [], supplies: [], message: '' };

const suppliesOf = (manual: Manual) =>
  manual.supplies
    .filter((line) => line.warehouseId !== '' && /^[1-9]\d*$/.test(line.units.trim()))
    .map(({ warehouseId, itemId, units }) => ({ warehouseId, itemId, units: Number(units) }));

export const isEmpty = (manual: Manual): boolean => manual.unitIds.length + suppliesOf(manual).length === 0;

/** A mission put together by hand, as the server takes it; lines without a number fall away. */
export function manualMission(manual: Manual): object {
  const supplies = suppliesOf(manual);
  return {
    assignments: manual.unitIds.map((teamUnitId) => ({ teamUnitId })),
    supplies,
    ...(manual.message.trim() ? { message: manual.message.trim() } : {}),
  };
}

export const toggled = (ids: string[], id: string): string[] =>
  ids.includes(id) ? ids.filter((each) => each !== id) : [...ids, id];
