import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { TONES } from '../../web/src/parts/tones.rules.js';

const root = new URL('../../web/src/', import.meta.url);
const sheets = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.css'));
const textOf = (name: string): string => readFileSync(new URL(name, root), 'utf8').replace(/\/\*.*?\*\//gs, '');

/** The only parts of a page that may move by themselves: an alarm that nobody acknowledged, an alert that nobody answered, a call for help that nobody took up. */
const MAY_MOVE = ['.severity.calling', '.alert-screen.calling', '.help-line'];

describe('a screen that stays calm', () => {
  const moving = sheets.flatMap((name) =>
    [...textOf(name).matchAll(/([^{}]+)\{[^{}]*?animation:\s*(?!none)[\w-]+\s+([\d.]+)s/g)].map(([, selector, seconds]) => ({
      name, selector: selector!.trim(), seconds: Number(seconds),
    })),
  ); // prettier-ignore

  it('moves only what nobody has acknowledged yet, at most once a second (C-14)', () => {
    expect(moving.map(({ selector }) => selector).sort()).toEqual([...MAY_MOVE].sort());
    for (const { seconds } of moving) expect(seconds).toBeGreaterThanOrEqual(1);
  });

  it('stands still for who asked for less motion, with a thick frame instead (C-14)', () => {
    expect(textOf('theme/base.css')).toMatch(/prefers-reduced-motion: reduce\)\s*\{[^}]*animation: none !important/);
    const frame = /box-shadow: (inset )?0 0 0 [3-9]px/;
    expect(
      /prefers-reduced-motion: reduce\)\s*\{\s*\.severity\.calling \{([^}]*)/.exec(textOf('desk/desk.css'))![1],
    ).toMatch(frame);
    expect(/\.alert-screen\.calling \{([^}]*)/.exec(textOf('alerts/phone/phone.css'))![1]).toMatch(frame);
  });

  it('has four sounds between 500 and 2,000 Hz, told apart by a fifth of their pitch and by their strokes (C-19)', () => {
    const tones = Object.values(TONES).sort((a, b) => a.hz - b.hz);
    expect(tones).toHaveLength(4);
    for (const { hz } of tones) expect([hz >= 500, hz <= 2000]).toEqual([true, true]);
    for (const [n, { hz }] of tones.entries()) if (n > 0) expect(hz / tones[n - 1]!.hz).toBeGreaterThanOrEqual(1.2);
    expect(new Set(tones.map(({ strokes }) => strokes)).size).toBe(4);
  });
});
