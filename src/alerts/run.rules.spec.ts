import { describe, expect, it } from '@jest/globals';
import { type AlertDto, deliveryStage } from './alerts.dto.js';
import * as rules from './run.rules.js';

const person = (name: string, reach: Partial<rules.AlertPerson> = {}): rules.AlertPerson => ({
  memberId: null, userId: null, name, phone: null, ...reach,
}); // prettier-ignore
const leader = person('王队', { userId: 'u1', phone: '19900000001' });
const deputy = person('李副', { phone: '19900000002' });

describe('the ladder of an alert', () => {
  it('tells a person by the app when there is an account, by link and text when there is a phone', () => {
    expect(rules.channelsTo(leader, rules.ALL_CHANNELS)).toEqual(['in-app', 'link', 'sms']);
    expect(rules.channelsTo(deputy, rules.ALL_CHANNELS)).toEqual(['link', 'sms']);
    expect(rules.channelsTo(leader, ['in-app'])).toEqual(['in-app']);
    expect(rules.channelsTo(person('无'), rules.ALL_CHANNELS)).toEqual([]);
  });

  it('skips a step without a person, or whom nothing reaches, and keeps why', () => {
    const steps = rules.keepSteps(
      [
        { role: 'leader', people: [] },
        { role: 'deputy', people: [person('无')] },
        { role: 'duty', people: [person('无'), leader] },
      ],
      rules.ALL_CHANNELS,
    );
    expect(steps.map((step) => step.skipped?.code)).toEqual(['step.nobody', 'step.unreachable', undefined]);
    expect(rules.stepAfter(steps, 0)).toBe(3);
    expect(rules.stepAfter(steps, 3)).toBeNull();
    expect(rules.waitingFor(steps, 3)).toBe('王队');
    expect(rules.stepAfter([], 0)).toBeNull();
    expect(rules.waitingFor([], 0)).toBeNull();
  });

  it('goes up one step at a time', () => {
    const steps = rules.keepSteps(
      [
        { role: 'leader', people: [leader] },
        { role: 'deputy', people: [deputy] },
      ],
      rules.ALL_CHANNELS,
    );
    expect([0, 1, 2].map((step) => rules.stepAfter(steps, step))).toEqual([1, 2, null]);
  });
});

describe('the stages of a delivery', () => {
  const stages = deliveryStage.options;
  const allowed: Record<rules.Stage, rules.Stage[]> = {
    planned: ['handed', 'delivered', 'displayed', 'opened', 'expired', 'cancelled'],
    handed: ['delivered', 'displayed', 'opened', 'failed'],
    delivered: ['displayed', 'opened'],
    displayed: ['opened'],
    opened: [],
    failed: [],
    expired: [],
    cancelled: [],
  };
  it.each(stages.flatMap((from) => stages.map((to) => [from, to] as const)))('%s to %s', (from, to) => {
    expect(rules.mayMove(from, to)).toBe(allowed[from].includes(to));
  });

  it('tries three times, further apart each time, then gives up', () => {
    expect([1, 2, 3].map(rules.retryAfterMs)).toEqual([5000, 20_000, null]);
  });
});

it('shows in the funnel who was told by what and who answered, also through an officer', () => {
  const delivery = { stageAt: 't', failure: null, attempt: 1, memberId: null } as const;
  const alert = {
    id: 'a', teamName: '队', answers: [{ byName: '值班', onBehalfOf: '李副', answer: 'accept', occurredAt: 't2' }],
    deliveries: [
      { ...delivery, step: 1, personName: '王队', personRole: 'leader', userId: 'u1', channel: 'in-app', stage: 'delivered' },
      { ...delivery, step: 1, personName: '王队', personRole: 'leader', userId: 'u1', channel: 'sms', stage: 'handed' },
      { ...delivery, step: 2, personName: '李副', personRole: 'deputy', userId: 'u2', channel: 'sms', stage: 'opened' },
    ],
  } as unknown as AlertDto; // prettier-ignore
  const funnel = rules.funnelOf('i', [alert]);
  expect(funnel.people.map((line) => [line.personName, line.channels.length, line.answer])).toEqual([
    ['王队', 2, null],
    ['李副', 1, 'accept'],
  ]);
});
