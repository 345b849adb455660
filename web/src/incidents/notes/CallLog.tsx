import { useState } from 'react';
import { NOTE_DIRECTIONS } from '../../../../src/incidents/notes/note.dto.js';
import type { FirstCallDto, NoteDto, NotePage } from '../../../../src/incidents/notes/note.dto.js';
import type { IncidentDto } from '../../../../src/incidents/incidents.dto.js';
import { maySomewhere } from '../../access/may.js';
import { useSession } from '../../access/session.js';
import { query } from '../../api/http.js';
import { useFetched } from '../../api/use-fetched.js';
import { useDraft } from '../../app/drafts.js';
import { go } from '../../app/routes.js';
import { t } from '../../i18n/i18n.js';
import { useChanged } from '../../live/use-changed.js';
import { Loading } from '../../parts/Loading.js';
import { Refusal } from '../../parts/Refusal.js';
import { shortNumber } from '../QueueRow.js';
import { answerTo, correctionOf, EMPTY_NOTE, logOf } from './note.rules.js';
import type { NoteDraft } from './note.rules.js';
import { FirstCall, NoteEntry, noteLabel } from './NoteEntry.js';
import { NoteForm } from './NoteForm.js';
import './notes.css';

const PAGE = 100;
/** A page further back: where it begins, and the moment of the last note of the page before it. */
type Back = { cursor: string; above: string };
type Direction = NoteDto['direction'] | '';

/** Calls and notes of an incident and of all that went into it, in one order: the newest talk first. */
export function CallLog({ incident }: { incident: IncidentDto }) {
  const [back, setBack] = useState<Back[]>([]);
  const [direction, setDirection] = useState<Direction>('');
  const changed = useChanged('incident-note');
  const asked = query({ limit: PAGE, cursor: back.at(-1)?.cursor, direction });
  const { data, problem } = useFetched<NotePage>(`/incidents/${incident.id}/notes${asked}`, `${changed} ${incident.version}`);
  const { values, change, discard } = useDraft<NoteDraft>(`note.${incident.id}`, EMPTY_NOTE);
  const may = maySomewhere(useSession().actor, 'incident.note');
  if (!data) return problem ? <Refusal problem={problem} /> : <Loading />;
  const own = data.firstCalls.find(({ incidentId }) => incidentId === incident.id);
  const writes = may && (incident.status !== 'merged' || values.correctsId !== '');
  const next = data.nextCursor && { cursor: data.nextCursor, above: data.items.at(-1)!.occurredAt };
  return (
    <div className="call-log panel-scroll">
      <section className="call-log-write">
        <WentInto into={own?.mergedInto ?? null} />
        {writes && <NoteForm incidentId={incident.id} draft={values} change={change} discard={discard} />}
      </section>
      <section aria-label={t('incident-tab.calls')}>
        <Shown direction={direction} choose={(wanted) => { setBack([]); setDirection(wanted); }} />
        <Entries
          page={{ ...data, above: back.at(-1)?.above ?? null, last: data.nextCursor === null }}
          incident={incident}
          withFirst={direction === '' || direction === 'in'}
          take={may ? change : null}
        />
        <p className="form-acts">
          {back.length > 0 && <button type="button" className="button" onClick={() => setBack(back.slice(0, -1))}>{t('note.newer')}</button>}
          {next && <button type="button" className="button" onClick={() => setBack([...back, next])}>{t('note.older')}</button>}
        </p>
      </section>
    </div>
  );
} // prettier-ignore

/** Where new calls belong once the incident went into another. */
function WentInto({ into }: { into: FirstCallDto['mergedInto'] }) {
  if (!into) return null;
  return (
    <p className="notice">
      {t('note.merged', { number: shortNumber(into.number) })}{' '}
      <button type="button" className="button small" onClick={() => go(`incidents/${into.id}/calls`)}>
        {t('note.go-there')}
      </button>
    </p>
  );
}

function Shown({ direction, choose }: { direction: Direction; choose: (direction: Direction) => void }) {
  return (
    <div role="group" aria-label={t('note.shown')} className="presets">
      {(['', ...NOTE_DIRECTIONS] as const).map((each) => (
        <button key={each} type="button" aria-pressed={each === direction} onClick={() => choose(each)}>
          {t(each === '' ? 'note.all' : `note-way.${each}-choice`)}
        </button>
      ))}
    </div>
  );
}

type EntriesProps = {
  page: Parameters<typeof logOf>[0];
  incident: IncidentDto;
  withFirst: boolean;
  take: ((draft: NoteDraft) => void) | null;
};
function Entries({ page, incident, withFirst, take }: EntriesProps) {
  const entries = logOf({ ...page, firstCalls: withFirst ? page.firstCalls : [] });
  if (entries.length === 0) return <p className="empty">{t('note.none')}</p>;
  const label = (note: { serial: number; incidentNumber: string }) => noteLabel(note, incident.number);
  const correctionIn = (note: NoteDto) =>
    correctionOf(note, {
      label: label(note),
      answers: note.answers ? label(note.answers) : '',
    });
  return (
    <ol className="notes">
      {entries.map(({ key, note, first }) =>
        note ? (
          <NoteEntry
            key={key}
            note={note}
            pageNumber={incident.number}
            answer={take && incident.status !== 'merged' ? () => take(answerTo(note, label(note))) : undefined}
            correct={take && !note.correctedBy && note.incidentId === incident.id ? () => take(correctionIn(note)) : undefined}
          />
        ) : (
          <FirstCall key={key} first={first!} pageNumber={incident.number} />
        ),
      )}
    </ol>
  );
} // prettier-ignore
