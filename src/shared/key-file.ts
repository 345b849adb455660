import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, stat, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Logger } from '@nestjs/common';

const OTHERS_MAY_READ = 0o077;

/** What a file of a key holds, with a warning where others may read it. Throws as `readFile` does. */
export async function readKeyFile(file: string, log: Logger): Promise<string> {
  const text = await readFile(file, 'utf8');
  const { mode } = await stat(file);
  if (process.platform !== 'win32' && mode & OTHERS_MAY_READ) log.warn(`${file} can be read by others: chmod 600`);
  return text;
}

/** The whole file (0600) appears at once under its name, and only the first of several processes gets the name: true for that one. */
export async function makeKeyFile(file: string, text: string | Buffer): Promise<boolean> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomUUID()}`;
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  } finally {
    await unlink(draft);
  }
}
