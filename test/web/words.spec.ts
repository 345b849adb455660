import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { generateDemo } from '../../src/database/seeds/demo/index.js';
import { fillIn } from '../../web/src/i18n/fill-in.rules.js';
import { ROLES } from '../../src/access/access.dto.js';
import { ALARM_CODES } from '../../src/alarms/alarms.dto.js';
import { answerKind, channel, deliveryStage, doneReason } from '../../src/alerts/alerts.dto.js';
import { OUTCOMES, PERSON_STATES, SAID_BY, STAGES } from '../../src/dispatch/accountability/roll.dto.js';
import { CHAIN_FAULTS } from '../../src/dispatch/audit/chain-audit.dto.js';
import { REACHES, TEST_STAGES } from '../../src/dispatch/channel-test/channel-test.dto.js';
import { HELP_CALL_STATES, HELP_OUTCOMES, helpCallDto } from '../../src/dispatch/help-calls/help-call.dto.js';
import { HANDOVER_KINDS, HANDOVER_STATES } from '../../src/dispatch/handover/handover.dto.js';
import { ASSIGNMENT_STATUSES, SUPPLY_ORDER_STATUSES } from '../../src/dispatch/dispatch.dto.js';
import { INCIDENT_KINDS, INCIDENT_STATUSES, reporter, severity } from '../../src/incidents/incidents.dto.js';
import { DRILL_SCRIPTS, DRILL_STATES, injectCall, injectDto } from '../../src/drills/drills.dto.js';
import { MEASURE_CODES } from '../../src/drills/score.rules.js';
import { ASPECTS, GRADES, IMPROVEMENT_STATES } from '../../src/drills/sheet/sheet.dto.js';
import { MEASURES, PLAN_STATES, RESPONSE_LEVELS } from '../../src/incidents/response/plans.dto.js';
import { TASK_STATES } from '../../src/incidents/response/responses.dto.js';
import { SPECIALITIES, unitState } from '../../src/rescue-teams/rescue-teams.dto.js';
import { searchStage, suggestionStatus } from '../../src/suggestions/suggestions.dto.js';
import { FIGURES } from '../../web/src/incidents/figures.rules.js';

const ROOT = join(process.cwd(), 'web/src');
const table = (name: string) =>
  JSON.parse(readFileSync(join(ROOT, 'i18n', `${name}.json`), 'utf8')) as Record<string, string>;
/** Every table of the desk and its pages together; those of the phone and of the warehouse have specs of their own. */
const tables = (locale: string): Record<string, string> =>
  Object.assign(
    {},
    ...readdirSync(join(ROOT, 'i18n'))
      .filter((file) => file.endsWith(`${locale}.json`) && !/^(phone|keeper|stock-)/.test(file))
      .map((file) => table(file.slice(0, -'.json'.length))),
  ) as Record<string, string>;
const [zh, en] = [tables('zh-CN'), tables('en')];
/** The phone page and the keeper page bring tables of their own. */
const ELSEWHERE = /\/(alerts\/phone|relief-stock)\//;
const sources = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !ELSEWHERE.test(`/${name}`))
  .map((name) => ({ name, text: readFileSync(join(ROOT, name), 'utf8') }));
const places = (sentence: string) => [...sentence.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();

describe('a sentence', () => {
  it('has its places filled, and the word that goes with a number', () => {
    const lines = '{count} {count|line|lines} of {who}';
    expect(fillIn(lines, { count: 1, who: 'A' })).toBe('1 line of A');
    expect(fillIn(lines, { count: '1', who: 'A' })).toBe('1 line of A');
    expect(fillIn(lines, { count: 0, who: 'A' })).toBe('0 lines of A');
    expect(fillIn(lines, { who: 'A' })).toBe('{count} {count|line|lines} of A');
  });
});

describe('words of the desk', () => {
  it('says everything in both languages, with the same places to fill', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort());
    const different = Object.keys(zh).filter((key) => String(places(zh[key]!)) !== String(places(en[key]!)));
    expect(different).toEqual([]);
    expect(
      Object.entries(en).filter(([key, words]) => key !== 'app.other-language' && /\p{Script=Han}/u.test(words)),
    ).toEqual([]);
  });

  it('keeps Chinese out of code', () => {
    const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
    expect(sources.filter(({ text }) => /\p{Script=Han}/u.test(withoutComments(text))).map(({ name }) => name)).toEqual(
      [],
    );
  });

  it('has words for every key that the code names', () => {
    const named = sources.flatMap(({ name, text }) =>
      [...text.matchAll(/\bt\(\s*'([^']+)'/g)].map((match) => ({ name, key: match[1]! })),
    );
    expect(named.length).toBeGreaterThan(150);
    expect(named.filter(({ key }) => !(key in zh))).toEqual([]);
  });

  it('has a word for every unit of the demonstration', () => {
    const units = [
      ...new Set(generateDemo({ now: new Date('2026-07-21T03:00:00Z') }).items.map(({ unit }) => `unit.${unit}`)),
    ];
    expect(units.filter((key) => !(key in en))).toEqual([]);
    expect(units.filter((key) => /\p{Script=Han}/u.test(en[key]!))).toEqual([]);
  });

  it('has words for every code that the wire can bring', () => {
    const wire: Record<string, readonly string[]> = {
      'drill-state': DRILL_STATES,
      'drill-script': DRILL_SCRIPTS,
      'inject-kind': injectCall.options.map((one) => one.shape.kind.value),
      'inject-state': injectDto.shape.state.options,
      'drill-measure': MEASURE_CODES,
      'drill-aspect': ASPECTS,
      'drill-grade': GRADES,
      'drill-improvement': IMPROVEMENT_STATES,
      assignment: ASSIGNMENT_STATUSES,
      'people.state': PERSON_STATES,
      'people.outcome': OUTCOMES,
      'people.stage': STAGES,
      'people.channel': SAID_BY,
      order: SUPPLY_ORDER_STATUSES,
      kind: INCIDENT_KINDS,
      status: INCIDENT_STATUSES,
      severity: severity.options,
      'severity-short': severity.options,
      speciality: SPECIALITIES,
      role: ROLES,
      'unit-state': unitState.options,
      act: ALARM_CODES,
      cause: ALARM_CODES,
      waiting: ALARM_CODES,
      channel: channel.options,
      stage: deliveryStage.options,
      answer: answerKind.options,
      'alert-done': doneReason.options,
      suggestion: suggestionStatus.options,
      'search-stage': searchStage.options,
      'task-state': TASK_STATES,
      'response-level': RESPONSE_LEVELS,
      'handover.state': HANDOVER_STATES,
      matter: HANDOVER_KINDS,
      'help-call.state': HELP_CALL_STATES,
      'help-call.outcome': HELP_OUTCOMES,
      'help-call.role': helpCallDto.shape.byRole.options,
      'matter-fault': CHAIN_FAULTS,
      'test-stage': TEST_STAGES,
      reach: REACHES,
      measure: MEASURES,
      'plan-state': PLAN_STATES,
      source: reporter.shape.source.unwrap().options,
      figure: FIGURES,
    };
    const missing = Object.entries(wire).flatMap(([prefix, codes]) => codes.map((code) => `${prefix}.${code}`)).filter((key) => !(key in zh)); // prettier-ignore
    expect(missing).toEqual([]);
  });
});
