import { describe, expect, it } from '@jest/globals';
import { isSpec, type Source, sourcesOf } from './sources.js';

const sources = sourcesOf('src').filter((source) => !isSpec(source.path));

/** Lower may be imported by higher. Modules of one rank never import each other. */
const RANK: Record<string, number> = {
  shared: 0, database: 1, journal: 2, queue: 2, access: 3, incidents: 4, 'rescue-teams': 4, 'relief-stock': 4, alerts: 4, duty: 4, settings: 4, 'map-layers': 4, travel: 4, alarms: 4.5, dispatch: 5,
  suggestions: 6, comparison: 6, plans: 6, disclosure: 6, exchange: 6, record: 6.5, live: 7, health: 7, demo: 7,
  drills: 7, screens: 7, reports: 7,
}; // prettier-ignore
/** Access uses the journal; these equal ranks are the ones that the picture allows. */
const moduleOf = (path: string): string => (path.split('/').length > 2 ? path.split('/')[1]! : '');
const offences = (check: (source: Source) => string[]): string[] =>
  sources.flatMap((source) => check(source).map((what) => `${source.path}: ${what}`));

describe('who may import whom', () => {
  it('knows the rank of every module', () => {
    expect(sources.map((source) => source.module).filter((module) => module && !(module in RANK))).toEqual([]);
  });

  it('goes down only, wire schemas apart', () => {
    const up = offences((source) =>
      source.imports
        .filter(({ resolved }) => resolved?.startsWith('src/') && !resolved.endsWith('.dto.ts'))
        .filter(({ resolved }) => {
          const [here, there] = [source.module, moduleOf(resolved!)];
          return here !== '' && there !== '' && here !== there && RANK[there]! >= RANK[here]!;
        })
        .map(({ from }) => from),
    );
    expect(up).toEqual([]);
  });

  it('lets nothing import main and the app module but the top', () => {
    const top = offences((source) =>
      source.module === ''
        ? []
        : source.imports
            .filter(({ resolved }) => /^src\/(main|app|app\.module)\.ts$/.test(resolved ?? ''))
            .map(({ from }) => from),
    );
    expect(top).toEqual([]);
  });

  it('crosses module borders by index.ts and wire schemas only', () => {
    const open = new Set(['shared']);
    const through = offences((source) =>
      source.imports
        .filter(({ resolved }) => {
          if (!resolved?.startsWith('src/')) return false;
          const there = moduleOf(resolved);
          if (there === '' || there === source.module || open.has(there)) return false;
          return !/\/(index|[\w-]+\.module)\.ts$|\.dto\.ts$|\.types\.ts$/.test(resolved);
        })
        .map(({ from }) => from),
    );
    expect(through).toEqual([]);
  });

  it('has no circle', () => {
    const graph = new Map(
      sources.map((source) => [source.path, source.imports.filter((one) => !one.typeOnly).map((one) => one.resolved!)]),
    );
    const done = new Set<string>();
    const circles: string[] = [];
    const visit = (path: string, trail: string[]): void => {
      if (trail.includes(path)) return void circles.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
      if (done.has(path)) return;
      for (const next of graph.get(path) ?? []) if (graph.has(next)) visit(next, [...trail, path]);
      done.add(path);
    };
    for (const path of graph.keys()) visit(path, []);
    expect(circles).toEqual([]);
  });

  it('keeps rules pure and wire schemas light', () => {
    const impure = offences((source) => {
      const outside = source.imports.filter(({ typeOnly }) => !typeOnly);
      if (source.role === 'dto')
        return outside.filter(({ from }) => from !== 'zod' && !from.endsWith('.dto.js')).map(({ from }) => from);
      if (source.role !== 'rules') return [];
      const pure = /(\.rules|\.dto|\.types|\.data|shared\/(problem|geo|ids))\.js$|^node:crypto$/;
      return outside.filter(({ from }) => !pure.test(from)).map(({ from }) => from);
    });
    expect(impure).toEqual([]);
  });

  it('keeps the clock out of rules', () => {
    const clocks = offences((source) =>
      source.role === 'rules' && /new Date\(\)|Date\.now\(\)/.test(source.text) ? ['reads the clock'] : [],
    );
    expect(clocks).toEqual([]);
  });

  it('keeps SQL in stores', () => {
    const outside = offences((source) => {
      if (source.module === 'database' || ['store', 'entity'].includes(source.role)) return [];
      const typeorm = source.imports.some(({ from }) => from === 'typeorm') ? ['imports typeorm'] : [];
      const sql = source.module !== 'database' && /\.query(<[^(]*>)?\(\s*[`'"]/.test(source.text) ? ['has SQL'] : [];
      return [...typeorm, ...sql];
    });
    expect(outside).toEqual([]);
  });

  it('keeps controllers, gateways and processors away from stores and rules', () => {
    const reaching = offences((source) =>
      ['controller', 'gateway', 'processor'].includes(source.role)
        ? source.imports
            .filter(({ from, typeOnly }) => !typeOnly && /\.(store|rules)\.js$/.test(from))
            .map(({ from }) => from)
        : [],
    );
    expect(reaching).toEqual([]);
  });

  it('bans what hides a circle or a transaction', () => {
    const banned = offences((source) =>
      ['forwardRef', 'Scope.REQUEST', '@InjectRepository', 'AsyncLocalStorage', 'synchronize: true'].filter((word) =>
        source.text.includes(word),
      ),
    );
    expect(banned).toEqual([]);
  });

  it('names no schema in SQL, or a drill would reach reality', () => {
    const naming = offences((source) =>
      source.module !== 'database' && source.path !== 'src/drills/copy.store.ts' && /chiyuan\.[a-z_]+|search_path|\$\{schema|drill_\d/.test(source.text)
        ? ['names a schema']
        : [],
    ); // prettier-ignore
    expect(naming).toEqual([]);
  });

  it('reads the environment in one place', () => {
    expect(
      offences((source) =>
        source.path !== 'src/config.ts' && source.text.includes('process.env') ? ['process.env'] : [],
      ),
    ).toEqual([]);
  });
});
