import { useEffect, useState } from 'react';
import type { IncidentDto } from '../../../src/incidents/incidents.dto.js';
import { query } from '../api/http.js';
import { useFetched } from '../api/use-fetched.js';
import { go } from '../app/routes.js';
import { t } from '../i18n/i18n.js';
import { serverNow } from '../live/clock.js';
import { distanceM, kmText } from '../map/distance.rules.js';
import { SeverityChip } from '../parts/marks.js';
import { Since } from '../parts/Since.js';
import { hasEnded } from './ending.rules.js';
import { shortNumber } from './QueueRow.js';

const WITHIN_M = 3000;
const WITHIN_MS = 2 * 3600_000;
const SETTLE_MS = 500;

/** The same call often comes twice: incidents within 3 km that are open or not older than two hours. */
export function Duplicates({ lon, lat }: { lon: number | null; lat: number | null }) {
  const [point, setPoint] = useState<{ lon: number; lat: number } | null>(null);
  useEffect(() => {
    if (lon === null || lat === null) return setPoint(null);
    const timer = window.setTimeout(() => setPoint({ lon, lat }), SETTLE_MS);
    return () => window.clearTimeout(timer);
  }, [lon, lat]);
  const path = point ? `/incidents${query({ near: `${point.lon},${point.lat}`, withinM: WITHIN_M, limit: 10 })}` : null;
  const { data } = useFetched<{ items: IncidentDto[] }>(path);
  const found = (data?.items ?? []).filter(
    (row) => serverNow() - Date.parse(row.reportedAt) < WITHIN_MS || !hasEnded(row.status),
  );
  if (!point || found.length === 0) return null;
  return (
    <section className="notice warning duplicates" aria-label={t('duplicates.title')}>
      <h3>{t('duplicates.title')}</h3>
      <ul>
        {found.map((row) => (
          <li key={row.id}>
            <SeverityChip severity={row.severity} />
            <span className="clip">
              {shortNumber(row.number)} {row.title}
            </span>
            <span className="quiet numeric">{t('board.km', { km: kmText(distanceM(point, row.location)) })}</span>
            <Since at={row.reportedAt} />
            <button type="button" className="button small" onClick={() => go(`incidents/${row.id}`)}>
              {t('duplicates.same')}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
