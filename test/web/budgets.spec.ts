import { spawnSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';

/** What a first visit may cost, gzip KB: the phone page on a bad network, the desk, the map that follows the lists, the charts, the land, the reader of bar codes. */
const BUDGETS = {
  'phone.html': 130,
  'screen.html': 150,
  'index.html': 550,
  'src/map/DeskMap.tsx': 120,
  'src/reports/Bars.tsx': 200,
  'public/land.json': 110,
  'assets/decode.worker-*': 20,
  'assets/zxing_reader-*': 412,
};

describe('the built pages', () => {
  it('stay within their budgets', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['web/build/budget.mjs'], { encoding: 'utf8' });
    expect(stderr).toBe('');
    const measured = [...stdout.matchAll(/^(ok|OVER) +(\S+): ([\d.]+) of (\d+) KB$/gm)];
    expect(Object.fromEntries(measured.map(([, , page, , limit]) => [page, Number(limit)]))).toEqual(BUDGETS);
    for (const [, verdict, page, kb, limit] of measured)
      expect({ page, verdict, within: Number(kb) <= Number(limit) }).toEqual({ page, verdict: 'ok', within: true });
    expect(status).toBe(0);
  });
});
