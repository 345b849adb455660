import { describe, expect, it } from '@jest/globals';
import {
  affects,
  competes,
  ownIncidentOf,
  triggerOf,
  type SeenChange,
  type WatchedIncident,
} from './affected.rules.js';

const CITY = '/33/3310/';
const incident: WatchedIncident = {
  id: 'incident-1', specialities: new Set(['water']), itemIds: new Set(['tent']), planningPaths: [CITY],
}; // prettier-ignore

function unit(holder: string, capabilities = ['water']): SeenChange {
  const scope = [holder, `down:${holder}`, 'team:t'];
  return {
    kind: 'team.booked',
    subject: 'team-unit',
    subjectId: 'u',
    incidentId: null,
    scope,
    body: JSON.stringify({ capabilities }),
  };
}
function level(holder: string, itemId = 'tent'): SeenChange {
  const scope = [holder, `down:${holder}`, 'warehouse:w'];
  return {
    kind: 'stock.level-changed',
    subject: 'stock-level',
    subjectId: 'l',
    incidentId: null,
    scope,
    body: JSON.stringify({ itemId }),
  };
}

describe('whom a change concerns', () => {
  it.each([
    ['a unit of the city', unit(CITY), true],
    ['a unit of a county of it', unit('/33/3310/331082/'), true],
    ['a unit of the province itself', unit('/33/'), true],
    ['a unit of another city', unit('/33/3301/'), false],
    ['a unit that does other work', unit(CITY, ['medical']), false],
    ['stock of the item', level('/33/3310/331082/'), true],
    ['stock of another item', level(CITY, 'rice'), false],
    ['stock of another city', level('/33/3301/'), false],
  ])('%s', (_, change, concerned) => expect(affects(change, incident)).toBe(concerned));

  it('looks at every society that keeps a plan for the incident', () => {
    expect(affects(unit('/33/3301/'), { ...incident, planningPaths: [CITY, '/33/'] })).toBe(true);
  });

  it('takes a change of the incident or of its missions as its own', () => {
    const plain = { scope: ['all'], body: '{}' };
    const needs = { kind: 'incident.needs-set', subject: 'incident', subjectId: 'i1', incidentId: 'i1', ...plain };
    const order = { kind: 'supply.shipped', subject: 'supply-order', subjectId: 'o1', incidentId: 'i2', ...plain };
    expect([needs, order].map(ownIncidentOf)).toEqual(['i1', 'i2']);
    expect([needs, order, { ...needs, kind: 'incident.closed' }, unit(CITY), level(CITY)].map(triggerOf)).toEqual([
      'needs', 'dispatch', 'incident', 'teams', 'stock',
    ]); // prettier-ignore
    expect(affects(needs, incident)).toBe(false);
  });

  it('looks again where another incident asks for the same goods', () => {
    const needs = (id: string, itemId: string): SeenChange => ({
      kind: 'incident.needs-set',
      subject: 'incident',
      subjectId: id,
      incidentId: id,
      scope: ['all'],
      body: JSON.stringify({ needs: { items: [{ itemId }] } }),
    });
    expect(competes(needs('incident-2', 'tent'), incident)).toBe(true);
    expect(competes(needs('incident-2', 'rice'), incident)).toBe(false);
    expect(competes(needs('incident-1', 'tent'), incident)).toBe(false);
    expect(competes(level(CITY), incident)).toBe(false);
  });

  it('lets all other changes pass', () => {
    expect(triggerOf({ kind: 'suggestion.proposed', subject: 'suggestion' })).toBeNull();
    expect(triggerOf({ kind: 'alert.raised', subject: 'alert' })).toBeNull();
  });
});
