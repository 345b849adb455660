import { type ReactNode, useState } from 'react';
import { count } from '../i18n/format.js';
import { t } from '../i18n/i18n.js';

export type Column<Row> = { head: string; of: (row: Row) => ReactNode; numeric?: boolean };
type Props<Row> = {
  title: string;
  rows: readonly Row[];
  columns: readonly Column<Row>[];
  keyOf: (row: Row) => string | number;
  empty: string;
  totals?: ReactNode[];
};
/** Rows shown at once; a report has thousands, and a page of all of them would stand still. */
const AT_ONCE = 200;

/** A table of a report, in a frame that scrolls by itself when the screen is narrow. */
export function Table<Row>({ title, rows, columns, keyOf, empty, totals }: Props<Row>) {
  const [most, setMost] = useState(AT_ONCE);
  if (rows.length === 0) return <p className="empty">{empty}</p>;
  const kindOf = ({ numeric }: Column<Row>) => (numeric ? 'numeric' : undefined);
  return (
    <>
      <div className="report-scroll" role="region" aria-label={title} tabIndex={0}>
        <table className="report-table">
          <caption>{title}</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.head} scope="col" className={kindOf(column)}>
                  {column.head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, most).map((row) => (
              <tr key={keyOf(row)}>
                {columns.map((column) => (
                  <td key={column.head} className={kindOf(column)}>
                    {column.of(row)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
          {totals && (
            <tfoot>
              <tr>
                {totals.map((value, n) => (
                  <td key={columns[n]!.head} className={kindOf(columns[n]!)}>
                    {value}
                  </td>
                ))}
              </tr>
            </tfoot>
          )}
        </table>
      </div>
      {rows.length > most && (
        <button type="button" className="button" onClick={() => setMost(most + AT_ONCE)}>
          {t('reports.more', { shown: count(most), all: count(rows.length) })}
        </button>
      )}
    </>
  );
}
