import type { AdviceResult } from '../../../src/suggestions/structure/structure.dto.js';
import { count } from '../i18n/format.js';
import { t } from '../i18n/i18n.js';
import { type Column, Table } from '../reports/Table.js';
import { change, hours, percent } from './figures.rules.js';
import type { Names } from './names.js';

type Scenario = AdviceResult['scenarios'][number];
type Item = AdviceResult['items'][number];
type Props = { result: AdviceResult; names: Names; withinH: number };

const LACKING = 3;

/** What each scenario and each item has of it, before and after: the worst first. */
export function Figures({ result, names, withinH }: Props) {
  const worst = result.scenarios.toSorted((a, b) => a.before.inTime - b.before.inTime);
  const slowest = result.items.toSorted((a, b) => b.before.expectedMin - a.before.expectedMin);
  return (
    <section className="structure-part">
      <h2>{t('structure.figures')}</h2>
      {worst[0] && <p>{worstWords(worst[0], names, withinH)}</p>}
      <Table
        title={t('structure.by-scenario')}
        rows={worst}
        columns={scenarioColumns(names, withinH)}
        keyOf={({ id }) => id}
        empty={t('structure.no-figures')}
      />
      <Table
        title={t('structure.by-item')}
        rows={slowest}
        columns={itemColumns(names, withinH)}
        keyOf={({ itemId }) => itemId}
        empty={t('structure.no-figures')}
      />
    </section>
  );
}

const lackOf = ({ lacking }: Scenario, names: Names): string =>
  lacking
    .slice(0, LACKING)
    .map(({ itemId, units }) =>
      t('structure.lack', { item: names.item(itemId), units: count(units), unit: names.unit(itemId) }),
    )
    .join(t('structure.comma')) +
  (lacking.length > LACKING ? t('structure.and-more', { count: lacking.length - LACKING }) : '');

function worstWords(worst: Scenario, names: Names, withinH: number): string {
  const known = {
    scenario: worst.name,
    withinH,
    share: percent(worst.before.inTime),
    after: percent(worst.after.inTime),
  };
  const lack = lackOf(worst, names);
  return lack === '' ? t('structure.worst', known) : t('structure.worst-lacking', { ...known, lack });
}

const scenarioColumns = (names: Names, withinH: number): Column<Scenario>[] => [
  { head: t('structure.column.scenario'), of: ({ name, past }) => (past ? t('structure.past', { name }) : name) },
  { head: t('structure.column.per-year'), of: ({ perYear }) => perYear, numeric: true },
  { head: t('structure.column.people'), of: ({ people }) => count(people), numeric: true },
  { head: t('structure.column.in-time', { withinH }), of: ({ before, after }) => change(percent(before.inTime), percent(after.inTime)), numeric: true },
  { head: t('structure.column.day'), of: ({ before, after }) => change(percent(before.day), percent(after.day)), numeric: true },
  { head: t('structure.column.three-days'), of: ({ before, after }) => change(percent(before.threeDays), percent(after.threeDays)), numeric: true },
  { head: t('structure.column.latest'), of: ({ before, after }) => change(hoursOr(before.latestMin), hoursOr(after.latestMin)), numeric: true },
  { head: t('structure.column.lacking'), of: (row) => lackOf(row, names) },
]; // prettier-ignore

const hoursOr = (minutes: number | null): string => (minutes === null ? '–' : hours(minutes));

const itemColumns = (names: Names, withinH: number): Column<Item>[] => [
  { head: t('structure.column.item'), of: ({ itemId }) => names.item(itemId) },
  { head: t('structure.column.expected'), of: ({ before, after }) => change(hours(before.expectedMin), hours(after.expectedMin)), numeric: true },
  { head: t('structure.column.bound'), of: ({ bound }) => (bound ? hours(bound.expectedMin) : '–'), numeric: true },
  { head: t('structure.column.worst', { withinH }), of: ({ before, after }) => change(percent(1 - before.worstMissing), percent(1 - after.worstMissing)), numeric: true },
  { head: t('structure.column.worst-scenario'), of: ({ after }) => names.scenario(after.worstScenarioId) },
]; // prettier-ignore
