// The PostGIS bundle that PGlite loads at every start holds raster, topology, a geocoder and upgrade scripts besides what we use, and
// each of its libraries is compiled when it is unpacked. This keeps the one library, its script and the projections: a third of the size.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

const BLOCK = 512;
const KEEP = /(^|\/)(postgis-3\.so|postgis\.control|postgis--\d[\d.]*\.sql|proj\.db)$/;

/** The path of the slim bundle in `cacheDir`, made on first use. */
export function slimPostgis(cacheDir, version) {
  const path = join(cacheDir, `postgis-${version}-slim.tar.gz`);
  if (!existsSync(path)) {
    const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite-postgis');
    const whole = gunzipSync(readFileSync(join(dirname(entry), 'postgis.tar.gz')));
    // Stored, not compressed: it is read at every start. Written aside, so that two processes never read half a file.
    writeFileSync(`${path}.${process.pid}`, gzipSync(keepOf(whole), { level: 0 }));
    renameSync(`${path}.${process.pid}`, path);
  }
  return path;
}

/** The entries of a tar archive that we keep, byte for byte; folders stay. */
function keepOf(tar) {
  const kept = [];
  for (let at = 0; at + BLOCK <= tar.length && tar[at] !== 0;) {
    const text = (from, length) =>
      tar
        .subarray(at + from, at + from + length)
        .toString('latin1')
        .replace(/\0.*$/s, '');
    const name = text(345, 155) ? `${text(345, 155)}/${text(0, 100)}` : text(0, 100);
    const size = Number.parseInt(text(124, 12).trim() || '0', 8);
    const end = at + BLOCK + Math.ceil(size / BLOCK) * BLOCK;
    if (name.endsWith('/') || KEEP.test(name)) kept.push(tar.subarray(at, end));
    at = end;
  }
  return Buffer.concat([...kept, Buffer.alloc(2 * BLOCK)]);
}
