import type { IncomingMessage } from 'node:http';
import { Problem } from './problem.js';

/** The bytes of a file sent as the body. 413 `upload.too-large` as soon as it is known, before the rest is kept. */
export async function readUpload(request: IncomingMessage, most: number): Promise<Buffer> {
  const tooLarge = () => new Problem('upload.too-large', { most });
  if (Number(request.headers['content-length'] ?? 0) > most) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > most) throw tooLarge();
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}
