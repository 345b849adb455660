import { useEffect, useRef, useState } from 'react';
import type { ScreenPicture } from '../../../../src/screens/screens.dto.js';
import { useTheme } from '../../theme/theme.js';
import { t } from '../../i18n/i18n.js';
import { drawMarks } from '../../map/marks.js';
import { useWallNow } from './now.js';
import { createWallChart, type WallChart } from './wall-chart.js';
import type { Side } from './signs.rules.js';
import { wallSigns } from './wall-marks.js';
import { frameOf } from './wall.rules.js';

/** Positions grow old without any change. */
const AGE_STEP_MS = 30_000;
type Props = { picture: ScreenPicture; scale: number; drawn: (still: boolean) => void };

/** The map of the wall: nobody touches it, and it moves only when something lies outside of it. */
export default function WallMap({ picture, scale, drawn }: Props) {
  const target = useRef<HTMLDivElement>(null);
  const [chart, setChart] = useState<WallChart | null>(null);
  useEffect(() => {
    const made = createWallChart(target.current!, devicePixelRatio * scale);
    setChart(made);
    void made.ready.finally(() => made.whenStill(() => drawn(true)));
    return () => {
      drawn(false);
      made.dispose();
    };
  }, [scale, drawn]);
  const frame = JSON.stringify(frameOf(picture));
  useEffect(() => chart?.fit(frameOf(picture)), [chart, frame]);
  const [moved, move] = useState(0);
  useEffect(() => chart?.whenMoved(() => move((times) => times + 1)), [chart]);
  const held = useRef<ReadonlyMap<string, Side>>(new Map());
  const aged = Math.floor(useWallNow() / AGE_STEP_MS);
  const theme = useTheme();
  useEffect(() => {
    const sight = chart?.sight();
    if (!chart || !sight) return;
    const { marks, labels, taken, sides } = wallSigns(picture, sight, {
      nowMs: aged * AGE_STEP_MS,
      held: held.current,
    });
    held.current = sides;
    drawMarks(chart, marks);
    drawMarks({ marks: chart.labels }, labels);
    chart.showPlaces(picture.places, sight, taken);
  }, [chart, picture, moved, aged, theme]);
  return (
    <>
      <div ref={target} className="wall-canvas" role="img" aria-label={t('wall.map')} />
      <footer className="wall-sketch">
        <span>
          <span aria-hidden="true">⬠</span> {t('map.warehouse')}
        </span>
        <span>{t('map.sketch')}</span>
      </footer>
    </>
  );
}
