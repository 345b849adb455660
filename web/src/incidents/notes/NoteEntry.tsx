import type { FirstCallDto, NoteDto } from '../../../../src/incidents/notes/note.dto.js';
import { go } from '../../app/routes.js';
import { stamp } from '../../i18n/format.js';
import { t } from '../../i18n/i18n.js';
import { shortNumber } from '../QueueRow.js';
import { enteredLate, wayKey } from './note.rules.js';

/** "3", or "#331082-0001-3" where it is of another incident than the page. */
export const noteLabel = (
  { serial, incidentNumber }: { serial: number; incidentNumber: string },
  pageNumber: string,
): string => (incidentNumber === pageNumber ? String(serial) : `${shortNumber(incidentNumber)}-${serial}`);

const PhoneLink = ({ phone }: { phone: string }) => (
  <a className="numeric" href={`tel:${phone.replaceAll(/[^+\d]/g, '')}`}>
    <span aria-hidden="true">☎</span> {phone}
  </a>
);

/** The number of the incident that a line came with, where that is not the page's own. */
function Came({ incidentId, number, pageNumber }: { incidentId: string; number: string; pageNumber: string }) {
  if (number === pageNumber) return null;
  return (
    <button type="button" className="button small note-came" onClick={() => go(`incidents/${incidentId}/calls`)}>
      {t('note.of-incident', { number: shortNumber(number) })}
    </button>
  );
}

/** The report with which an incident was first heard of. */
export function FirstCall({ first, pageNumber }: { first: FirstCallDto; pageNumber: string }) {
  const { reporter, incidentId, incidentNumber, whatHappened, mergedInto } = first;
  return (
    <li className="note note-first" aria-label={t('note.first')}>
      <p className="note-head">
        <b className="note-way">{t('note.first')}</b>
        <time dateTime={first.reportedAt} className="numeric">
          {stamp(first.reportedAt)}
        </time>
        <span>{[reporter.name, t(`source.${reporter.source}`)].filter(Boolean).join(' · ')}</span>
        {reporter.hidden && <span className="quiet">{t('caller.hidden')}</span>}
        {reporter.phone && <PhoneLink phone={reporter.phone} />}
        <Came incidentId={incidentId} number={incidentNumber} pageNumber={pageNumber} />
      </p>
      <p className="note-words">{whatHappened || t('overview.nothing-said')}</p>
      {mergedInto && <p className="quiet">{t('note.went-into', { number: shortNumber(mergedInto.number) })}</p>}
    </li>
  );
}

type NoteProps = {
  note: NoteDto;
  pageNumber: string;
  answer?: (() => void) | undefined;
  correct?: (() => void) | undefined;
};
/** A note: which way and when, with whom, what; and what other notes say of it. */
export function NoteEntry({ note, pageNumber, answer, correct }: NoteProps) {
  const { person, organisation, phone, direction, channel, correctedBy, corrects, answers } = note;
  const label = noteLabel(note, pageNumber);
  const refs = [
    answers && t('note.answers', { note: noteLabel(answers, pageNumber) }),
    corrects && t('note.corrects-why', { note: noteLabel(corrects, pageNumber), reason: note.correctionReason }),
  ].filter(Boolean);
  return (
    <li className={`note note-${direction}${correctedBy ? ' note-corrected' : ''}`} aria-label={t('note.nth', { note: label })}>
      <p className="note-head">
        <b className="note-way">{t(wayKey(note))}</b>
        <time dateTime={note.occurredAt} className="numeric">
          {stamp(note.occurredAt)}
        </time>
        <span className="numeric quiet">{t('note.nth', { note: label })}</span>
        <span>{[person, organisation, channel === 'phone' || direction === 'internal' ? null : t(`note-channel.${channel}`)].filter(Boolean).join(' · ')}</span>
        {phone && <PhoneLink phone={phone} />}
        {note.hidden && direction !== 'internal' && <span className="quiet">{t('caller.hidden')}</span>}
        <Came incidentId={note.incidentId} number={note.incidentNumber} pageNumber={pageNumber} />
      </p>
      {refs.length > 0 && <p className="note-refs">{refs.join(' · ')}</p>}
      <p className="note-words">{note.words}</p>
      {correctedBy && <p className="note-refs">{t('note.corrected-by', { note: noteLabel(correctedBy, pageNumber) })}</p>}
      <p className="note-foot quiet">
        {t('note.by', { who: note.recordedBy })}
        {enteredLate(note) && ` ${t('timeline.entered-later', { at: stamp(note.receivedAt) })}`}
        {answer && (
          <button type="button" className="button small bare" onClick={answer} aria-label={t('note.answer-of', { note: label })}>
            {t('note.answer')}
          </button>
        )}
        {correct && (
          <button type="button" className="button small bare" onClick={correct} aria-label={t('note.correct-of', { note: label })}>
            {t('note.correct')}
          </button>
        )}
      </p>
    </li>
  );
} // prettier-ignore
