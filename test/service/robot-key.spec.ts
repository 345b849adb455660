import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { RobotKey } from '../../src/alerts/robots/robot-key.js';
import { readConfig } from '../../src/config.js';

describe('the key that seals what opens robots', () => {
  let home: string;
  beforeEach(() => void (home = mkdtempSync(join(tmpdir(), 'chiyuan-key-'))));
  afterEach(() => rmSync(home, { recursive: true, force: true }));
  const keyOf = (settings: Record<string, string> = {}) => new RobotKey(readConfig({ DATA_DIR: home, ...settings }));

  it('is made where there is none, and refused in words where a file holds none or a named one is missing', async () => {
    const plain = { id: 'robot', webhook: 'https://robot.test/key-0042', secret: null };
    const sealed = (await keyOf().sealer())(plain);
    expect(await keyOf().open(sealed)).toEqual({ webhook: plain.webhook, secret: null });
    await expect(keyOf({ ROBOT_KEY_FILE: join(home, 'named.key') }).sealer()).rejects.toMatchObject({ code: 'robot.key', status: 422 }); // prettier-ignore
    mkdirSync(join(home, 'other', 'keys'), { recursive: true });
    writeFileSync(join(home, 'other', 'keys', 'robots.key'), 'no key');
    await expect(keyOf({ DATA_DIR: join(home, 'other') }).sealer()).rejects.toMatchObject({ code: 'robot.key' });
  });
});
