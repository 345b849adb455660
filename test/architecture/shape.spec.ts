import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { configSchema } from '../../src/config.js';
import { isSpec, sourcesOf } from './sources.js';

const FILE_LINES = 300;
const FUNCTION_LINES = 60;
const ROUTES = new Set(['Get', 'Post', 'Put', 'Patch', 'Delete', 'All']);
const DECLARES = new Set(['Anyone', 'SignedIn', 'MayDo']);
const server = sourcesOf('src');
const everything = [...server, ...sourcesOf('test'), ...sourcesOf('bench'), ...sourcesOf('web/src', ['.ts', '.tsx'])];

function decoratorNames(node: ts.HasDecorators): string[] {
  return (ts.getDecorators(node) ?? []).map(({ expression }) =>
    (ts.isCallExpression(expression) ? expression.expression : expression).getText(),
  );
}

/** Names of places and people of the demo; the words by which replies are read, which are the rule itself. */
const READS_LANGUAGE = ['src/database/seeds/', 'src/alerts/replies/'];

describe('shape of the code', () => {
  it(`keeps files within ${FILE_LINES} lines`, () => {
    expect(
      everything.filter((source) => source.text.split('\n').length > FILE_LINES + 1).map((source) => source.path),
    ).toEqual([]);
  });

  it(`keeps functions within ${FUNCTION_LINES} lines`, () => {
    const long: string[] = [];
    for (const source of [...server, ...sourcesOf('web/src', ['.ts', '.tsx'])].filter(({ path }) => !isSpec(path))) {
      const visit = (node: ts.Node): void => {
        if (ts.isFunctionLike(node) && 'body' in node && node.body) {
          const first = source.ast.getLineAndCharacterOfPosition(node.getStart()).line;
          const last = source.ast.getLineAndCharacterOfPosition(node.getEnd()).line;
          if (last - first + 1 > FUNCTION_LINES) long.push(`${source.path}:${first + 1} (${last - first + 1})`);
        }
        ts.forEachChild(node, visit);
      };
      visit(source.ast);
    }
    expect(long).toEqual([]);
  });

  it('has every route say who may call it', () => {
    const silent: string[] = [];
    let routes = 0;
    for (const source of server.filter(({ role }) => role === 'controller')) {
      for (const node of source.ast.statements.filter(ts.isClassDeclaration)) {
        for (const method of node.members.filter(ts.isMethodDeclaration)) {
          const names = decoratorNames(method);
          if (!names.some((name) => ROUTES.has(name))) continue;
          routes++;
          if (![...names, ...decoratorNames(node)].some((name) => DECLARES.has(name)))
            silent.push(`${source.path}: ${method.name.getText()}`);
        }
      }
    }
    expect(silent).toEqual([]);
    expect(routes).toBeGreaterThan(5);
  });

  it('keeps a service within eight commands', () => {
    const wide: string[] = [];
    for (const source of server) {
      for (const node of source.ast.statements.filter(ts.isClassDeclaration)) {
        const commands = node.members
          .filter(ts.isMethodDeclaration)
          .filter((method) => method.body?.getText().includes('inCommand('));
        if (commands.length > 8) wide.push(`${source.path}: ${commands.length} commands`);
      }
    }
    expect(wide).toEqual([]);
  });

  it('keeps sentences for people out of the code', () => {
    const han = /\p{Script=Han}/u;
    const spoken: string[] = [];
    for (const source of [...server, ...sourcesOf('web/src', ['.ts', '.tsx'])]) {
      if (isSpec(source.path) || READS_LANGUAGE.some((folder) => source.path.startsWith(folder))) continue;
      const visit = (node: ts.Node): void => {
        const literal =
          ts.isStringLiteralLike(node) ||
          ts.isTemplateHead(node) ||
          ts.isTemplateMiddleOrTemplateTail(node) ||
          ts.isJsxText(node);
        if (literal && han.test(node.text)) spoken.push(`${source.path}: ${node.text.trim().slice(0, 40)}`);
        ts.forEachChild(node, visit);
      };
      visit(source.ast);
    }
    expect(spoken).toEqual([]);
  });
});

describe('what is written twice is equal', () => {
  const languages = (folder: string, pattern: RegExp) => {
    const keys = (locale: string) =>
      readdirSync(folder).filter((file) => pattern.test(file) && file.endsWith(`${locale}.json`))
        .flatMap((file) => Object.keys(JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as object)).sort(); // prettier-ignore
    return [keys('zh-CN'), keys('en')] as const;
  };

  it.each(['src/shared/i18n', 'web/src/i18n'])('has the same keys in both languages: %s', (folder) => {
    const [chinese, english] = languages(folder, /\.json$/);
    expect(english).toEqual(chinese);
    expect(chinese.length).toBeGreaterThan(5);
    expect(new Set(chinese).size).toBe(chinese.length);
  });

  it('has a sentence for every problem code', () => {
    const [chinese] = languages('src/shared/i18n', /\.json$/);
    const codes = server.flatMap((source) =>
      [...source.text.matchAll(/new Problem\(\s*'([a-z.-]+)'/g)].map((match) => match[1]!),
    );
    const nouns = server.flatMap((source) =>
      [...source.text.matchAll(/(?:notFound\(|visibleOr404\([^'"]*)'([a-z-]+)'/g)].map(
        (match) => `${match[1]}.not-found`,
      ),
    );
    expect([...new Set([...codes, ...nouns])].filter((code) => !chinese.includes(code))).toEqual([]);
  });

  it('has words for everything that the system does by itself', () => {
    const actors = server
      .filter(({ path }) => !isSpec(path))
      .flatMap(({ text }) => [...text.matchAll(/systemActor\((?:'([^']+)'|JOB)\)/g)].map(([, name]) => name ?? /const JOB = '([^']+)'/.exec(text)?.[1])); // prettier-ignore
    expect(actors.length).toBeGreaterThan(10);
    const words = Object.keys(JSON.parse(readFileSync('src/shared/i18n/journal.zh-CN.json', 'utf8')) as object);
    expect([...new Set(actors)].filter((name) => !words.includes(`actor.${name}`))).toEqual([]);
  });

  it('lists every setting in .env.example', () => {
    const named = readFileSync('.env.example', 'utf8').split('\n').filter((line) => /^[A-Z_]+=/.test(line)).map((line) => line.split('=')); // prettier-ignore
    expect(named.map(([name]) => name).sort()).toEqual(Object.keys(configSchema.shape).sort());
    const defaults = configSchema.parse({});
    for (const [name, value] of named) {
      if (value)
        expect([name, configSchema.shape[name as keyof typeof configSchema.shape].parse(value)]).toEqual([
          name,
          defaults[name as keyof typeof defaults],
        ]);
    }
  });

  it('names no registry host in the lock file and no path of a machine', () => {
    expect(readFileSync('package-lock.json', 'utf8')).not.toMatch(/"resolved": "http/);
  });
});
