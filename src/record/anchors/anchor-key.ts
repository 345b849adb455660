import { createPrivateKey, createPublicKey, generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import { link, mkdir, open, readFile, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { CONFIG, type Config } from '../../config.js';

const OTHERS_MAY_READ = 0o077;

export interface SigningKey {
  privateKey: KeyObject;
  /** Base64 of SPKI DER. */
  publicKey: string;
}

/**
 * The private key of the anchors: the file that the settings name, which is never made here, or one that is made once under `DATA_DIR`. It is
 * read for each anchor, so that a new file is a new key without a restart.
 */
@Injectable()
export class AnchorKey {
  private readonly log = new Logger('anchors');

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  get file(): string {
    return this.config.ANCHOR_KEY_FILE ?? join(this.config.DATA_DIR, 'keys', 'anchor.pem');
  }

  /** Throws when the file cannot be read or holds no Ed25519 key. */
  async load(): Promise<SigningKey> {
    const privateKey = createPrivateKey(await this.text());
    if (privateKey.asymmetricKeyType !== 'ed25519') throw new Error(`${this.file} holds no Ed25519 key`);
    const publicKey = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).toString('base64');
    return { privateKey, publicKey };
  }

  private async text(): Promise<string> {
    try {
      const text = await readFile(this.file, 'utf8');
      const { mode } = await stat(this.file);
      if (process.platform !== 'win32' && mode & OTHERS_MAY_READ)
        this.log.warn(`${this.file} can be read by others: chmod 600`);
      return text;
    } catch (error) {
      if (this.config.ANCHOR_KEY_FILE || (error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
    await this.make();
    return readFile(this.file, 'utf8');
  }

  /** The whole file appears at once under its name, and only the first of several processes gets the name. */
  private async make(): Promise<void> {
    const { privateKey } = generateKeyPairSync('ed25519');
    await mkdir(dirname(this.file), { recursive: true, mode: 0o700 });
    const draft = `${this.file}.${randomUUID()}`;
    const handle = await open(draft, 'wx', 0o600);
    try {
      await handle.writeFile(privateKey.export({ format: 'pem', type: 'pkcs8' }));
      await handle.sync();
    } finally {
      await handle.close();
    }
    try {
      await link(draft, this.file);
      this.log.warn(`a new key signs the anchors of the record: ${this.file}`);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      await unlink(draft);
    }
  }
}
