import type { ComparedItem } from '../../../src/comparison/comparison.dto.js';
import { count, stamp } from '../i18n/format.js';
import { t, tCode, useLocale } from '../i18n/i18n.js';
import { reasonText } from '../parts/reason.js';
import type { Column } from '../reports/Table.js';

type Estimate = ComparedItem['estimates'][number];

/** The columns of a comparison, behind those that name the incident where there are several. */
export function comparedColumns<Row>(itemOf: (row: Row) => ComparedItem): Column<Row>[] {
  const units = (key: 'asked' | 'sent' | 'received' | 'returned' | 'used' | 'unmet'): Column<Row> => ({
    head: t(`compare.column.${key}`),
    of: (row) => count(itemOf(row)[key]),
    numeric: true,
  });
  return [
    { head: t('compare.column.item'), of: (row) => <ItemName item={itemOf(row)} /> },
    { head: t('compare.column.estimate'), of: (row) => rangeOf(itemOf(row)), numeric: true },
    ...(['asked', 'sent', 'received', 'returned', 'used', 'unmet'] as const).map(units),
    { head: t('compare.column.ratio'), of: (row) => ratioOf(itemOf(row)), numeric: true },
    { head: t('compare.column.rule'), of: (row) => <Estimates item={itemOf(row)} /> },
  ];
}

function ItemName({ item }: { item: ComparedItem }) {
  return <>{useLocale() === 'en' ? item.itemEn : item.item}</>;
}

function rangeOf({ low, mid, high }: ComparedItem) {
  if (mid === null) return <span className="quiet">{t('compare.not-estimated')}</span>;
  return (
    <>
      <b>{count(mid)}</b> <span className="quiet">{`${count(low!)}–${count(high!)}`}</span>
    </>
  );
}

const ratioOf = ({ ratioPct }: ComparedItem): string => (ratioPct === null ? '—' : `${count(ratioPct)}%`);

/** Every estimate with its figures, its rule, where that comes from and the factor of that time; the last one is the one compared. */
function Estimates({ item }: { item: ComparedItem }) {
  if (item.estimates.length === 0) return <>—</>;
  return (
    <ul className="compare-estimates">
      {item.estimates.toReversed().map((one) => (
        <li key={one.serial}>
          {t('compare.then', { serial: one.serial, at: stamp(one.takenAt), who: one.takenBy })}:{' '}
          <span className="numeric">{`${count(one.low)}–${count(one.mid)}–${count(one.high)}`}</span> · {factorText(one)}
          <span className="quiet"> · {reasonText(one.rule)} · {sourceText(one)}</span>
        </li>
      ))}
    </ul>
  ); // prettier-ignore
}

const factorText = ({ factor }: Estimate): string =>
  factor.version === 0
    ? t('compare.factor-rule')
    : t('compare.factor', { pct: factor.valuePct, version: factor.version });
const sourceText = ({ rule }: Estimate): string =>
  t('compare.source', { source: tCode('estimate-source.', String(rule.params['source'])) });
