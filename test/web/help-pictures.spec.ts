import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Article } from '../../web/src/help/help.rules.js';
import { startProgram, TestBrowser } from '../support/browser.js';
import { SHOTS, webpOf } from '../support/help-shots.js';

const SHELVES = 'web/src/help/articles';
const named = new Set(
  readdirSync(SHELVES).flatMap((file) =>
    (JSON.parse(readFileSync(`${SHELVES}/${file}`, 'utf8')) as Article[]).flatMap(({ picture }) => picture ?? []),
  ),
);
/** `npm run help-pictures` sets it: the pictures are made anew, from the demonstration as it is now. */
const renewing = process.env.HELP_PICTURES ? it : it.skip;

describe('the pictures of the help', () => {
  it('can each be made anew: there is a way to every one that an article names, and to no other', () => {
    expect(Object.keys(SHOTS).sort()).toEqual([...named].sort());
  });

  renewing(
    'are made anew',
    async () => {
      const program = await startProgram();
      const browser = await TestBrowser.launch(program.url);
      try {
        // Name by name: a picture may need an act that those before it must not show.
        for (const [name, { account, viewport, path, show }] of Object.entries(SHOTS))
          for (const locale of ['zh-CN', 'en'] as const) {
            const { page } = await browser.person(account, {
              viewport,
              locale,
              theme: 'light',
              ...(path ? { path } : {}),
            });
            const { page: canvas } = await browser.person(null);
            await canvas.goto('about:blank');
            await show(page);
            writeFileSync(`web/public/help/${name}.${locale}.webp`, await webpOf(page, canvas));
            await browser.clearRoom();
          }
      } finally {
        await browser.close();
        await program.stop();
      }
    },
    600_000,
  );
});
