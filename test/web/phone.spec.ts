import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ASSIGNMENT_STATUSES } from '../../src/dispatch/dispatch.dto.js';
import {
  choicesAt,
  standingOf,
  statusAfter,
  stepOf,
  type LeaderStep,
  type Standing,
} from '../../web/src/alerts/phone/next-step.rules.js';
import {
  dueNow, isUrgent, KEPT_MS, nextLookMs, outcomeOf, retryDelayMs, stillKept, tried, type Sending,
} from '../../web/src/alerts/phone/outbox.rules.js'; // prettier-ignore
import type { HelpCallDto } from '../../src/dispatch/help-calls/help-call.dto.js';
import {
  FIRST_TRY_MS, fullness, HOLD_MS, offersCall, pressOf, standing, takesWords,
} from '../../web/src/alerts/phone/sos/sos.rules.js'; // prettier-ignore
import { asksForPeople, coordinatesText, viewOf } from '../../web/src/alerts/phone/face.rules.js';

const sending = (part: Partial<Sending> = {}): Sending => ({
  id: 'a', about: 'link/t', owner: null, path: '/alert-links/t/answers', body: { answer: 'accept' }, writtenAtMs: 0, tries: 0, nextTryAtMs: 0,
  state: 'waiting', settledAtMs: null, refusal: null, ...part,
}); // prettier-ignore
const result = (status: number) => ({ status, code: 'x', words: '', nowMs: 1000, chance: 0.5 });

describe('what a phone has said', () => {
  it('keeps an answer until the server has taken or refused it', () => {
    expect([200, 201, 204].map(outcomeOf)).toEqual(['delivered', 'delivered', 'delivered']);
    expect([0, 401, 408, 429, 500, 503].map(outcomeOf)).toEqual(Array(6).fill('retry'));
    expect([400, 403, 404, 409, 422].map(outcomeOf)).toEqual(Array(5).fill('refused'));
    expect(tried(sending(), result(0))).toMatchObject({ state: 'waiting', tries: 1, settledAtMs: null });
    expect(tried(sending(), result(409))).toMatchObject({ state: 'refused', refusal: { status: 409, code: 'x' } });
    expect(tried(sending(), result(200))).toMatchObject({ state: 'delivered', settledAtMs: 1000, refusal: null });
  });

  it('tries again ever later, at most half a minute apart', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.double({ min: 0, max: 1, noNaN: true }), (tries, chance) => {
        const delay = retryDelayMs(tries, chance);
        return delay >= 800 && delay <= 36_000 && retryDelayMs(tries + 1, chance) >= delay;
      }),
    );
  });

  it('never lets a later step overtake an earlier one of the same assignment', () => {
    const depart = sending({ id: '1', about: 'assignment/x', nextTryAtMs: 5000 });
    const arrive = sending({ id: '2', about: 'assignment/x', nextTryAtMs: 0 });
    const other = sending({ id: '3', about: 'assignment/y', nextTryAtMs: 100 });
    expect(dueNow([depart, arrive, other], 0, null)).toBeNull();
    expect(dueNow([depart, arrive, other], 100, null)?.id).toBe('3');
    expect(dueNow([depart, arrive], 5000, null)?.id).toBe('1');
    expect(dueNow([{ ...depart, state: 'delivered' }, arrive], 0, null)?.id).toBe('2');
    expect(nextLookMs([depart, arrive, other], null)).toBe(100);
    expect(nextLookMs([{ ...depart, state: 'refused' }], null)).toBeNull();
  });

  it('leaves in the name of who said it, or not at all', () => {
    const own = sending({ id: '1', about: 'assignment/x', owner: 'wang' });
    const link = sending({ id: '2' });
    expect(dueNow([own], 0, 'wang')?.id).toBe('1');
    expect([dueNow([own], 0, null), dueNow([own], 0, 'li'), nextLookMs([own], 'li')]).toEqual([null, null, null]);
    expect(dueNow([own, link], 0, 'li')?.id).toBe('2');
    // Another tab has signed in somebody else meanwhile: it waits, as without network.
    expect(tried(own, { ...result(409), code: 'auth.other-person' })).toMatchObject({ state: 'waiting', tries: 1 });
  });

  it('forgets what was settled days ago and nothing that still waits', () => {
    expect(stillKept(sending(), KEPT_MS * 10)).toBe(true);
    expect(stillKept(sending({ state: 'delivered', settledAtMs: 0 }), KEPT_MS - 1)).toBe(true);
    expect(stillKept(sending({ state: 'delivered', settledAtMs: 0 }), KEPT_MS)).toBe(false);
  });
});

describe('what the alert page shows', () => {
  const open = { answered: null, doneReason: null };
  const answer = { answer: 'decline' } as NonNullable<Parameters<typeof viewOf>[0]['answered']>;

  it('asks until there is an answer', () => {
    expect(viewOf(open, []).name).toBe('ask');
    expect(viewOf(open, [sending({ state: 'delivered' })]).name).toBe('sent');
    expect(viewOf({ answered: answer, doneReason: 'answered' }, []).name).toBe('answered');
    expect(viewOf({ answered: null, doneReason: 'withdrawn' }, [])).toMatchObject({ name: 'closed', late: null });
  });

  it('shows an undelivered answer as undelivered whatever the server said before', () => {
    expect(viewOf(open, [sending()]).name).toBe('unsent');
    expect(viewOf({ answered: answer, doneReason: 'answered' }, [sending()]).name).toBe('unsent');
  });

  it('says that an answer came too late, beside what counts instead', () => {
    const late = sending({ state: 'refused' });
    expect(viewOf({ answered: answer, doneReason: 'answered' }, [late])).toMatchObject({
      name: 'answered',
      answer,
      late,
    });
    expect(viewOf({ answered: null, doneReason: 'exhausted' }, [late])).toMatchObject({ name: 'closed', late });
    expect(viewOf(open, [late]).name).toBe('refused');
  });

  it('asks for yes or no only when people are wanted', () => {
    expect(['deploy', 'duty-call', 'information', 'stand-down'].map((kind) => asksForPeople(kind as 'deploy'))).toEqual([
      true, true, false, false,
    ]); // prettier-ignore
    expect(coordinatesText({ lon: 120.9876543, lat: 28.6 })).toBe('28.60000, 120.98765');
  });
});

describe('the next step of a leader', () => {
  it('leads from the alert to the base, one big button at a time', () => {
    const walked: string[] = [];
    let status: (typeof ASSIGNMENT_STATUSES)[number] = 'alerted';
    for (let choice = choicesAt(status); choice && walked.length < 20; choice = choicesAt(status)) {
      walked.push(choice.main);
      status = statusAfter(status, [choice.main]);
    }
    expect(walked).toEqual(['accept', 'assemble', 'depart', 'arrive', 'release', 'return', 'close']);
    expect(status).toBe('closed');
  });

  it('counts steps that are still on their way', () => {
    expect(statusAfter('accepted', ['assemble', 'depart'] as LeaderStep[])).toBe('departed');
    expect(statusAfter('accepted', [])).toBe('accepted');
  });

  it('is read from the address of a session and from the content of a link', () => {
    expect(stepOf({ path: '/assignments/a/depart', body: {} })).toBe('depart');
    expect(stepOf({ path: '/alert-links/t/progress', body: { step: 'arrive' } })).toBe('arrive');
  });

  it('is offered by link with the yes that is on its way, and follows the server after that', () => {
    const unit = (status: Standing['status']): Standing => ({
      status, statusSince: '2026-07-21T03:00:00.000Z', headcount: 8, promisedHeadcount: null, actualHeadcount: null, active: true, named: true,
      mayStep: false,
    }); // prettier-ignore
    const yes = sending({ body: { answer: 'accept', occurredAt: '2026-07-21T03:00:00.000Z' } });
    expect(standingOf(unit('alerted'), { name: 'ask' }, 8)).toBeNull();
    expect(standingOf(unit('alerted'), { name: 'unsent', sending: yes }, 8)).toEqual({ ...unit('accepted'), mayStep: true }); // prettier-ignore
    expect(standingOf(null, { name: 'sent', sending: sending({ body: { answer: 'decline' } }) }, 8)).toBeNull();
    expect(standingOf(unit('departed'), { name: 'sent', sending: yes }, 8)).toEqual(unit('departed'));
    expect(standingOf(null, { name: 'closed', reason: 'exhausted', late: null }, 8)).toBeNull();
  });

  it('waits behind the yes of the same link, and not behind a call for help', () => {
    const step = sending({ id: 's', about: 'link/t/progress' });
    expect(dueNow([sending({ nextTryAtMs: 5000 }), step], 0, null)).toBeNull();
    expect(dueNow([sending({ state: 'delivered' }), step], 0, null)?.id).toBe('s');
    expect(dueNow([sending({ about: 'link/t/help', nextTryAtMs: 5000 }), step], 0, null)?.id).toBe('s');
  });

  it('offers nothing once the assignment is over', () => {
    for (const status of ['declined', 'no-answer', 'closed', 'withdrawn'] as const)
      expect(choicesAt(status)).toBeNull();
  });
});

describe('a call for help on the phone', () => {
  const press = (part: Partial<Sending> = {}) =>
    sending({ about: 'link/t/help', path: '/alert-links/t/help-calls', ...part });
  const call = (state: HelpCallDto['state'], receivedAt = '2026-07-21T03:00:00.000Z') => ({ state, receivedAt }) as HelpCallDto; // prettier-ignore

  it('is full after two seconds, never before', () => {
    expect([-5, 0, HOLD_MS / 2, HOLD_MS - 1, HOLD_MS, HOLD_MS * 3].map(fullness)).toEqual([0, 0, 0.5, 1999 / 2000, 1, 1]); // prettier-ignore
  });

  it('counts as not delivered as soon as a try failed or took too long', () => {
    expect(pressOf([sending()], 0)).toEqual({ name: 'none' });
    expect(pressOf([press()], FIRST_TRY_MS).name).toBe('sending');
    expect(pressOf([press()], FIRST_TRY_MS + 1).name).toBe('undelivered');
    expect(pressOf([press({ tries: 1 })], 0).name).toBe('undelivered');
    expect(['delivered', 'refused'].map((state) => pressOf([press({ state: state as 'delivered' })], 0).name)).toEqual(['delivered', 'refused']); // prettier-ignore
    // Words after it do not hide what became of the press.
    expect(pressOf([press({ tries: 2 }), press({ id: 'b', path: '/alert-links/t/help-calls/a/words' })], 0).name).toBe('undelivered'); // prettier-ignore
  });

  it('leaves before everything else and is tried again within five seconds', () => {
    expect([press(), sending({ about: 'assignment/x/help' }), sending()].map(isUrgent)).toEqual([true, true, false]);
    const later = (of: Sending) => tried({ ...of, tries: 20 }, { ...result(0), chance: 1 }).nextTryAtMs - 1000;
    expect(later(press())).toBeLessThanOrEqual(6000);
    expect(later(sending())).toBeGreaterThan(20_000);
  });

  it('takes words while it stands or is on its way', () => {
    expect(takesWords(pressOf([press()], 0), [])).toBe(true);
    expect(takesWords(pressOf([press({ state: 'delivered' })], 0), [call('raised')])).toBe(true);
    expect(takesWords(pressOf([press({ state: 'delivered' })], 0), [call('ended')])).toBe(false);
    expect(takesWords(pressOf([press({ state: 'refused' })], 0), [call('raised')])).toBe(false);
  });

  it('shows what stands, the newest first', () => {
    const [old, fresh] = [call('taken-up'), call('raised', '2026-07-21T04:00:00.000Z')];
    expect(standing([old, call('ended'), fresh])).toEqual([fresh, old]);
  });

  it('is offered with the yes, not at the wake-up', () => {
    const yes = sending({ body: { answer: 'accept' } });
    expect(offersCall({ name: 'ask' }, true)).toBe(false);
    expect(offersCall({ name: 'ask' }, false)).toBe(true);
    expect(offersCall({ name: 'unsent', sending: yes }, true)).toBe(true);
    expect(offersCall({ name: 'sent', sending: { ...yes, body: { answer: 'decline' } } }, true)).toBe(false);
    expect(offersCall({ name: 'closed', reason: 'withdrawn', late: null }, true)).toBe(true);
  });
});
