import { buffer } from 'node:stream/consumers';
import pg from 'pg';
import { SaxesParser } from 'saxes';
import { fromBuffer } from 'yauzl';
import { ZipFile } from 'yazl';
import { newId } from '../../src/shared/ids.js';
import { type Line, LINES } from './world.js';

/** A connection for the bare statements. */
export async function connectBare(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, options: '-c search_path=chiyuan,public' });
  await client.connect();
  return client;
}

/** The least SQL that leaves the facts of a posted paper of these lines behind, one statement a table; answers its id. No rules, no rights. */
export async function postBare(client: pg.Client, warehouseId: string, lines: readonly Line[]): Promise<string> {
  const [document, place] = [newId(), newId()];
  const ids = lines.map(() => newId());
  const column = (key: keyof Line) => lines.map((line) => line[key]);
  await client.query('begin');
  await client.query('select version from stock_level where id = any($1) order by id for update', [column('levelId')]);
  await client.query(`insert into stock_place (id, kind, warehouse_id, code) values ($1, 'loss', $2, $3)`, [place, warehouseId, document]); // prettier-ignore
  await client.query(
    `insert into stock_cell (id, level_id, item_id, lot_id, place_id, kind, warehouse_id, owner_society_id, on_hand)
     select n.id, c.level_id, c.item_id, c.lot_id, $3, 'loss', c.warehouse_id, c.owner_society_id, 1
     from unnest($1::uuid[], $2::uuid[]) n (id, cell) join stock_cell c on c.id = n.cell`,
    [ids, column('cellId'), place],
  );
  await client.query(
    `insert into stock_movement (id, cause_id, line, item_id, lot_id, warehouse_id, to_warehouse_id, from_cell_id, to_cell_id, units, reason,
       document, occurred_at, recorded_at, received_at)
     select gen_random_uuid(), $3, n.line, c.item_id, c.lot_id, $4, $4, c.id, n.id, 1, 'loss', 'bench', now(), now(), now()
     from unnest($1::uuid[], $2::uuid[]) with ordinality n (id, cell, line) join stock_cell c on c.id = n.cell`,
    [ids, column('cellId'), document, warehouseId],
  );
  await client.query('update stock_cell set on_hand = on_hand - 1 where id = any($1)', [column('cellId')]);
  await client.query('update stock_level set version = version + 1 where id = any($1)', [column('levelId')]);
  await client.query(
    `insert into journal (kind, subject, subject_id, version, scope, body, occurred_at, recorded_at)
     select 'stock.level-changed', 'stock-level', id, version, '{all}', to_jsonb(l)::text, now(), now() from stock_level l where id = any($1)`,
    [column('levelId')],
  );
  await client.query('commit');
  return document;
}

/** The lines of a posted paper with the names of their lots and bins, read bare. */
export async function openBare(client: pg.Client, document: string): Promise<void> {
  const { rows } = await client.query(
    `select m.*, lot.code, p.code from stock_movement m join lot on lot.id = m.lot_id join stock_cell c on c.id = m.from_cell_id
     join stock_place p on p.id = c.place_id where m.cause_id = $1 order by m.line`,
    [document],
  );
  if (rows.length !== LINES) throw new Error(`${rows.length} lines were written`);
}

/** Every sheet of a workbook unpacked and parsed, and the values thrown away; answers how many cells there were. */
export async function readBare(bytes: Buffer): Promise<number> {
  let cells = 0;
  await new Promise<void>((resolve, reject) =>
    fromBuffer(bytes, { lazyEntries: true }, (error, zip) => {
      if (error) return reject(error);
      zip.on('end', resolve);
      zip.on('entry', (entry: { fileName: string }) => {
        if (!entry.fileName.startsWith('xl/worksheets/')) return zip.readEntry();
        zip.openReadStream(entry as never, async (failed, stream) => {
          if (failed) return reject(failed);
          const parser = new SaxesParser();
          parser.on('opentag', ({ name }) => void (name === 'c' && cells++));
          stream.setEncoding('utf8');
          for await (const part of stream) parser.write(part as string);
          parser.close();
          zip.readEntry();
        });
      });
      zip.readEntry();
    }),
  );
  return cells;
}

/** The same rows as plain text cells in a packed file. */
export function writeBare(rows: readonly (readonly unknown[])[]): Promise<Buffer> {
  const zip = new ZipFile();
  const xml = rows.map((row) => `<row>${row.map((value) => `<c t="inlineStr"><is><t>${value}</t></is></c>`).join('')}</row>`); // prettier-ignore
  zip.addBuffer(
    Buffer.from(`<worksheet><sheetData>${xml.join('')}</sheetData></worksheet>`),
    'xl/worksheets/sheet1.xml',
  );
  zip.end();
  return buffer(zip.outputStream);
}
