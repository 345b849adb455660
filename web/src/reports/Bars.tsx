import { BarChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { LegacyGridContainLabel } from 'echarts/features';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { useReady } from '../app/ready.js';
import { token, useTheme } from '../theme/theme.js';
import { barOption, type Bars as Shown } from './chart.rules.js';

// Canvas: it writes no style element, and no attribute that a strict content policy would refuse.
use([BarChart, GridComponent, LegendComponent, AriaComponent, LegacyGridContainLabel, CanvasRenderer]);

type Props = { bars: Shown; told: string };

/** A drawing of figures that stand in a table beside it. Follows the theme without a reload. */
export default function Bars({ bars, told }: Props) {
  const ref = useRef<HTMLDivElement>(null);
  const theme = useTheme();
  useReady('chart', true);
  useEffect(() => {
    const place = ref.current!;
    const chart = init(place, null, { renderer: 'canvas' });
    chart.on('finished', () => void (place.dataset.drawn = theme));
    const palette = { text: token('--text'), quiet: token('--text-2'), line: token('--line'), edge: token('--line-strong') };
    const series = bars.series.map((each) => ({ ...each, color: token(each.color) }));
    chart.setOption(barOption({ ...bars, series }, palette, told));
    const watch = new ResizeObserver(() => chart.resize());
    watch.observe(place);
    return () => {
      watch.disconnect();
      chart.dispose();
    };
  }, [bars, told, theme]);
  return <div ref={ref} className="report-chart" role="img" aria-label={told} />;
} // prettier-ignore
