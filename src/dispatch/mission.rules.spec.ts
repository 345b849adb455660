import { describe, expect, it } from '@jest/globals';
import { INCIDENT_STATUSES } from '../incidents/incidents.dto.js';
import * as rules from './mission.rules.js';

const problem = (code: string, status: number) => expect.objectContaining({ code, status });

describe('a mission', () => {
  it.each(INCIDENT_STATUSES.map((status) => [status]))('may or may not start while the incident is %s', (status) => {
    const start = () => rules.mustTakeMissions({ id: 'i', status });
    if (['verified', 'responding', 'on-scene', 'stabilised'].includes(status)) return expect(start).not.toThrow();
    expect(start).toThrow(problem(status === 'reported' ? 'incident.not-verified' : 'incident.step-not-allowed', 409));
  });

  it('makes one order a warehouse and one line an item, warehouses by id', () => {
    const line = (warehouseId: string, itemId: string, units: number) => ({ warehouseId, itemId, units });
    expect(rules.ordersOf([line('w2', 'tent', 5), line('w1', 'quilt', 1), line('w2', 'tent', 7), line('w2', 'water', 2)])).toEqual([
      { warehouseId: 'w1', lines: [{ itemId: 'quilt', units: 1 }] },
      { warehouseId: 'w2', lines: [{ itemId: 'tent', units: 12 }, { itemId: 'water', units: 2 }] },
    ]); // prettier-ignore
  });

  it('warns from the eighth team on', () => {
    expect(rules.spanHints(7)).toEqual([]);
    expect(rules.spanHints(8)).toEqual([{ code: 'span-of-control', params: { teams: 8, limit: 7 } }]);
  });

  it('names a unit once', () => {
    const twice = [{ teamUnitId: 'u' }, { teamUnitId: 'v' }, { teamUnitId: 'u' }];
    expect(() => rules.mustNameUnitsOnce(twice)).toThrow(problem('request.invalid', 400));
    expect(() => rules.mustNameUnitsOnce(twice.slice(0, 2))).not.toThrow();
  });

  it('numbers its documents by society and by the year it is in China', () => {
    const newYear = new Date('2026-12-31T16:00:00Z');
    expect(rules.documentNumber(rules.seriesOf('331082', 'DD', newYear), 7)).toBe('331082-DD-2027-0007');
    expect(rules.adcodeOf('/330000/331000/')).toBe('331000');
  });
});

describe('a unit', () => {
  const unit: rules.Sendable = {
    id: 'u', code: 'T-1-A', headcount: 8, standBy: true, bookingAssignmentId: null, bookingIncidentId: null, ready: true, reasons: [],
  }; // prettier-ignore
  const unready = { ...unit, ready: false, reasons: [{ code: 'insurance.lapsed', params: { members: 2 } }] };
  const send = (facts: rules.Sendable, ask: Partial<{ headcount: number; overridden: boolean }> = {}) =>
    rules.mustBeSendable(facts, { headcount: 8, overridden: false, pointer: '/assignments/0/teamUnitId', ...ask });

  it('goes when it is free, on stand-by and ready', () => expect(() => send(unit)).not.toThrow());
  it('goes with a gap only when an officer says why', () => {
    expect(() => send(unready)).toThrow(problem('team.not-ready', 422));
    expect(() => send(unready, { overridden: true })).not.toThrow();
  });
  it.each([{ bookingAssignmentId: 'a', bookingIncidentId: 'i' }, { standBy: false }])('never goes: %j', (facts) => {
    expect(() => send({ ...unready, ...facts }, { overridden: true })).toThrow(problem('team.not-available', 409));
  });
  it('is not asked for more people than it has', () => {
    expect(() => send(unit, { headcount: 9 })).toThrow(problem('team.headcount-exceeded', 422));
  });
});

it('lets an officer send what is under his society or held right above it, nothing else', () => {
  const county = ['/330000/331000/331082/'];
  expect(rules.sourceOf('/330000/331000/331082/', county)).toBe('own');
  expect(rules.sourceOf('/330000/331000/', county)).toBe('above');
  expect(rules.sourceOf('/330000/', county)).toBe('above');
  expect(rules.sourceOf('/330000/331000/331081/', county)).toBeNull();
  expect(rules.sourceOf('/330000/330100/', county)).toBeNull();
  expect(rules.sourceOf('/330000/331000/331082/', ['/330000/331000/'])).toBe('own');
  expect(rules.sourceOf('/330000/', [])).toBeNull();
});
