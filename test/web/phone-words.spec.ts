import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { alertKind, answerKind, doneReason } from '../../src/alerts/alerts.dto.js';
import { HELP_OUTCOMES } from '../../src/dispatch/help-calls/help-call.dto.js';
import { ASSIGNMENT_STATUSES, SUPPLY_ORDER_STATUSES } from '../../src/dispatch/dispatch.dto.js';
import { lotSource } from '../../src/relief-stock/relief-stock.dto.js';
import { choicesAt } from '../../web/src/alerts/phone/next-step.rules.js';
import { SECTIONS, waitingFor } from '../../web/src/relief-stock/order.rules.js';

const ROOT = join(process.cwd(), 'web/src');
type Table = Record<string, string>;
const table = (name: string) => JSON.parse(readFileSync(join(ROOT, 'i18n', `${name}.json`), 'utf8')) as Table;
/** The keeper's own words and those that each work of the warehouse brings. */
const keeperTable = (locale: string): Table =>
  Object.assign({}, ...readdirSync(join(ROOT, 'i18n')).filter((name) => name.endsWith(`.${locale}.json`) && /^(keeper|stock-)/.test(name))
    .map((name) => table(name.replace('.json', '')))) as Table; // prettier-ignore
const texts = (folder: string) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => readFileSync(join(ROOT, folder, name), 'utf8'));
const places = (sentence: string) => String([...sentence.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort());
const desk = table('zh-CN');

const pages = [
  { name: 'phone', folder: 'alerts/phone', zh: table('phone.zh-CN'), en: table('phone.en'), beside: {} },
  { name: 'keeper', folder: 'relief-stock', zh: keeperTable('zh-CN'), en: keeperTable('en'), beside: desk },
];

describe.each(pages)('words of the $name page', ({ folder, zh, en, beside }) => {
  it('are there in both languages, with the same places to fill', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort());
    expect(Object.keys(zh).filter((key) => places(zh[key]!) !== places(en[key]!))).toEqual([]);
    const chinese = Object.entries(en).filter(
      ([key, words]) => !key.endsWith('app.other-language') && /\p{Script=Han}/u.test(words),
    );
    expect(chinese).toEqual([]);
  });

  it('are not in code', () => {
    const code = texts(folder).map((text) => text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, ''));
    expect(code.filter((text) => /\p{Script=Han}/u.test(text))).toEqual([]);
  });

  it('exist for every key that the page names', () => {
    const named = texts(folder).flatMap((text) => [...text.matchAll(/\bt\(\s*'([^']+)'/g)].map((match) => match[1]!));
    expect(named.length).toBeGreaterThan(20);
    expect([...new Set(named)].filter((key) => !(key in zh) && !(`phone/${key}` in zh) && !(key in beside))).toEqual(
      [],
    );
  });
});

describe('words for codes of the server', () => {
  const [phone, keeper] = pages as [(typeof pages)[number], (typeof pages)[number]];
  const missing = (held: Table, prefix: string, codes: readonly string[]) =>
    codes.map((code) => `${prefix}${code}`).filter((key) => !(key in held));

  it('cover alerts, answers and the steps of an assignment', () => {
    const steps = ASSIGNMENT_STATUSES.flatMap((status) => {
      const choice = choicesAt(status);
      return choice ? [choice.main, ...choice.others] : [];
    });
    expect([
      ...missing(phone.zh, 'phone.kind.', alertKind.options),
      ...missing(phone.zh, 'phone.answer.', answerKind.options),
      ...missing(phone.zh, 'phone.done.', doneReason.options),
      ...missing(phone.zh, 'phone.severity.', ['I', 'II', 'III', 'IV']),
      ...missing(phone.zh, 'phone.status.', ASSIGNMENT_STATUSES),
      ...missing(phone.zh, 'phone.step.', steps),
      ...missing(phone.zh, 'phone.sos.outcome.', HELP_OUTCOMES),
    ]).toEqual([]);
  });

  it('cover supply orders and sources of goods', () => {
    expect([
      ...missing(keeper.zh, 'keeper.section.', SECTIONS),
      ...missing(keeper.zh, 'keeper.waiting.', SUPPLY_ORDER_STATUSES.map(waitingFor)),
      ...missing(keeper.zh, 'keeper.source.', lotSource.options),
      ...missing(desk, 'order.', SUPPLY_ORDER_STATUSES),
    ]).toEqual([]);
  });
});
