import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { CONFIG, type Config } from '../../config.js';
import { makeKeyFile, readKeyFile } from '../../shared/key-file.js';

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
      return await readKeyFile(this.file, this.log);
    } catch (error) {
      if (this.config.ANCHOR_KEY_FILE || (error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
    await this.make();
    return readKeyFile(this.file, this.log);
  }

  private async make(): Promise<void> {
    const { privateKey } = generateKeyPairSync('ed25519');
    if (await makeKeyFile(this.file, privateKey.export({ format: 'pem', type: 'pkcs8' })))
      this.log.warn(`a new key signs the anchors of the record: ${this.file}`);
  }
}
