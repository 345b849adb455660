import { lazy, Suspense } from 'react';
import { Loading } from '../parts/Loading.js';
import type { Bars as Shown } from './chart.rules.js';

const Bars = lazy(() => import('./Bars.js'));

/** The charts' code comes with the first chart. */
export function Chart(props: { bars: Shown; told: string }) {
  return (
    <Suspense fallback={<Loading className="report-chart" />}>
      <Bars {...props} />
    </Suspense>
  );
}
