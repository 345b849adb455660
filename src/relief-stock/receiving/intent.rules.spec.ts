import { describe, expect, it } from '@jest/globals';
import { fitOf, type Intent, type Purpose } from './intent.rules.js';

const intent = (over: Partial<Intent>): Intent => ({
  societyPath: null, incidentKind: null, incidentId: null, untilOn: null, ...over,
}); // prettier-ignore
const linhai: Purpose = { societyPath: '/330000/331000/331082/', incidentKind: 'typhoon', incidentId: 'in-fa' };

describe('what goods of a fund may be used for', () => {
  it.each([
    ['no fund at all', null, 'free'],
    ['no limit', {}, 'free'],
    ['only a day: nothing that could lapse', { untilOn: '2026-12-31' }, 'free'],
    ['a society above', { societyPath: '/330000/331000/' }, 'meant'],
    ['the society itself', { societyPath: '/330000/331000/331082/' }, 'meant'],
    ['another city', { societyPath: '/330000/330100/' }, 'against'],
    ['a township below', { societyPath: '/330000/331000/331082/331082101/' }, 'against'],
    ['the kind of incident', { incidentKind: 'typhoon' }, 'meant'],
    ['another kind', { incidentKind: 'flood' }, 'against'],
    ['the incident', { incidentId: 'in-fa' }, 'meant'],
    ['another incident', { incidentId: 'lekima' }, 'against'],
    ['the place but another kind', { societyPath: '/330000/', incidentKind: 'flood' }, 'against'],
    ['another kind, until the day', { incidentKind: 'flood', untilOn: '2026-07-21' }, 'against'],
    ['another kind, lapsed the day before', { incidentKind: 'flood', untilOn: '2026-07-20' }, 'free'],
    ['this kind, lapsed: no better than others', { incidentKind: 'typhoon', untilOn: '2026-07-20' }, 'free'],
  ] as const)('%s', (_, limits, fit) => {
    expect(fitOf(limits && intent(limits), linhai, '2026-07-21')).toBe(fit);
  });

  it.each([
    ['there', '/330000/331000/', 'meant'],
    ['on the way there', '/330000/331000/331082/331082101/', 'meant'],
    ['somewhere else', '/330000/330100/', 'against'],
    ['anywhere, whatever the kind of incident', null, 'meant'],
  ] as const)('move with their fund: %s', (_, societyPath, fit) => {
    const moving = { ...linhai, incidentKind: null, incidentId: null, moves: true };
    expect(fitOf(intent({ societyPath, incidentKind: 'flood' }), moving, '2026-07-21')).toBe(fit);
  });

  it('for no incident: only what asks for none', () => {
    const stock = { societyPath: linhai.societyPath, incidentKind: null, incidentId: null };
    expect(fitOf(intent({ societyPath: '/330000/' }), stock, '2026-07-21')).toBe('meant');
    expect(fitOf(intent({ incidentKind: 'flood' }), stock, '2026-07-21')).toBe('against');
    expect(fitOf(intent({ incidentId: 'in-fa' }), stock, '2026-07-21')).toBe('against');
  });

  it('are for nobody who does not say what for', () => {
    expect(fitOf(intent({ incidentKind: 'typhoon' }), undefined, '2026-07-21')).toBe('against');
    expect(fitOf(intent({}), undefined, '2026-07-21')).toBe('free');
  });
});
