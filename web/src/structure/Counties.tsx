import { useState } from 'react';
import type { AdviceResult } from '../../../src/suggestions/structure/structure.dto.js';
import { count } from '../i18n/format.js';
import { t } from '../i18n/i18n.js';
import { SelectField } from '../parts/TextField.js';
import { type Column, Table } from '../reports/Table.js';
import { change, percent } from './figures.rules.js';
import type { Names } from './names.js';

type Row = AdviceResult['counties'][number]['items'][number] & Pick<AdviceResult['counties'][number], 'name' | 'societyId' | 'households' | 'scenarioId'>; // prettier-ignore
type Props = { result: AdviceResult; names: Names; withinH: number };

/** Households covered for 72 hours, county by county, for one item: those that lack most first. */
export function Counties({ result, names, withinH }: Props) {
  const items = [...new Set(result.counties.flatMap((county) => county.items.map(({ itemId }) => itemId)))];
  const [chosen, setChosen] = useState('');
  const itemId = items.includes(chosen) ? chosen : (weakestItem(result) ?? '');
  const rows = result.counties
    .flatMap(({ items: all, ...county }): Row[] => all.filter((one) => one.itemId === itemId).map((one) => ({ ...county, ...one })))
    .sort((a, b) => a.inTimeAfter - b.inTimeAfter || ownShare(a) - ownShare(b)); // prettier-ignore
  return (
    <section className="structure-part">
      <h2>{t('structure.counties')}</h2>
      <p>{t('structure.counties-what', { withinH })}</p>
      {items.length > 0 && (
        <SelectField
          label={t('structure.column.item')}
          value={itemId}
          set={setChosen}
          options={items.map((id) => ({ value: id, words: names.item(id) }))}
        />
      )}
      <Table
        title={t('structure.counties-of', { item: names.item(itemId) })}
        rows={rows}
        columns={columns(names, withinH)}
        keyOf={({ societyId }) => societyId}
        empty={t('structure.no-figures')}
      />
    </section>
  );
}

const ownShare = ({ ownAfter, households }: Row): number => ownAfter / Math.max(1, households);

/** The item that most counties wait longest for. */
function weakestItem({ counties }: AdviceResult): string | undefined {
  const missing = new Map<string, number>();
  for (const { items } of counties)
    for (const { itemId, inTimeAfter } of items) missing.set(itemId, (missing.get(itemId) ?? 0) + 1 - inTimeAfter);
  return [...missing].sort(([, a], [, b]) => b - a)[0]?.[0];
}

const columns = (names: Names, withinH: number): Column<Row>[] => [
  { head: t('structure.column.county'), of: ({ name }) => name },
  { head: t('structure.column.households'), of: ({ households }) => count(households), numeric: true },
  { head: t('structure.column.own'), of: ({ ownBefore, ownAfter }) => change(count(ownBefore), count(ownAfter)), numeric: true },
  { head: t('structure.column.in-time', { withinH }), of: ({ inTimeBefore, inTimeAfter }) => change(percent(inTimeBefore), percent(inTimeAfter)), numeric: true },
  { head: t('structure.column.worst-scenario'), of: ({ scenarioId }) => names.scenario(scenarioId) },
]; // prettier-ignore
