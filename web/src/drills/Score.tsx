import type { ScoreDto } from '../../../src/drills/drills.dto.js';
import { useFetched } from '../api/use-fetched.js';
import { t } from '../i18n/i18n.js';
import { Loading } from '../parts/Loading.js';
import { Refusal } from '../parts/Refusal.js';

/** The score of a drill: each clock, then each person. */
export function Score({ id, revision }: { id: string; revision: unknown }) {
  const { data, problem } = useFetched<ScoreDto>(`/drills/${id}/score`, revision);
  if (!data) return problem ? <Refusal problem={problem} /> : <Loading />;
  const rows = [{ name: t('drills.all'), measures: data.measures }, ...data.people];
  return (
    <section aria-label={t('drills.score')}>
      <h3>
        {t('drills.score')}{' '}
        {data.inTimePct !== null && <b className="numeric">{t('drills.in-time', { pct: data.inTimePct })}</b>}
      </h3>
      {data.measures.length === 0 && <p className="quiet">{t('drills.score-empty')}</p>}
      {data.measures.length > 0 && (
        <table className="drill-score">
          <thead>
            <tr>
              {['who', 'measure', 'target', 'met', 'late', 'open', 'p50', 'p90'].map((column) => (
                <th key={column}>{t(`drills.column-${column}`)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.flatMap(({ name, measures }) =>
              measures.map((one) => (
                <tr key={`${name} ${one.code}`}>
                  <td>{name}</td>
                  <td>{t(`drill-measure.${one.code}`)}</td>
                  <td className="numeric">{seconds(one.targetS)}</td>
                  <td className="numeric">{one.met}</td>
                  <td className={one.late > 0 ? 'numeric unmet' : 'numeric'}>{one.late}</td>
                  <td className="numeric">{one.open}</td>
                  <td className="numeric">{seconds(one.p50S)}</td>
                  <td className="numeric">{seconds(one.p90S)}</td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** mm:ss; a dash for no figure. */
const seconds = (s: number | null): string =>
  s === null ? '—' : `${Math.floor(s / 60)}:${String(s % 60).padStart(2, '0')}`;
