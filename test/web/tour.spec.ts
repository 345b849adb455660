import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fits, isOn, placeCard, TOUR_ROLES, toursOf, type Tour } from '../../web/src/tour/tour.rules.js';

const ROOT = join(process.cwd(), 'web/src');
const sources = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.tsx') || name.endsWith('works.ts'))
  .map((name) => readFileSync(join(ROOT, name), 'utf8'))
  .join('\n');
/** Every mark that a page sets: as `data-tour`, chosen among two or always, and as `mark` of a part that sets it. */
const marks = new Set(
  [...sources.matchAll(/(?:data-tour=|\bmark[:=] ?)(\{[^}]*\}|["'][a-z-]+["'])/g)].flatMap(([, set]) =>
    [...set!.matchAll(/["']([a-z-]+)["']/g)].map(([, mark]) => mark!),
  ),
);
const tours = TOUR_ROLES.map(
  (role) => JSON.parse(readFileSync(join(ROOT, 'tour/steps', `${role}.json`), 'utf8')) as Tour,
);
const steps = tours.flatMap((tour) => tour.steps.map((step) => ({ ...step, name: `${tour.role}/${step.id}` })));
const { paths } = JSON.parse(readFileSync(join(process.cwd(), 'web/openapi.json'), 'utf8')) as {
  paths: Record<string, Record<string, unknown>>;
};

describe('the tours', () => {
  it('are one for each role, named by its file, and short enough for five minutes', () => {
    expect(readdirSync(join(ROOT, 'tour/steps')).sort()).toEqual(TOUR_ROLES.map((role) => `${role}.json`).sort());
    expect(tours.map(({ role }) => role)).toEqual([...TOUR_ROLES]);
    for (const { steps: each } of tours) {
      expect(each.length).toBeGreaterThanOrEqual(3);
      expect(each.length).toBeLessThanOrEqual(12);
      expect(new Set(each.map(({ id }) => id)).size).toBe(each.length);
    }
  });

  it('point at marks that the pages have', () => {
    const named = steps.flatMap(({ name, mark, ends }) => [
      { name, mark },
      ...('seen' in ends ? [{ name, mark: ends.seen }] : []),
      ...('press' in ends ? [{ name, mark: ends.press }] : []),
    ]);
    expect(named.filter(({ mark }) => !marks.has(mark))).toEqual([]);
  });

  it('say every step in both languages', () => {
    for (const { name, words } of steps) {
      expect({ name, languages: Object.keys(words).sort() }).toEqual({ name, languages: ['en', 'zh-CN'] });
      expect({ name, chinese: /\p{Script=Han}/u.test(words['zh-CN']), english: /\p{Script=Han}/u.test(words.en) }) //
        .toEqual({ name, chinese: true, english: false });
      expect(words.en.length).toBeGreaterThan(10);
    }
  });

  it('end by an act of the user, and name commands that the server has', () => {
    const known = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace('/api/v1', '').replace(/\{\w+\}/g, '*')}`),
    ); // prettier-ignore
    for (const { name, ends } of steps) {
      expect({ name, ends: Object.keys(ends).length }).toEqual({ name, ends: 1 });
      for (const pattern of 'did' in ends ? ends.did : [])
        expect({ name, pattern, known: known.some((command) => fits(pattern, command)) }).toEqual({
          name,
          pattern,
          known: true,
        });
    }
  });

  it('are given to whoever holds the role, and to nobody else', () => {
    expect(toursOf(['member'])).toEqual([]);
    expect(toursOf(['checker', 'keeper'])).toEqual(['keeper', 'checker']);
  });
});

describe('an act', () => {
  it('fits a pattern part by part, whatever the id and the query', () => {
    expect(fits('POST /incidents/*/verify', 'POST /incidents/0190-a/verify')).toBe(true);
    expect(fits('POST /incidents/*/verify', 'POST /incidents/0190-a/verify?x=1')).toBe(true);
    expect(fits('POST /incidents/*/verify', 'POST /incidents/0190-a/dismiss')).toBe(false);
    expect(fits('POST /incidents/*/verify', 'PUT /incidents/0190-a/verify')).toBe(false);
    expect(fits('POST /stock/counts', 'POST /stock/counts/1/finish')).toBe(false);
  });

  it('is done on its page or on a paper of that page', () => {
    expect(isOn('', 'incidents/1/work')).toBe(true);
    expect(isOn('', 'keeper')).toBe(false);
    expect(isOn('keeper/counts', 'keeper/counts/1')).toBe(true);
    expect(isOn('keeper', 'keepers')).toBe(false);
  });
});

type Box = { left: number; top: number; right: number; bottom: number };

describe('the card', () => {
  const view = { width: 1366, height: 768 };
  const card = { width: 340, height: 200 };
  const liesOver = ({ left, top }: { left: number; top: number }, box: Box) =>
    left < box.right && left + card.width > box.left && top < box.bottom && top + card.height > box.top;

  it('stands beside the first thing of a page, and in the corner when there is nothing to point at', () => {
    expect(placeCard({ left: 0, top: 60, right: 300, bottom: 90 }, card, view)).toEqual({ left: 314, top: 60 });
    expect(placeCard(null, card, view)).toEqual({ left: 1018, top: 560 });
  });

  it('never covers what it points at while a side has room for it, whatever else is to be pressed, and is always wholly on screen', () => {
    const box = fc.record({ left: fc.nat(1300), top: fc.nat(700), width: fc.nat(900), height: fc.nat(700) }).map(
      ({ left, top, width, height }) => ({ left, top, right: Math.min(view.width, left + width), bottom: Math.min(view.height, top + height) }),
    );
    const line = { left: 9, top: 0, right: 9, bottom: 561 }; // a mark without width: it has no area to cover
    expect(liesOver(placeCard(line, card, view, [{ left: 348, top: 0, right: 349, bottom: 561 }]), line)).toBe(false);
    fc.assert(
      fc.property(box, fc.array(box, { maxLength: 5 }), (target, free) => {
        const room =
          target.left >= card.width + 14 || view.width - target.right >= card.width + 14 || target.top >= card.height + 14 || view.height - target.bottom >= card.height + 14;
        const spot = placeCard(target, card, view, free);
        expect(spot.left >= 0 && spot.top >= 0 && spot.left + card.width <= view.width && spot.top + card.height <= view.height).toBe(true);
        if (room) expect(liesOver(spot, target)).toBe(false);
      }),
    );
  });

  it.each([
    { on: 'a desk', view, mark: { left: 16, top: 150, right: 236, bottom: 180 }, act: { left: 260, top: 220, right: 740, bottom: 284 } },
    { on: 'a tablet', view: { width: 1180, height: 820 }, mark: { left: 16, top: 150, right: 236, bottom: 180 }, act: { left: 260, top: 220, right: 740, bottom: 284 } },
    { on: 'a phone', view: { width: 390, height: 844 }, mark: { left: 8, top: 120, right: 382, bottom: 150 }, act: { left: 8, top: 200, right: 382, bottom: 264 } },
  ])('leaves free what is pressed beside its mark, on $on', ({ view: screen, mark, act }) => {
    expect(liesOver(placeCard(mark, card, screen), act)).toBe(true);
    const spot = placeCard(mark, card, screen, [act]);
    expect([liesOver(spot, mark), liesOver(spot, act)]).toEqual([false, false]);
  });
}); // prettier-ignore
