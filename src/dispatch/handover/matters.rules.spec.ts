import { describe, expect, it } from '@jest/globals';
import { type DeskPicture, mattersOf } from './matters.rules.js';

const HERE = 'society-here';
const AT = '2026-07-21T00:00:00.000Z';
const incident = (id: string, more: object = {}) => ({ id, title: `事件${id}`, leadSocietyId: HERE, exercise: false, status: 'verified', severity: 'III', number: id, statusSince: AT, ...more }); // prettier-ignore
const alert = (id: string, more: object = {}) => ({
  id, kind: 'deploy', incidentId: 'i', unitCode: 'U1', teamName: '队', step: 1, steps: 3, waitingFor: '队长', raisedAt: AT, nextDueAt: AT, doneReason: null,
  deliveries: [{ memberId: 'm', userId: null, personName: '队长', personRole: 'leader', stage: 'handed' }], ...more,
}); // prettier-ignore
const par = (state: string, more: object = {}) => ({
  state,
  cycle: 2,
  nextAt: AT,
  waitingFor: '队长',
  askedAt: AT,
  missedAt: AT,
  holdReason: null,
  ...more,
});
const roll = (id: string, more: object = {}) => ({ id, incidentId: 'i', unitCode: 'U1', teamName: '队', people: [], par: null, ...more }); // prettier-ignore
const help = (more: object = {}) => ({ id: 'h', incidentId: 'i', byName: '王', teamName: '队', unitCode: 'U1', state: 'raised', takenUpBy: null, occurredAt: AT, deskIds: [HERE], exercise: false, ...more }); // prettier-ignore
const order = (status: string) => ({ id: 'o', number: 'N', incidentId: 'i', warehouseId: 'w', status, statusSince: AT, driverName: '司机', etaAt: '2026-07-21T05:00:00.000Z' }); // prettier-ignore
const desk = (more: object): DeskPicture =>
  ({
    societyId: HERE, userIds: ['me'], incidents: [incident('i')], alerts: [], rolls: [], helpCalls: [], faults: [], replies: [], tasks: [], orders: [],
    warehouses: [], responses: [], notices: [], alarms: [], owed: [], ...more,
  }) as unknown as DeskPicture; // prettier-ignore
const kinds = (more: object) => mattersOf(desk(more)).map(({ kind }) => kind);
const elsewhere = [incident('i', { leadSocietyId: 'other' })];

describe('what is handed over with a desk (V3)', () => {
  it('is nothing where nothing is open', () => expect(kinds({ incidents: [] })).toEqual([]));

  it.each([
    ['an incident that it leads', {}, ['incident']],
    ['one line of an incident that a desk below leads', { incidents: elsewhere }, ['incident-below']],
    ['a call for help, before everything', { helpCalls: [help()], faults: [{ id: 'f', kind: 'step-late', incidentId: 'i', teamName: '队', unitCode: 'U1', who: null, since: AT }] }, ['help-call', 'chain-fault', 'incident']],
    ['a call of a team of ours in the incident of another', { incidents: elsewhere, helpCalls: [help()] }, ['help-call', 'incident-below']],
    ['no call that others have to answer', { incidents: elsewhere, helpCalls: [help({ deskIds: ['other'] })] }, ['incident-below']],
    ['an alert without an answer, and who was told', { alerts: [alert('a')] }, ['alert-unanswered', 'person-silent', 'incident']],
    ['nobody silent before he was told', { alerts: [alert('a', { deliveries: [{ memberId: 'm', userId: null, personName: 'x', personRole: 'leader', stage: 'planned' }] })] }, ['alert-unanswered', 'incident']],
    ['no alert that was answered', { alerts: [alert('a', { doneReason: 'answered' })] }, ['incident']],
    ['no mere information', { alerts: [alert('a', { kind: 'information' })] }, ['incident']],
    ['a call for this desk about the incident of another', { incidents: elsewhere, alerts: [alert('a', { kind: 'duty-call', deliveries: [{ memberId: null, userId: 'me', personName: '我', personRole: 'duty', stage: 'delivered' }] })] }, ['alert-unanswered', 'person-silent', 'incident-below']],
    ['not the alerts of another', { incidents: elsewhere, alerts: [alert('a')] }, ['incident-below']],
    ['a silence of the chain, whoever leads', { incidents: elsewhere, faults: [{ id: 'f', kind: 'step-late', incidentId: 'i', teamName: '队', unitCode: 'U1', who: null, since: AT }] }, ['chain-fault', 'incident-below']],
    ['people who are missing', { rolls: [roll('r', { people: [{ id: 'p', name: '甲', state: 'missing', since: AT }, { id: 'q', state: 'on-scene' }] })] }, ['person-missing', 'incident']],
    ['a running roll-call clock', { rolls: [roll('r', { par: par('ok') })] }, ['par-clock', 'incident']],
    ['a unit that was asked', { rolls: [roll('r', { par: par('asked') })] }, ['unit-silent', 'incident']],
    ['a unit that missed it', { rolls: [roll('r', { par: par('missed', { nextAt: null }) })] }, ['unit-silent', 'incident']],
    ['a known silence with its end', { rolls: [roll('r', { par: par('excused', { holdReason: '潜水' }) })] }, ['par-hold', 'incident']],
    ['words that wait, of nobody known too', { replies: [{ id: 'w', incidentId: null, words: '来', personName: null, receivedAt: AT, why: 'unclear' }] }, ['reply-waiting', 'incident']],
    ['a report that is owed', { owed: [{ incidentId: 'i', code: 'phone', since: AT, dueAt: AT }] }, ['report-clock', 'incident']],
    ['its own tasks', { tasks: [{ id: 't', incidentId: 'i', societyId: HERE, title: '任务', takenBy: null, dueAt: AT, state: 'open' }, { id: 'u', societyId: 'other' }] }, ['task', 'incident']],
    ['goods of its stores that are reserved', { incidents: elsewhere, warehouses: [{ id: 'w', societyId: HERE }], orders: [{ id: 'o', number: 'N', incidentId: 'i', warehouseId: 'w', status: 'reserved', reservedAt: AT, reservedUntil: AT }] }, ['reservation', 'incident-below']],
    ...['approved', 'picking', 'shipped'].map((status) => [`goods of its incidents that are ${status}`, { orders: [order(status)] }, ['goods-under-way', 'incident']] as const),
    ['goods of its stores on the road', { incidents: elsewhere, warehouses: [{ id: 'w', societyId: HERE }], orders: [order('shipped')] }, ['goods-under-way', 'incident-below']],
    ['no goods between others', { incidents: elsewhere, orders: [order('shipped')] }, ['incident-below']],
    ['no goods that have arrived', { orders: [order('received')] }, ['incident']],
    ['its alarms that were put aside', { alarms: [{ id: 'a', societyId: HERE, incidentId: 'i', code: 'nobody', snoozedUntil: AT }, { id: 'b', societyId: HERE, snoozedUntil: null }, { id: 'c', societyId: 'other', snoozedUntil: AT }] }, ['alarm-aside', 'incident']],
    ['a gap in its roster', { incidents: [], notices: [{ id: 'n', kind: 'roster-gap', societyId: HERE, since: AT }, { id: 'm', kind: 'handover-late', societyId: HERE }] }, ['duty-notice']],
  ])('%s', (_, more, expected) => expect(kinds(more)).toEqual(expected)); // prettier-ignore

  it('says of goods on the road which order, who drives, and when they are due', () =>
    expect(mattersOf(desk({ orders: [order('shipped')] }))[0]).toMatchObject({
      key: 'goods-under-way:o', who: '司机', dueAt: '2026-07-21T05:00:00.000Z', params: { number: 'N', order: 'shipped' },
    })); // prettier-ignore

  it('says of a task what it is and of which incident, also where the plan names people or goods only by their code', () => {
    const task = (id: string, more: object) => ({ id, incidentId: 'i', societyId: HERE, takenBy: null, dueAt: AT, state: 'open', title: '', titleEn: '', ...more }); // prettier-ignore
    const [first, second] = mattersOf(desk({
      tasks: [task('t', { act: 'start', kind: 'task', code: 'x', count: 1, title: '核实位置' }), task('u', { act: 'release', kind: 'team', code: 'search-rescue', count: 20 })],
    })); // prettier-ignore
    expect(first).toMatchObject({ title: '事件i', params: { act: 'start', line: 'task', words: '核实位置' } });
    expect(second).toMatchObject({
      title: '事件i',
      params: { act: 'release', line: 'team', code: 'search-rescue', count: 20 },
    });
  });

  it('has one key a matter, gravest first, and marks exercises', () => {
    const list = mattersOf(
      desk({
        incidents: [incident('i', { exercise: true })], alerts: [alert('a'), alert('b', { nextDueAt: '2026-07-20T00:00:00.000Z' })],
        rolls: [roll('r', { par: par('missed') })],
      }),
    ); // prettier-ignore
    expect(list.map(({ key }) => key)).toEqual([
      'unit-silent:r:2', 'alert-unanswered:b', 'alert-unanswered:a', 'person-silent:a:m', 'person-silent:b:m', 'incident:i',
    ]); // prettier-ignore
    expect(list.every(({ params }) => params.exercise === 1)).toBe(true);
  });
});
