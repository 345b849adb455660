import type { Plugin } from 'vite';

/**
 * The page imports types and constants from the DTO files of `src/`, not validation. Bundlers must assume that a call such as
 * `z.object(…)` does something, so every schema (and Zod) would ship. Here each top-level initialiser of a DTO file is
 * wrapped in a call marked pure: what the page does not use falls away.
 */
export function dropUnusedWireSchemas(): Plugin {
  return {
    name: 'chiyuan:drop-unused-wire-schemas',
    apply: 'build',
    transform(code, id) {
      if (!/\/src\/.+\.dto\.ts$/.test(id)) return null;
      const cuts: { at: number; text: string }[] = [];
      for (const statement of this.parse(code).body) {
        const node = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
        if (node?.type !== 'VariableDeclaration') continue;
        for (const { init } of node.declarations as unknown as { init: { start: number; end: number } | null }[]) {
          if (!init) continue;
          cuts.push({ at: init.start, text: '/* @__PURE__ */ (() => (' }, { at: init.end, text: '))()' });
        }
      }
      let out = code;
      for (const { at, text } of cuts.sort((a, b) => b.at - a.at)) out = out.slice(0, at) + text + out.slice(at);
      return { code: out, map: null, moduleSideEffects: false };
    },
  };
}
