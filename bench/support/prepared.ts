import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { Database } from '../../src/database/index.js';

/**
 * Makes the new connections of a database prepare each statement once. For long runs on two cores: planning the same statements again was
 * about half of what the server did there, and is no part of what is looked for.
 */
export function prepareStatements(db: Database): void {
  const { master } = db.dataSource.driver as unknown as { master: pg.Pool };
  master.on('connect', (client) => {
    const plain = client.query.bind(client) as (what: unknown, ...rest: unknown[]) => unknown;
    const prepared = (text: unknown, values?: unknown[], ...rest: unknown[]) =>
      typeof text === 'string' && values?.length
        ? plain({ name: nameOf(text), text, values }, ...rest)
        : plain(text, ...(values === undefined ? rest : [values, ...rest]));
    client.query = prepared as typeof client.query;
  });
}

const names = new Map<string, string>();
function nameOf(text: string): string {
  const known = names.get(text);
  if (known) return known;
  const name = createHash('sha1').update(text).digest('base64url');
  names.set(text, name);
  return name;
}
