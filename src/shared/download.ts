import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Logger } from '@nestjs/common';
import type { Response } from 'express';

/** How it reads when the one who asked has gone away half-way. */
const READER_LEFT = new Set(['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET', 'EPIPE']);

/** `Content-Disposition` of a file; one that leaves a drill says so in its name. */
export const dispositionOf = (how: 'attachment' | 'inline', name: string, drill: { number: number } | null): string =>
  `${how}; filename="${drill ? `drill-${drill.number}-` : ''}${name}"`;

/**
 * Sends a file while it is being made. One that breaks is cut off, so that nobody takes it for whole, and the log says why, because no answer
 * can; a reader who goes away half-way is no fault.
 */
export async function sendFile(file: Readable, response: Response): Promise<void> {
  await pipeline(file, response).catch((error: Error & { code?: string }) => {
    if (!READER_LEFT.has(error.code ?? ''))
      new Logger('http').error(`a file broke off: ${error.stack ?? error.message}`);
  });
}
