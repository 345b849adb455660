// Compiles src/ to dist/ with SWC and copies the files that the code reads (SQL, JSON). Type checking is `npm run typecheck`.
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformFile } from '@swc/core';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const src = join(root, 'src');
const out = join(root, 'dist');

// The console is built into dist/web by its own step and stays.
for (const entry of existsSync(out) ? readdirSync(out) : []) {
  if (entry !== 'web') rmSync(join(out, entry), { recursive: true, force: true });
}
const files = readdirSync(src, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(src, join(entry.parentPath, entry.name)));

await Promise.all(
  files.map(async (file) => {
    const target = join(out, file.replace(/\.ts$/, '.js'));
    if (file.endsWith('.spec.ts') || file.endsWith('.md')) return;
    mkdirSync(dirname(target), { recursive: true });
    if (!file.endsWith('.ts')) return cpSync(join(src, file), target);
    const { code, map } = await transformFile(join(src, file), { configFile: join(root, '.swcrc'), sourceMaps: true });
    writeFileSync(target, `${code}\n//# sourceMappingURL=${file.split('/').pop().replace(/\.ts$/, '.js.map')}\n`);
    writeFileSync(`${target}.map`, map ?? '');
  }),
);
console.log(`built ${files.length} files into dist/`);
