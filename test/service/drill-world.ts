import type { Actor } from '../../src/access/index.js';
import { AccessService } from '../../src/access/index.js';
import { Database, read } from '../../src/database/index.js';
import { DrillHost, DrillsService, type DrillWorld } from '../../src/drills/index.js';
import { type DrillDto, planDrill } from '../../src/drills/drills.dto.js';
import type { TestApp } from '../support/app.js';
import type { Desk } from './mission-world.js';

/** Every row of every table of the real schema, as text: what a drill may not change. */
export async function everyRow(app: TestApp): Promise<Map<string, string[]>> {
  const tables = await app.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'chiyuan' order by tablename`,
  );
  const rows = new Map<string, string[]>();
  for (const { name } of tables) {
    const found = await app.query<{ row: string }>(`select t::text as row from chiyuan.${name} t order by 1`);
    rows.set(name, found.map(({ row }) => row)); // prettier-ignore
  }
  return rows;
}

/** One hash over all rows of each table of a schema, in one statement: whether another world changed any. */
export async function tableHashes(app: TestApp, schema: string): Promise<Map<string, string | null>> {
  const tables = await app.query<{ name: string }>(`select tablename as name from pg_tables where schemaname = $1`, [schema]); // prettier-ignore
  const hashes = tables.map(({ name }) => `select '${name}' as name, (select md5(string_agg(t::text, '|' order by t::text)) from ${schema}.${name} t) as hash`); // prettier-ignore
  const rows = await app.query<{ name: string; hash: string | null }>(hashes.join(' union all '));
  return new Map(rows.map(({ name, hash }) => [name, hash]));
}

/** The tables in which two pictures differ, with the rows that are only in one of them. */
export function differing(before: Map<string, string[]>, after: Map<string, string[]>) {
  return [...after].flatMap(([table, rows]) => {
    const [had, has] = [new Set(before.get(table)), new Set(rows)];
    const [gone, come] = [[...had].filter((row) => !has.has(row)), rows.filter((row) => !had.has(row))];
    return gone.length || come.length ? [{ table, gone: gone.length, come }] : [];
  });
}

/** A running drill, as its players and this test reach into it. */
export class Drill {
  private constructor(
    readonly app: TestApp,
    readonly dto: DrillDto,
    readonly open: DrillWorld,
  ) {}

  static async start(app: TestApp, lead: Desk, more: object = {}): Promise<Drill> {
    const planned = await Drill.plan(app, lead, more);
    return Drill.begin(app, lead, planned);
  }
  static plan(app: TestApp, lead: Desk, more: object = {}): Promise<DrillDto> {
    const asked = planDrill.parse({ title: '防汛演练', societyId: lead.grants[0]!.societyId, ...more });
    return app.get(DrillsService).planDrill(lead, asked);
  }
  static async begin(app: TestApp, lead: Desk, { id, version }: DrillDto): Promise<Drill> {
    const dto = await app.get(DrillsService).startDrill(lead, id, { version });
    return new Drill(app, dto, (await app.get(DrillHost).worldOf(dto.number))!);
  }

  /** A player: the drill's own actor of somebody who has a real session, and the token of it. */
  async player(desk: Actor): Promise<Desk> {
    const { token } = await this.app.get(DrillsService).enterDrill(desk, this.dto.id, { ip: '::1', userAgent: 'test' });
    return { ...(await this.open.get(AccessService).actorOf(token))!, token };
  }

  query<T>(sql: string, params?: unknown[]): Promise<T[]> {
    return read(this.open.get(Database), (tx) => tx.query<T>(sql, params));
  }

  async end(lead: Actor): Promise<DrillDto> {
    return this.app.get(DrillsService).endDrill(lead, this.dto.id, { version: this.dto.version });
  }
}
