import { prepareZXingModule, readBarcodes, type ReaderOptions } from 'zxing-wasm/reader';
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';
import type { Read, Seen } from './decoder.js';

// Of our own server: what the package would do by itself is ask a host of others.
prepareZXingModule({ overrides: { locateFile: () => wasmUrl } });

/** What stands on our own labels and on goods. Plain: the text as a scanner would type it, with the marks of GS1 in it. */
const OPTIONS: ReaderOptions = {
  formats: ['QRCode', 'DataMatrix', 'Code128', 'EANUPC', 'ITF'],
  textMode: 'Plain',
  maxNumberOfSymbols: 8,
};

addEventListener('message', ({ data: { id, picture } }: MessageEvent<Read>) => {
  const answer = (seen: Omit<Seen, 'id'>) => postMessage({ id, ...seen } satisfies Seen);
  readBarcodes(picture, OPTIONS).then(
    (codes) => answer({ texts: codes.filter(({ isValid }) => isValid).map(({ text }) => text) }),
    () => answer({ texts: null }),
  );
});
