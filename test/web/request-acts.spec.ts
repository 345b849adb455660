import { describe, expect, it } from '@jest/globals';
import type { RequestDto } from '../../src/relief-stock/requests/requests.dto.js';
import { deskActs, type Grant } from '../../web/src/relief-stock/requests/request-acts.rules.js';

const desk = (societyId: string, outcome: RequestDto['desks'][number]['outcome'] = null) =>
  ({ societyId, outcome }) as RequestDto['desks'][number];
const request = (more: Partial<RequestDto> = {}): RequestDto =>
  ({
    status: 'open', societyId: 'county', warehouseId: 'store', desks: [desk('city', 'passed-up'), desk('province')], ...more,
  }) as RequestDto; // prettier-ignore
const duty = (societyId: string): Grant => ({ role: 'dutyOfficer', societyId, warehouseId: null });
const keeper = (warehouseId: string): Grant => ({ role: 'keeper', societyId: 'county', warehouseId });

describe('what the page of a request offers', () => {
  it.each([
    [[duty('province')], { answer: ['province'], desk: 'province', own: false }],
    [[duty('city')], { answer: ['city'], desk: null, own: false }], // passed the rest on, may still give
    [[duty('county')], { answer: [], desk: null, own: true }],
    [[duty('elsewhere')], { answer: [], desk: null, own: false }],
    [[keeper('store')], { answer: [], desk: null, own: true }],
    [[keeper('other')], { answer: [], desk: null, own: false }],
    [[duty('city'), duty('province')], { answer: ['city', 'province'], desk: 'province', own: false }],
  ])('to %j', (grants, acts) => expect(deskActs(request(), grants)).toMatchObject(acts));

  it('ends with the request', () => {
    const all = [duty('province'), duty('county')];
    expect(deskActs(request({ status: 'answered' }), all)).toMatchObject({ answer: [], desk: null, own: true });
    expect(deskActs(request({ status: 'closed' }), all)).toMatchObject({ answer: [], desk: null, own: false });
  });
});
