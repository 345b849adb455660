import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

/** A page that opens without network: its HTML, the script of its worker, and public files that it shows. */
export type OfflinePage = { html: string; worker: string; scope: string; files: readonly string[] };

type Chunk = {
  type: string;
  fileName: string;
  imports?: string[];
  dynamicImports?: string[];
  viteMetadata?: { importedCss: Set<string> };
};

/**
 * Writes a service worker for each page: `worker.js` beside this file, with the names of everything that the page can load. Names of scripts and
 * styles carry their hash; HTML and public files are hashed into the version, so that any change makes a new worker.
 */
export function serviceWorkers(pages: readonly OfflinePage[], publicFolder: string): Plugin {
  return {
    name: 'chiyuan:service-workers',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const template = readFileSync(new URL('./worker.js', import.meta.url), 'utf8');
        const chunks = new Map(Object.values(bundle).map((chunk) => [chunk.fileName, chunk as Chunk]));
        for (const { html, worker, scope, files } of pages) {
          const page = bundle[html];
          if (page?.type !== 'asset') throw new Error(`no ${html} in the bundle`);
          const text = String(page.source);
          const assets = reachable(chunks, [...text.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map((match) => match[1]!));
          const version = createHash('sha256').update(template).update(text).update(assets.join());
          for (const file of files) version.update(readFileSync(`${publicFolder}/${file}`));
          const list = [`/${html}`, ...assets.map((name) => `/${name}`), ...files.map((name) => `/${name}`)];
          const source = template
            .replace('__VERSION__', JSON.stringify(version.digest('hex').slice(0, 12)))
            .replace('__PAGE__', JSON.stringify(`/${html}`))
            .replace('__SCOPE__', JSON.stringify(scope))
            .replace('__FILES__', JSON.stringify(list));
          this.emitFile({ type: 'asset', fileName: worker, source });
        }
      },
    },
  };
} // prettier-ignore

/** What a page loads at once or later: scripts, what they import, and the styles of both. What a worker runs and big binaries are fetched, and kept, when they are used. */
function reachable(chunks: Map<string, Chunk>, first: readonly string[]): string[] {
  const found = new Set<string>();
  const look = (name: string) => {
    if (found.has(name) || !/\.(js|css)$/.test(name)) return;
    found.add(name);
    const chunk = chunks.get(name);
    for (const next of [...(chunk?.imports ?? []), ...(chunk?.dynamicImports ?? [])]) look(next);
    for (const style of chunk?.viteMetadata?.importedCss ?? []) look(style);
  };
  first.forEach(look);
  return [...found].sort();
}
