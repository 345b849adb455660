import type { TestApp } from './app.js';

/** Opens funds without an intent, for goods of a test that belong to one. */
export async function openFunds(app: TestApp, codes: (string | null | undefined)[]): Promise<void> {
  await app.query(
    `insert into stock_fund (code, name, kind, society_id) select code, code, 'purchase', (select id from society where adcode = '330000')
     from unnest($1::text[]) as code on conflict do nothing`,
    [codes.filter((code) => code)],
  );
}
