import { describe, expect, it } from '@jest/globals';
import {
  clockText,
  contentOf,
  type CrossingDraft,
  draftOf,
  minutesOf,
  NO_CROSSING,
} from '../../web/src/travel/crossing.rules.js';

const end = (lon: string, island = '') => ({ name: '码头', lon, lat: '29.9', island });
const draft = (over: Partial<CrossingDraft> = {}): CrossingDraft => ({
  ...NO_CROSSING, name: ' 示范渡 ', from: end('122.1'), to: end('122.4', '小岛'), crossingMin: '40', headwayMin: '30', first: '6:00', last: '18:00',
  tonnes: '20', source: '示范', ...over,
}); // prettier-ignore
const faultOf = (over: Partial<CrossingDraft>) => {
  const read = contentOf(draft(over));
  return 'fault' in read ? read.fault : null;
};

describe('the form of a crossing', () => {
  it('says what was typed, and shows it again as it was', () => {
    const read = contentOf(draft());
    if (!('content' in read)) throw new Error(read.fault);
    expect(read.content).toMatchObject({ name: '示范渡', firstMin: 360, lastMin: 1080, maxVehicleT: 20, to: { island: '小岛' }, from: { island: null } }); // prettier-ignore
    const held = { ...read.content, id: 'i', societyId: 's', suspendedFrom: null, suspendedUntil: null, suspendedReason: null, retiredAt: null, setBy: '', setAt: '', version: 1 }; // prettier-ignore
    expect(contentOf(draftOf(held))).toEqual(read);
  });

  it('drops what a bridge does not have, and limits where no vehicle is carried', () => {
    const read = contentOf(draft({ kind: 'bridge', vehicles: 'no' }));
    expect(read).toMatchObject({ content: { headwayMin: null, firstMin: null, lastMin: null, carriesVehicles: false, maxVehicleT: null } }); // prettier-ignore
  });

  it.each([
    ['lacks', { name: '  ' }],
    ['lacks', { source: '' }],
    ['lacks', { to: { ...end('122'), name: '' } }],
    ['lon', { from: end('181') }],
    ['lon', { from: end('东经') }],
    ['lon', { from: end('') }],
    ['lat', { to: { ...end('122'), lat: '-90.1' } }],
    ['minutes', { crossingMin: '0' }],
    ['minutes', { crossingMin: '1441' }],
    ['minutes', { headwayMin: '1.5' }],
    ['hours', { first: '' }],
    ['hours', { last: '5:59' }],
    ['hours', { first: '24:00' }],
    ['tonnes', { tonnes: '201' }],
    [null, { first: '', last: '' }],
    [null, { headwayMin: '', tonnes: '' }],
    [null, { first: '6:00', last: '6：00' }],
  ] as const)('finds %s in %j', (fault, over) => expect(faultOf(over)).toBe(fault));

  it('reads and writes the clock', () => {
    expect(['0:00', '6:05', '23:59'].map((text) => clockText(minutesOf(text)!))).toEqual(['0:00', '6:05', '23:59']);
    expect(['', '6', '6:60', 'x:10'].map(minutesOf)).toEqual([null, null, null, null]);
  });
});
