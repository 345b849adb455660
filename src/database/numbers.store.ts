import type { Tx } from './database.js';

/** The next number of a series, from 1, without gaps: the row stays locked until the document that took it commits. */
export async function nextNumber(tx: Tx, series: string): Promise<number> {
  const [row] = await tx.query<{ last: number }>(
    `insert into number_series (series, last) values ($1, 1)
     on conflict (series) do update set last = number_series.last + 1 returning last`,
    [series],
  );
  return row!.last;
}
