import { join } from 'node:path';
import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { CONFIG, type Config } from '../../config.js';
import { Problem } from '../../shared/problem.js';
import { TileArchive } from './tile-archive.js';
import { CachedTiles } from './tile-cache.js';
import { TileProvider } from './tile-provider.js';
import { TileFailed, type TileSource } from './tile-source.js';
import type { BaseMap, BaseMapDto } from './tiles.dto.js';
import { imageTypeOf, tileAt } from './tiles.rules.js';

/** The base map of others that an operator may set (docs/decisions/0014); without one, nothing here does anything. */
@Injectable()
export class TilesService implements OnModuleInit, OnModuleDestroy {
  private source: TileSource | null = null;
  private archive: TileArchive | null = null;
  private shown: BaseMap | null = null;

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  async onModuleInit(): Promise<void> {
    const { TILES_URL, TILES_FILE, TILES_PROVIDER, TILES_APPROVAL, TILES_MAX_ZOOM, drill, DATA_DIR } = this.config;
    if (!TILES_PROVIDER || !TILES_APPROVAL || !(TILES_URL || TILES_FILE)) return;
    let maxZoom = TILES_MAX_ZOOM;
    if (TILES_FILE) {
      this.source = this.archive = await TileArchive.open(TILES_FILE);
      maxZoom = Math.min(maxZoom, this.archive.maxZoom);
    } else if (TILES_URL) {
      // Drills draw the same ground: they share its files with reality.
      const folder = join(drill?.outbox ?? DATA_DIR, 'tiles');
      this.source = new CachedTiles(new TileProvider(TILES_URL), folder, TILES_URL);
    }
    this.shown = { provider: TILES_PROVIDER, approvalNo: TILES_APPROVAL, maxZoom };
  }

  async onModuleDestroy(): Promise<void> {
    await this.archive?.close();
  }

  baseMap(): BaseMapDto {
    return { baseMap: this.shown };
  }

  /** A picture, or null where the provider has none. 404 `map-tile.not-found` beyond the grid, 502 `map-tile.unavailable`. */
  async tile(named: { z: string; x: string; y: string }): Promise<{ bytes: Buffer; type: string } | null> {
    const tile = this.shown && tileAt(named, this.shown.maxZoom);
    if (!this.source || !tile) throw new Problem('map-tile.not-found');
    try {
      const bytes = await this.source.ask(tile);
      return bytes && { bytes, type: imageTypeOf(bytes) ?? 'application/octet-stream' };
    } catch (error) {
      if (error instanceof TileFailed) throw new Problem('map-tile.unavailable', {}, { status: 502 });
      throw error;
    }
  }
}
