import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { CONFIG, type Config } from '../../config.js';
import { makeKeyFile, readKeyFile } from '../../shared/key-file.js';
import { Problem } from '../../shared/problem.js';
import { isSealed } from './robots.dto.js';
import { KEY_BYTES, keyIdOf, keyOf, openText, sealText } from './sealed.rules.js';

/** What opens a robot: its address, and the secret by which it signs. */
export interface Opening {
  id: string;
  webhook: string;
  secret: string | null;
}

/** The key is not on this server, or is another one. */
export class KeyLost extends Error {
  readonly code = 'EKEYLOST';
}

/**
 * The key that seals what opens robots: the file that the settings name, which is never made here, or one that is made once under `DATA_DIR`
 * when the first robot is kept. It is read each time, so that a file which is put back works without a restart.
 */
@Injectable()
export class RobotKey {
  private readonly log = new Logger('robots');

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  get file(): string {
    return this.config.ROBOT_KEY_FILE ?? join(this.config.DATA_DIR, 'keys', 'robots.key');
  }

  /** Seals with the key, which is made where there is none yet. 422 `robot.key` when the file cannot be read or made, or holds no key. */
  async sealer(): Promise<(plain: Opening) => Opening> {
    const key = await this.heldOrMade().catch((error: unknown) => {
      this.log.error(`what opens group robots cannot be sealed: ${String(error)}`);
      throw new Problem('robot.key');
    });
    const seal = (text: string, about: string, hint = '') =>
      isSealed(text) ? text : sealText(text, { key, iv: randomBytes(12), about, hint });
    return ({ id, webhook, secret }) => ({
      id,
      webhook: seal(webhook, `${id} webhook`, webhook.slice(-4)),
      secret: secret === null ? null : seal(secret, `${id} secret`),
    });
  }

  /** What opens a robot, in the clear. Throws `KeyLost`; what was never sealed needs no key. */
  async open({ id, webhook, secret }: Opening): Promise<{ webhook: string; secret: string | null }> {
    if (!isSealed(webhook) && !isSealed(secret ?? '')) return { webhook, secret };
    const key = await this.held().catch(() => null);
    if (!key) throw new KeyLost(`${this.file} cannot be read`);
    const clear = (text: string, about: string) => (isSealed(text) ? openText(text, { key, about }) : text);
    try {
      return {
        webhook: clear(webhook, `${id} webhook`),
        secret: secret === null ? null : clear(secret, `${id} secret`),
      };
    } catch {
      throw new KeyLost(`${this.file} does not open what robot ${id} has`);
    }
  }

  /** Which of these cannot be opened here, by the ids of their keys. */
  async lost(): Promise<(robot: Pick<Opening, 'webhook' | 'secret'>) => boolean> {
    const held = await this.held().catch(() => null);
    const mine = held && keyIdOf(held);
    return ({ webhook, secret }) => [webhook, secret ?? ''].some((text) => isSealed(text) && keyOf(text) !== mine);
  }

  private async heldOrMade(): Promise<Buffer> {
    return (await this.held()) ?? this.make();
  }

  /** Null where there is no file. */
  private async held(): Promise<Buffer | null> {
    const text = await readKeyFile(this.file, this.log).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' && !this.config.ROBOT_KEY_FILE) return null;
      throw error;
    });
    if (text === null) return null;
    const key = Buffer.from(text.trim(), 'base64');
    if (key.length !== KEY_BYTES) throw new Error(`${this.file} holds no key of ${KEY_BYTES} bytes in base64`);
    return key;
  }

  private async make(): Promise<Buffer> {
    if (await makeKeyFile(this.file, `${randomBytes(KEY_BYTES).toString('base64')}\n`))
      this.log.warn(`a new key seals what opens group robots: ${this.file}`);
    return (await this.held())!;
  }
}
