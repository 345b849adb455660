import type { AdviceResult } from '../../../src/suggestions/structure/structure.dto.js';
import { named, unitOf, useLocale } from '../i18n/i18n.js';
import { useLive } from '../live/hooks.js';

/** Words for items, from the catalogue that every console has. */
export function useItemNames() {
  useLocale();
  const items = useLive(['item'], (store) => store.rows('item'));
  const item = (id: string) => items.find((one) => one.id === id);
  return { item: (id: string): string => named(item(id)), unit: (id: string): string => unitOf(item(id)) };
}

/** Words for what an advice names: stores and scenarios from the advice itself. */
export function useNames(result: AdviceResult) {
  return {
    ...useItemNames(),
    store: (id: string): string => result.stores.find((one) => one.id === id)?.name ?? '',
    scenario: (id: string): string => result.scenarios.find((one) => one.id === id)?.name ?? '',
  };
}
export type Names = ReturnType<typeof useNames>;
