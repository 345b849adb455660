import pg from 'pg';
import type { Browser } from 'playwright-core';
import { median, round } from '../support/stats.js';
import { DEMO_PASSWORD, drawn, sit } from './browser.js';

const INCIDENTS = 5000;
const TEAMS = 20_000;
const OFFICER = 'duty.330000';

/** The columns of a table that are written, in order. */
async function columnsOf(client: pg.Client, table: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select column_name as name from information_schema.columns
     where table_schema = 'chiyuan' and table_name = $1 and is_generated = 'NEVER' order by ordinal_position`,
    [table],
  );
  return rows.map(({ name }) => name);
}

/** Copies of rows of a table until it has `wanted`, with new ids and whatever else must differ. */
async function fillUp(client: pg.Client, table: string, wanted: number, differs: string): Promise<void> {
  const columns = await columnsOf(client, table);
  await client.query(
    `insert into ${table} (${columns.join(', ')})
     select ${columns.map((name) => `made.${name}`).join(', ')}
     from (select row_number() over () as at, count(*) over () as held, each.* from ${table} each) base
     cross join lateral generate_series(1, ($1 / base.held)::int + 1) n
     cross join lateral jsonb_populate_record(null::${table}, to_jsonb(base) || jsonb_build_object(${differs})) made
     where base.held + (n - 1) * base.held + base.at <= $1`,
    [wanted],
  );
}

/** 5,000 open incidents and 20,000 teams with a unit each, beside the demo. */
export async function crowd(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, options: '-c search_path=chiyuan,public' });
  await client.connect();
  const moved = `'lon', 118.2 + random() * 4.4, 'lat', 27.2 + random() * 3.8`;
  await fillUp(client, 'incident', INCIDENTS, `'id', gen_random_uuid(), 'number', base.number || '-' || n, ${moved}`);
  await fillUp(client, 'team', TEAMS, `'id', gen_random_uuid(), 'code', base.code || '-' || n, ${moved}`);
  const columns = (await columnsOf(client, 'team_unit')).filter((name) => name !== 'booking');
  await client.query(
    `insert into team_unit (${columns.join(', ')})
     select ${columns.map((name) => `made.${name}`).join(', ')}
     from team
     cross join (select * from team_unit where booking is null limit 1) base
     cross join lateral jsonb_populate_record(null::team_unit, to_jsonb(base) || jsonb_build_object('id', gen_random_uuid(),
       'team_id', team.id, 'code', team.code || '-U1', 'name', team.name, 'scope', to_jsonb(team.scope))) made
     where not exists (select from team_unit where team_id = team.id)`,
  );
  await client.query('analyze');
  await client.end();
}

/** From the press on the sign-in page until the lists and the map are drawn. */
export async function measureOpening(browser: Browser, url: string, runs: number) {
  const waits: number[] = [];
  let bytes = 0;
  let server = 0;
  for (let run = 0; run < runs; run++) {
    const page = await sit(browser, url, { account: null });
    const told = page.waitForResponse((answer) => answer.url().endsWith('/live/snapshot'));
    await page.locator('input[name="account"]').fill(OFFICER);
    await page.locator('input[name="password"]').fill(DEMO_PASSWORD);
    const began = performance.now();
    await page.locator('button[type="submit"]').click();
    await page.locator('.console .queue-row').first().waitFor();
    await drawn(page);
    waits.push(performance.now() - began);
    const answer = await told;
    bytes = (await answer.request().sizes()).responseBodySize; // as sent; the body itself is too large for the inspector
    server = answer.request().timing().responseEnd;
    await page.context().close();
  }
  return { usableMs: round(median(waits)), slowestMs: round(Math.max(...waits)), pictureMb: round(bytes / 1e6), pictureMs: round(server) }; // prettier-ignore
}
