import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { TileFailed, type TileSource } from './tile-source.js';
import type { TileAddress } from './tiles.dto.js';

const DAY_MS = 86_400_000;
/** For all processes together that share the folder, each may be over it by `lookBytes`. */
export const CACHE_LIMITS = {
  bytes: 512_000_000,
  lookBytes: 32_000_000,
  tileMs: 30 * DAY_MS,
  /** That a provider had no tile. */
  noneMs: DAY_MS,
};
/** After a look that found too much, this part of the limit is left. */
const LEFT = 0.8;

/**
 * Tiles of a provider on our disk: a file each, empty where there is none. What is too old is asked for anew, and still shown when the provider
 * is gone. Another address has other files, so tiles of a provider that was changed are never shown; they go as the oldest.
 */
export class CachedTiles implements TileSource {
  private readonly log = new Logger('map-tiles');
  private readonly limits: typeof CACHE_LIMITS;
  private readonly prefix: string;
  private readonly asked = new Map<string, Promise<Buffer | null>>();
  /** Bytes written since the last look at the folder; the first write looks. */
  private written = Infinity;
  private faulty = false;

  constructor(
    private readonly source: TileSource,
    private readonly folder: string,
    template: string,
    limits: Partial<typeof CACHE_LIMITS> = {},
  ) {
    this.prefix = createHash('sha256').update(template).digest('hex').slice(0, 12);
    this.limits = { ...CACHE_LIMITS, ...limits };
  }

  /** However many ask for a tile, its provider is asked once. */
  ask(tile: TileAddress): Promise<Buffer | null> {
    const name = `${this.prefix}-${tile.z}-${tile.x}-${tile.y}`;
    let asked = this.asked.get(name);
    if (!asked) {
      asked = this.found(tile, join(this.folder, name)).finally(() => this.asked.delete(name));
      this.asked.set(name, asked);
    }
    return asked;
  }

  private async found(tile: TileAddress, file: string): Promise<Buffer | null> {
    const held = await read(file);
    if (held && held.ageMs < (held.bytes.length === 0 ? this.limits.noneMs : this.limits.tileMs)) return tileIn(held);
    try {
      const bytes = await this.source.ask(tile);
      await this.keep(file, bytes ?? Buffer.alloc(0));
      return bytes;
    } catch (error) {
      if (held && error instanceof TileFailed) return tileIn(held);
      throw error;
    }
  }

  /** A full or read-only disk costs the cache, never the tile. */
  private async keep(file: string, bytes: Buffer): Promise<void> {
    const draft = join(this.folder, `draft-${randomUUID()}`);
    try {
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
      await writeFile(draft, bytes);
      await rename(draft, file);
      this.written += bytes.length;
      if (this.written > this.limits.lookBytes) await this.look();
      this.faulty = false;
    } catch (error) {
      if (!this.faulty) this.log.warn(`map tiles cannot be kept: ${(error as NodeJS.ErrnoException).code}`);
      this.faulty = true;
      await unlink(draft).catch(() => undefined);
    }
  }

  /** Takes the oldest files away until little enough is left. Another process may do the same: a file that is gone is gone. */
  private async look(): Promise<void> {
    this.written = 0;
    const files: { path: string; bytes: number; atMs: number }[] = [];
    for (const name of await readdir(this.folder)) {
      const path = join(this.folder, name);
      const about = await stat(path).catch(() => null);
      if (about) files.push({ path, bytes: about.size, atMs: about.mtimeMs });
    }
    let bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    if (bytes <= this.limits.bytes) return;
    for (const file of files.sort((a, b) => a.atMs - b.atMs)) {
      if (bytes <= this.limits.bytes * LEFT) return;
      await unlink(file.path).catch(() => undefined);
      bytes -= file.bytes;
    }
  }
}

const tileIn = ({ bytes }: { bytes: Buffer }): Buffer | null => (bytes.length === 0 ? null : bytes);

async function read(file: string): Promise<{ bytes: Buffer; ageMs: number } | null> {
  try {
    const [bytes, { mtimeMs }] = await Promise.all([readFile(file), stat(file)]);
    return { bytes, ageMs: Date.now() - mtimeMs };
  } catch {
    return null;
  }
}
