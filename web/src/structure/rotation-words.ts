import type { ExpectedDto, RotationDto } from '../../../src/suggestions/structure/rotation/rotation.dto.js';
import { count } from '../i18n/format.js';
import { t } from '../i18n/i18n.js';
import { yuan } from './figures.rules.js';
import { useItemNames } from './names.js';

/** Words for what a rotation names: items by name, stores and needs from the rotation itself. */
export function useRotationWords(found: RotationDto) {
  return {
    ...useItemNames(),
    store: (id: string): string => found.stores.find((one) => one.id === id)?.name ?? t('structure.rotation.other-store'),
    need: (id: string) => found.needs.find((one) => one.id === id),
    worth: (fen: number | null): string =>
      fen === null ? t('structure.rotation.no-price') : t('structure.rotation.worth', { yuan: yuan(fen) }),
  }; // prettier-ignore
}
export type RotationWords = ReturnType<typeof useRotationWords>;

/** Scenarios named in the reckoning; the others are counted. */
const NAMED = 3;

/** How what a store is expected to issue was reckoned. */
export function reckoning({ units, source, days, issuedUnits, recordDays, scenarios }: ExpectedDto, unit: string): string {
  if (source === 'none') return t('structure.rotation.use.none', { days });
  const figures = { units: count(units), unit, days };
  if (source === 'issues')
    return t('structure.rotation.use.issues', { ...figures, issued: count(issuedUnits), recordDays });
  const most = scenarios.toSorted((a, b) => b.perYear * b.units - a.perYear * a.units);
  const told = most.slice(0, NAMED).map(({ name, perYear, units: each }) =>
    t('structure.rotation.use.scenario', { name, perYear, units: count(each), unit }),
  );
  const more = most.length - told.length;
  return t('structure.rotation.use.scenarios', {
    ...figures,
    list: told.join(t('structure.comma')) + (more > 0 ? t('structure.and-more', { count: more }) : ''),
  });
} // prettier-ignore
