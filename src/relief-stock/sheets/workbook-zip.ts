import type { Readable } from 'node:stream';
import { type Entry, fromBuffer, type ZipFile } from 'yauzl';
import { Problem } from '../../shared/problem.js';

/**
 * What an uploaded workbook may be. A sheet of 10,000 rows is below 1 MB packed and 10 MB unpacked; real sheets pack by 5 to 30.
 * Sizes are checked before anything is unpacked, and held while it is: a file that lies about them is broken.
 */
export const WORKBOOK_LIMITS = { bytes: 5 * 1024 * 1024, unpackedBytes: 48 * 1024 * 1024, ratio: 200, entries: 500 };
/** Small parts may pack as well as they like. */
const SMALL_BYTES = 1024 * 1024;

const ZIP = Buffer.from('PK\u0003\u0004', 'latin1');
/** The container of Excel before 2007, and of workbooks with a password. */
const OLE = Buffer.from('d0cf11e0a1b11ae1', 'hex');

/** The parts of a workbook by name, each to be read once. */
export interface WorkbookZip {
  has(name: string): boolean;
  read(name: string): Promise<Readable>;
}

/** 422 `sheet.not-xlsx`, `sheet.old-or-locked`, `sheet.packed-too-much`, `sheet.macros`, `sheet.broken`. */
export async function openWorkbook(bytes: Buffer): Promise<WorkbookZip> {
  if (bytes.subarray(0, OLE.length).equals(OLE)) throw new Problem('sheet.old-or-locked');
  if (!bytes.subarray(0, ZIP.length).equals(ZIP)) throw new Problem('sheet.not-xlsx');
  const zip = await opened(bytes);
  const entries = await listed(zip);
  refuseUnfit([...entries.values()]);
  return {
    has: (name) => entries.has(name),
    read: (name) => {
      const entry = entries.get(name);
      if (!entry) throw new Problem('sheet.not-xlsx');
      return new Promise((resolve, reject) =>
        zip.openReadStream(entry, (error, stream) => (error ? reject(new Problem('sheet.broken')) : resolve(stream))),
      );
    },
  };
}

const opened = (bytes: Buffer): Promise<ZipFile> =>
  new Promise((resolve, reject) =>
    fromBuffer(bytes, { lazyEntries: true, validateEntrySizes: true, autoClose: false }, (error, zip) =>
      error ? reject(new Problem('sheet.broken')) : resolve(zip),
    ),
  );

function listed(zip: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  return new Promise((resolve, reject) => {
    zip.on('error', () => reject(new Problem('sheet.broken')));
    zip.on('end', () => resolve(entries));
    zip.on('entry', (entry: Entry) => {
      entries.set(entry.fileName, entry);
      if (entries.size > WORKBOOK_LIMITS.entries) reject(new Problem('sheet.packed-too-much'));
      else zip.readEntry();
    });
    zip.readEntry();
  });
}

function refuseUnfit(entries: Entry[]): void {
  const { unpackedBytes, ratio } = WORKBOOK_LIMITS;
  let unpacked = 0;
  for (const { uncompressedSize, compressedSize, fileName, ...entry } of entries) {
    unpacked += uncompressedSize;
    const isBomb = uncompressedSize > SMALL_BYTES && uncompressedSize > ratio * Math.max(1, compressedSize);
    if (isBomb || unpacked > unpackedBytes) throw new Problem('sheet.packed-too-much');
    if ((entry.generalPurposeBitFlag & 1) === 1) throw new Problem('sheet.old-or-locked');
    if (/vbaProject|macrosheets|xlmMacro/i.test(fileName)) throw new Problem('sheet.macros');
  }
  const names = new Set(entries.map((entry) => entry.fileName));
  if (!names.has('[Content_Types].xml') || !names.has('xl/workbook.xml')) throw new Problem('sheet.not-xlsx');
}
