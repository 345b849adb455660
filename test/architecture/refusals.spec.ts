import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { isSpec, sourcesOf } from './sources.js';

const FOLDER = 'src/shared/i18n';
const server = sourcesOf('src').filter(({ path }) => !isSpec(path));
const sentences = (locale: string): Record<string, string> =>
  Object.assign({}, ...readdirSync(FOLDER).filter((file) => file.endsWith(`.${locale}.json`)).map((file) => JSON.parse(readFileSync(`${FOLDER}/${file}`, 'utf8')))) as Record<string, string>; // prettier-ignore
const [chinese, english] = [sentences('zh-CN'), sentences('en')];

/** The codes that an expression may stand for: a literal, or one of two. Undefined when it cannot be read here. */
function codesOf(node: ts.Expression | undefined): string[] | undefined {
  if (!node) return undefined;
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (!ts.isConditionalExpression(node)) return undefined;
  const [yes, no] = [codesOf(node.whenTrue), codesOf(node.whenFalse)];
  return yes && no ? [...yes, ...no] : undefined;
}

const codes = new Set<string>();
const unread: string[] = [];
for (const source of server) {
  const visit = (node: ts.Node): void => {
    if (ts.isNewExpression(node) && node.expression.getText() === 'Problem') {
      const found = codesOf(node.arguments?.[0]);
      if (found) found.forEach((code) => codes.add(code));
      else unread.push(`${source.path}: ${node.arguments?.[0]?.getText()}`);
    }
    if (ts.isCallExpression(node) && node.expression.getText() === 'notFound') {
      for (const noun of codesOf(node.arguments[0]) ?? []) codes.add(`${noun}.not-found`);
    }
    if (ts.isCallExpression(node) && node.expression.getText() === 'visibleOr404') {
      for (const noun of codesOf(node.arguments[2]) ?? []) codes.add(`${noun}.not-found`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source.ast);
}

describe('what is refused', () => {
  it('is named in the code, not put together while it runs', () => {
    expect(unread.filter((place) => !place.startsWith('src/shared/problem.ts'))).toEqual([]);
    expect(codes.size).toBeGreaterThan(100);
  });

  it('has a sentence in both languages', () => {
    expect([...codes].filter((code) => !chinese[code] || !english[code])).toEqual([]);
  });

  it('fills the same places in both languages', () => {
    const places = (sentence: string) => [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
    const differing = Object.keys(chinese).filter((key) => String(places(chinese[key]!)) !== String(places(english[key] ?? ''))); // prettier-ignore
    expect(differing).toEqual([]);
  });
});
