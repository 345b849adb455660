import { describe, expect, it } from '@jest/globals';
import type { Incident } from './incident.entity.js';
import {
  hasEnded,
  mergeInto,
  mustBeFresh,
  mustBeOpen,
  notInFuture,
  progressStep,
  type Step,
  STEPS,
  takeStep,
} from './incident-steps.rules.js';
import { INCIDENT_STATUSES, type IncidentStatus } from './incidents.dto.js';

const at = new Date('2026-07-21T03:00:00+08:00');
const incident = (status: IncidentStatus, more: Partial<Incident> = {}) =>
  ({
    id: 'one', number: '2026-331082-0001', status, version: 3, statusReason: null, exercise: false, absorbedIds: [], verifiedAt: null,
    respondingAt: null, onSceneAt: null, stabilisedAt: null, demobilisingAt: null, closedAt: null, ...more,
  }) as unknown as Incident; // prettier-ignore

/** The contract in one table: where each step leads from each status. Everything left out is refused. */
const ALLOWED: Record<Step, Partial<Record<IncidentStatus, IncidentStatus>>> = {
  verify: { reported: 'verified' },
  respond: { verified: 'responding' },
  arrive: { verified: 'on-scene', responding: 'on-scene' },
  stabilise: { verified: 'stabilised', responding: 'stabilised', 'on-scene': 'stabilised' },
  demobilise: { stabilised: 'demobilising' },
  close: { stabilised: 'closed', demobilising: 'closed' },
  dismiss: { reported: 'dismissed', verified: 'dismissed' },
  merge: { reported: 'merged', verified: 'merged' },
  reopen: { closed: 'verified' },
};
const every = STEPS.flatMap((step) => INCIDENT_STATUSES.map((from) => ({ step, from, to: ALLOWED[step][from] })));

describe('the steps of an incident', () => {
  it.each(every)('$step from $from: $to', ({ step, from, to }) => {
    const take = () => takeStep(incident(from), step, { reason: 'said why', at });
    if (to) expect(take()).toMatchObject({ status: to, statusReason: 'said why', statusSince: at, version: 4 });
    else
      expect(take).toThrow(
        expect.objectContaining({ code: 'incident.step-not-allowed', status: 409, params: { step, status: from } }),
      );
  });

  it('asks for a reason to dismiss, to reopen, and to stabilise what nobody of ours has reached', () => {
    const silent = { reason: undefined, at };
    const refused = [['reported', 'dismiss'], ['closed', 'reopen'], ['responding', 'stabilise'], ['verified', 'stabilise']] as const; // prettier-ignore
    for (const [from, step] of refused) {
      const problem = { code: 'incident.reason-required', status: 422, params: { step } };
      expect(() => takeStep(incident(from), step, silent)).toThrow(expect.objectContaining(problem));
    }
    expect(takeStep(incident('on-scene'), 'stabilise', silent).status).toBe('stabilised');
    expect(() => takeStep(incident('reported'), 'dismiss', { reason: '', at })).toThrow('incident.reason-required');
  });

  it('stamps a stage the first time only, so a second round keeps the times of the first', () => {
    const first = new Date('2026-07-20T00:00:00Z');
    const reopened = takeStep(
      incident('closed', { verifiedAt: first, respondingAt: first, closedAt: first }),
      'reopen',
      { reason: 'again', at },
    );
    const again = takeStep(reopened, 'respond', { reason: undefined, at });
    expect([again.verifiedAt, again.respondingAt, again.closedAt]).toEqual([first, first, first]);
    expect(again.statusSince).toEqual(at);
  });

  it('fills the stamps of stages that were passed over', () => {
    const onScene = takeStep(incident('verified'), 'arrive', { reason: undefined, at });
    expect([onScene.respondingAt, onScene.onSceneAt]).toEqual([at, at]);
    const closed = takeStep(incident('stabilised'), 'close', { reason: undefined, at });
    expect([closed.demobilisingAt, closed.closedAt]).toEqual([at, at]);
  });

  it('moves on by itself only from where the progress leads forward', () => {
    const steps = INCIDENT_STATUSES.map((status) => [
      progressStep(status, 'responding'),
      progressStep(status, 'on-scene'),
    ]);
    const none = [null, null];
    expect(steps).toEqual([none, ['respond', 'arrive'], [null, 'arrive'], none, none, none, none, none, none]);
  });

  it('merges only into another open incident, and never a drill into the real thing', () => {
    const real = incident('reported');
    expect(mergeInto(real, incident('on-scene', { id: 'two' }))).toMatchObject({ absorbedIds: ['one'], version: 4 });
    for (const target of [
      incident('verified'),
      incident('closed', { id: 'two' }),
      incident('verified', { id: 'two', exercise: true }),
    ])
      expect(() => mergeInto(real, target)).toThrow('incident.merge-target');
  });

  it('refuses an old version, an ended incident, and facts of the future', () => {
    expect(() => mustBeFresh(incident('verified'), 2)).toThrow(
      expect.objectContaining({ code: 'incident.stale', params: { version: 3 } }),
    );
    expect(INCIDENT_STATUSES.filter(hasEnded)).toEqual(['closed', 'dismissed', 'merged']);
    expect(() => mustBeOpen(incident('merged'), 'set-needs')).toThrow('incident.step-not-allowed');
    expect(() => mustBeOpen(incident('demobilising'), 'set-needs')).not.toThrow();
    expect(notInFuture('2026-07-20T19:04:00Z', '/occurredAt', at)).toEqual(new Date('2026-07-20T19:04:00Z'));
    expect(() => notInFuture('2026-07-20T19:06:00Z', '/occurredAt', at)).toThrow('request.invalid');
  });
});
