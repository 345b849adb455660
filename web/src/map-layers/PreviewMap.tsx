import { useEffect, useRef, useState } from 'react';
import type { PreviewDto } from '../../../src/map-layers/map-layers.dto.js';
import { useReady } from '../app/ready.js';
import { t } from '../i18n/i18n.js';
import { type Chart, createChart } from '../map/chart.js';
import { useRows } from '../live/hooks.js';
import { useTheme } from '../theme/theme.js';

type Props = Pick<PreviewDto, 'shapes' | 'extent'>;

/** The shapes as the desk's map would draw them, over the same land: whether they lie where they should is for eyes to see. */
export default function PreviewMap({ shapes, extent }: Props) {
  const target = useRef<HTMLDivElement>(null);
  const [chart, setChart] = useState<Chart | null>(null);
  const [drawn, setDrawn] = useState(false);
  useReady('preview', drawn);
  useEffect(() => {
    const made = createChart(target.current!);
    setChart(made);
    return () => made.dispose();
  }, []);
  const societies = useRows('society');
  useEffect(() => chart?.showPlaces(societies), [chart, societies]);
  const theme = useTheme();
  useEffect(() => chart?.redraw(), [chart, theme]);
  useEffect(() => {
    if (!chart) return;
    setDrawn(false);
    chart.showShapes([]);
    chart.showShapes([{ id: 'preview', shapes }]);
    chart.fitExtent(extent);
    void chart.ready.finally(() => chart.whenStill(() => setDrawn(true)));
  }, [chart, shapes, extent]);
  return (
    <div className="admin-map">
      <div ref={target} className="admin-map-canvas" role="img" aria-label={t('layers.preview-map')} />
    </div>
  );
}
