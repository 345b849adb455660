import { Logger } from '@nestjs/common';
import { MOST_TILE_BYTES, TileFailed, type TileSource } from './tile-source.js';
import type { TileAddress } from './tiles.dto.js';
import { addressOf, imageTypeOf } from './tiles.rules.js';

const LIMITS = {
  /** For one tile, its body included. */
  timeoutMs: 8_000,
  /** After so many failures in a row the provider is not asked for a while: desks shall not wait for each tile anew. */
  failures: 5,
  restMs: 30_000,
  atOnce: 16,
  waiting: 64,
};
const HEADERS = { accept: 'image/png,image/jpeg,image/webp', 'user-agent': 'Chiyuan' };

/** The provider behind TILES_URL. It learns which tile is wanted, and nothing of who wants it. */
export class TileProvider implements TileSource {
  private readonly log = new Logger('map-tiles');
  private readonly limits: typeof LIMITS;
  private readonly waiting: (() => void)[] = [];
  private busy = 0;
  private failures = 0;
  private restsUntilMs = 0;

  constructor(
    private readonly template: string,
    limits: Partial<typeof LIMITS> = {},
  ) {
    this.limits = { ...LIMITS, ...limits };
  }

  /** Null where the provider has none (204, 404, an empty answer). No redirect is followed. */
  async ask(tile: TileAddress): Promise<Buffer | null> {
    await this.turn();
    try {
      if (performance.now() < this.restsUntilMs) throw new TileFailed('the provider is not asked for a while');
      const bytes = await this.fetched(tile).catch((error: unknown) => this.failed(error));
      if (this.failures >= this.limits.failures) this.log.warn('the provider of map tiles answers again');
      this.failures = 0;
      return bytes;
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.busy--;
    }
  }

  /** Who leaves hands its place to the first that waits. */
  private async turn(): Promise<void> {
    if (this.busy < this.limits.atOnce) return void this.busy++;
    if (this.waiting.length >= this.limits.waiting) throw new TileFailed('too many tiles at once');
    await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  private async fetched(tile: TileAddress): Promise<Buffer | null> {
    const signal = AbortSignal.timeout(this.limits.timeoutMs);
    const answer = await fetch(addressOf(this.template, tile), { headers: HEADERS, redirect: 'manual', signal });
    if (answer.status !== 200) {
      await answer.body?.cancel();
      if (answer.status === 204 || answer.status === 404) return null;
      throw new TileFailed(`status ${answer.status}`);
    }
    const bytes = await readTile(answer);
    if (bytes.length === 0) return null;
    if (imageTypeOf(bytes) === null) throw new TileFailed('the answer is no picture');
    return bytes;
  }

  private failed(error: unknown): never {
    const why = error instanceof TileFailed ? error.message : ((error as Error).name ?? 'unknown');
    if (++this.failures >= this.limits.failures) {
      this.restsUntilMs = performance.now() + this.limits.restMs;
      if (this.failures === this.limits.failures) this.log.warn(`no map tiles from the provider: ${why}`);
    }
    throw error instanceof TileFailed ? error : new TileFailed(why);
  }
}

async function readTile(answer: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of answer.body ?? []) {
    bytes += (chunk as Uint8Array).length;
    if (bytes > MOST_TILE_BYTES) throw new TileFailed('the picture is too large'); // leaving the loop hangs up
    chunks.push(chunk as Uint8Array);
  }
  return Buffer.concat(chunks);
}
