import type { Config } from '../config.js';
import { warmEmbedded } from './embedded.js';

/** Begins what takes longest of a start. A server needs no warming. */
export function warmDatabase(config: Config): void {
  if (!config.DATABASE_URL) warmEmbedded(config.DATA_DIR);
}
