import type { PastBoardDto } from '../../../src/live/past.dto.js';
import { stamp } from '../i18n/format.js';
import { t, tCode } from '../i18n/i18n.js';
import { shortNumber } from '../incidents/QueueRow.js';

/** What the record cannot say of that moment. Nothing of today is put in its place. */
export function Unknown({ board }: { board: PastBoardDto }) {
  const { unrecorded, lacking, recordFrom } = board;
  const { incidents, teamUnits } = unrecorded;
  if (incidents.length + teamUnits.length + lacking.length === 0) return null;
  return (
    <section className="notice warning" aria-label={t('past.unknown')}>
      <h2>{t('past.unknown')}</h2>
      <p>{t('past.unknown-why', { from: stamp(recordFrom) })}</p>
      {incidents.length > 0 && (
        <details>
          <summary>{t('past.unknown-incidents', { count: incidents.length })}</summary>
          <p>{incidents.map(({ number }) => shortNumber(number)).join(' · ')}</p>
        </details>
      )}
      {teamUnits.length > 0 && (
        <details>
          <summary>{t('past.unknown-units', { count: teamUnits.length })}</summary>
          <p>{teamUnits.map(({ code, teamName }) => `${code} ${teamName}`).join(' · ')}</p>
        </details>
      )}
      {lacking.map(({ subject, fields }) => (
        <p key={subject}>{t('past.lacking', { what: tCode('past.subject.', subject), fields: fields.join(', ') })}</p>
      ))}
    </section>
  );
}
