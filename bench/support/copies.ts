import pg from 'pg';

/** Databases made from one template, so that every side of a comparison starts from the same rows. */
export class Copies {
  private constructor(
    private readonly admin: pg.Client,
    private readonly url: string,
  ) {}

  static async of(url: string): Promise<Copies> {
    const admin = new pg.Client({ connectionString: url });
    await admin.connect();
    return new Copies(admin, url);
  }

  urlOf(name: string): string {
    return Object.assign(new URL(this.url), { pathname: `/${name}` }).toString();
  }

  async make(name: string, template = 'template1'): Promise<string> {
    await this.admin.query(`create database ${name} template ${template}`);
    return this.urlOf(name);
  }

  async checkpoint(): Promise<void> {
    await this.admin.query('checkpoint');
  }

  /** Deadlocks that the server has broken in a database, also those that were tried again. */
  async deadlocks(names: string[]): Promise<number> {
    const { rows } = await this.admin.query<{ n: number }>(
      `select coalesce(sum(deadlocks), 0)::integer as n from pg_stat_database where datname = any($1)`,
      [names],
    );
    return rows[0]!.n;
  }

  async close(): Promise<void> {
    await this.admin.end();
  }
}
