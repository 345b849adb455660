// Compiles src/ to dist/ and bench/ to dist/bench/ with SWC, and copies the files that the code reads (SQL, JSON).
// Type checking is `npm run typecheck`.
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformFile } from '@swc/core';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const out = join(root, 'dist');

// The console is built into dist/web by its own step and stays.
for (const entry of existsSync(out) ? readdirSync(out) : []) {
  if (entry !== 'web') rmSync(join(out, entry), { recursive: true, force: true });
}

/** `../src/` of a benchmark is `../` in dist/, where src/ is the root. */
const compile = async (from, to, rewrite = (code) => code) => {
  const files = readdirSync(from, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(from, join(entry.parentPath, entry.name)));
  await Promise.all(
    files.map(async (file) => {
      if (file.endsWith('.spec.ts') || file.endsWith('.md')) return;
      const target = join(to, file.replace(/\.ts$/, '.js'));
      mkdirSync(dirname(target), { recursive: true });
      if (!file.endsWith('.ts')) return cpSync(join(from, file), target);
      const { code, map } = await transformFile(join(from, file), {
        configFile: join(root, '.swcrc'),
        sourceMaps: true,
      });
      writeFileSync(target, `${rewrite(code)}\n//# sourceMappingURL=${basename(target)}.map\n`);
      writeFileSync(`${target}.map`, map ?? '');
    }),
  );
  return files.length;
};

const server = await compile(join(root, 'src'), out);
const bench = await compile(join(root, 'bench'), join(out, 'bench'), (code) =>
  code.replace(/((?:\.\.\/)+)src\//g, '$1'),
);
console.log(`built ${server + bench} files into dist/`);
