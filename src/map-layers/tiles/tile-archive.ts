import { open, type FileHandle } from 'node:fs/promises';
import { PMTiles, type RangeResponse, type Source, TileType } from 'pmtiles';
import { MOST_TILE_BYTES, TileFailed, type TileSource } from './tile-source.js';
import type { TileAddress } from './tiles.dto.js';
import { imageTypeOf } from './tiles.rules.js';

const PICTURES = [TileType.Png, TileType.Jpeg, TileType.Webp];

class LocalFile implements Source {
  constructor(
    private readonly path: string,
    private readonly handle: FileHandle,
  ) {}

  getKey = (): string => this.path;

  async getBytes(offset: number, length: number): Promise<RangeResponse> {
    const bytes = new Uint8Array(length);
    const { bytesRead } = await this.handle.read(bytes, 0, length, offset);
    return { data: bytes.buffer.slice(0, bytesRead) };
  }
}

/** The archive behind TILES_FILE: PMTiles with pictures, on a disk of ours. */
export class TileArchive implements TileSource {
  private constructor(
    private readonly archive: PMTiles,
    private readonly handle: FileHandle,
    readonly maxZoom: number,
  ) {}

  /** Throws when the file cannot be read, or holds no pictures. */
  static async open(path: string): Promise<TileArchive> {
    const handle = await open(path).catch((error: NodeJS.ErrnoException) => {
      throw new Error(`Bad settings: TILES_FILE cannot be read (${error.code ?? error.message})`);
    });
    try {
      const archive = new PMTiles(new LocalFile(path, handle));
      const { tileType, maxZoom } = await archive.getHeader();
      if (!PICTURES.includes(tileType)) throw new Error('its tiles are no pictures');
      return new TileArchive(archive, handle, maxZoom);
    } catch (error) {
      await handle.close();
      throw new Error(`Bad settings: TILES_FILE is no PMTiles archive of pictures (${(error as Error).message})`);
    }
  }

  async ask({ z, x, y }: TileAddress): Promise<Buffer | null> {
    const found = await this.archive.getZxy(z, x, y).catch(() => {
      throw new TileFailed('the archive cannot be read');
    });
    if (!found || found.data.byteLength === 0) return null;
    const bytes = Buffer.from(found.data);
    if (bytes.length > MOST_TILE_BYTES || imageTypeOf(bytes) === null)
      throw new TileFailed('the archive holds something else');
    return bytes;
  }

  close = (): Promise<void> => this.handle.close();
}
