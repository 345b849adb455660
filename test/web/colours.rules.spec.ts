import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { contrast, distance, type Eye } from '../support/colours.js';

const css = readFileSync(new URL('../../web/src/theme/tokens.css', import.meta.url), 'utf8');
/** The tokens of a block: those of both themes, or of one. */
function tokensOf(selector: RegExp): Record<string, string> {
  const block = new RegExp(`${selector.source}\\s*\\{([^}]*)\\}`).exec(css)![1]!;
  return Object.fromEntries([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/gi)].map(([, name, hex]) => [name, hex!]));
}
const fixed = tokensOf(/^[^}]*?:root/m);
const themes = { dark: tokensOf(/data-theme='dark'\]/), light: tokensOf(/data-theme='light'\]/) };
const least = (hues: string[], eye: Eye): number =>
  Math.min(...hues.flatMap((one, n) => hues.slice(n + 1).map((other) => distance(one, other, eye))));

describe('colours of the console', () => {
  const teams = ['ready', 'waiting', 'moving', 'on-scene', 'unavailable'].map((state) => fixed[`team-${state}`]!);
  const grades = ['I', 'II', 'III', 'IV'].map((grade) => fixed[`severity-${grade}`]!);

  it.each([['normal', 48], ['protan', 30], ['deutan', 30], ['tritan', 30]] as const)(
    'keep the five states of a unit apart for %s eyes (C-11)', (eye, apart) => expect(least(teams, eye)).toBeGreaterThan(apart),
  ); // prettier-ignore

  it('show every state on the dark ground (C-11)', () => {
    for (const hue of teams) expect(contrast(hue, themes.dark.ground!)).toBeGreaterThan(3);
  });

  it.each(['normal', 'protan', 'deutan', 'tritan'] as const)('keep the four grades apart for %s eyes (C-12)', (eye) => {
    expect(least(grades, eye)).toBeGreaterThan(19);
  });

  it('carry a numeral that everybody can read on every grade (C-12)', () => {
    for (const hue of grades) expect(contrast(hue, fixed['on-severity']!)).toBeGreaterThan(6.4);
  });

  it('never give a grade the hue of a state: the gravest looks like no unit (C-12)', () => {
    for (const hue of grades.slice(0, 3)) expect(Math.min(...teams.map((team) => distance(hue, team, 'normal')))).toBeGreaterThan(19);
  }); // prettier-ignore

  describe.each(['dark', 'light'] as const)('in the %s theme', (theme) => {
    const token = themes[theme];
    const grounds = ['ground', 'panel', 'raised', 'hover', 'selected'] as const;

    it.each(['text', 'text-2', 'link', 'amber', 'red', 'good'])('read %s on every ground (C-13)', (name) => {
      for (const ground of grounds) {
        expect([ground, contrast(token[name]!, token[ground]!) >= 4.5]).toEqual([ground, true]);
      }
    });

    it.each([['on-action', 'action'], ['on-fill', 'red-fill'], ['on-fill', 'amber-fill']])('read %s on %s (C-13)', (name, fill) => {
      expect(contrast(token[name]!, token[fill]!)).toBeGreaterThanOrEqual(4.5);
    }); // prettier-ignore

    it('see the focus and the edge of a field (C-13)', () => {
      for (const ground of ['ground', 'panel', 'raised'] as const) {
        expect(contrast(token.focus!, token[ground]!)).toBeGreaterThanOrEqual(3);
        expect(contrast(token['line-strong']!, token[ground]!)).toBeGreaterThanOrEqual(3);
      }
    });
  });
});
