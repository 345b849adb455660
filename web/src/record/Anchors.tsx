import { useState } from 'react';
import type { AnchorsDto, HeldAnchorDto } from '../../../src/record/anchors/anchors.dto.js';
import { query } from '../api/http.js';
import { useFetched } from '../api/use-fetched.js';
import { at } from '../app/world.js';
import { count, stamp } from '../i18n/format.js';
import { t } from '../i18n/i18n.js';
import { useCoarseNow } from '../live/clock.js';
import { Loading } from '../parts/Loading.js';
import { Refusal } from '../parts/Refusal.js';

const PAGE = 7;
const LOOK_S = 60;
const SHORT = 12;

/** The newest signed anchors of the record: whether each still holds, and whether that of today is there. */
export function Anchors() {
  const turn = useCoarseNow(LOOK_S);
  const [before, setBefore] = useState<number[]>([]);
  const { data, problem } = useFetched<AnchorsDto>(
    `/journal/anchors${query({ before: before.at(-1), limit: PAGE })}`,
    turn,
  );
  return (
    <section className="admin-part" aria-label={t('audit.anchors')}>
      <h2>{t('audit.anchors')}</h2>
      <p>{t('audit.anchors-what')}</p>
      <Refusal problem={problem} />
      {!data && !problem && <Loading />}
      {data && <State anchors={data} />}
      {data && data.items.length > 0 && <Table items={data.items} />}
      {data && data.newestAt !== null && (
        <p className="form-acts">
          <a className="button" download href={at('/api/v1/journal/anchors/export')}>
            {t('audit.anchors-file')}
          </a>
          {before.length > 0 && (
            <button type="button" className="button" onClick={() => setBefore(before.slice(0, -1))}>
              {t('audit.newer')}
            </button>
          )}
          {data.nextBefore !== null && (
            <button type="button" className="button" onClick={() => setBefore([...before, data.nextBefore!])}>
              {t('audit.older')}
            </button>
          )}
        </p>
      )}
    </section>
  );
}

function State({ anchors: { state, newestAt, expectedBy } }: { anchors: AnchorsDto }) {
  const by = { at: expectedBy === null ? '' : stamp(expectedBy) };
  if (state === 'off') return <p role="status">{t('audit.anchors-off')}</p>;
  if (state === 'late') {
    return (
      <p role="status">
        <b className="health-state unknown" data-anchors="late">
          {t('audit.anchors-late', by)}
        </b>
      </p>
    );
  }
  if (newestAt === null)
    return <p role="status">{expectedBy === null ? t('audit.anchors-first-line') : t('audit.anchors-first', by)}</p>;
  return <p role="status">{state === 'made' ? t('audit.anchors-made', by) : t('audit.anchors-awaited', by)}</p>;
}

function Table({ items }: { items: readonly HeldAnchorDto[] }) {
  return (
    <div className="admin-scroll" tabIndex={0} role="group" aria-label={t('audit.anchors')}>
      <table className="admin-table">
        <thead>
          <tr>
            {(['day', 'line', 'hash', 'key', 'state'] as const).map((name) => (
              <th key={name} scope="col">
                {t(`audit.anchors-${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((anchor) => (
            <Row key={anchor.number} anchor={anchor} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ anchor: { day, missedDays, seq, hash, keyId, newKey, fault } }: { anchor: HeldAnchorDto }) {
  return (
    <tr data-anchor={day} data-holds={fault === null}>
      <th scope="row" className="numeric">
        {day}
        {missedDays > 0 && (
          <small className="admin-note">{t('audit.anchors-missed', { count: count(missedDays) })}</small>
        )}
      </th>
      <td className="numeric" data-label={t('audit.anchors-line')}>
        {count(seq)}
      </td>
      <td data-label={t('audit.anchors-hash')}>
        <code title={hash}>{hash.slice(0, SHORT)}…</code>
      </td>
      <td data-label={t('audit.anchors-key')}>
        <span>
          <code>{keyId}</code>
          {newKey && <b className="health-state unknown"> {t('audit.anchors-new-key')}</b>}
        </span>
      </td>
      <td data-label={t('audit.anchors-state')}>
        <b className={`health-state ${fault === null ? 'good' : 'bad'}`}>
          <span aria-hidden="true">{fault === null ? '✓' : '✕'}</span>{' '}
          {fault === null ? t('audit.anchors-holds') : t(`audit.anchors-fault.${fault}`)}
        </b>
      </td>
    </tr>
  );
}
