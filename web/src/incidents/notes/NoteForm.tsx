import { useEffect, useRef } from 'react';
import type { FormEvent } from 'react';
import { NOTE_CHANNELS, NOTE_DIRECTIONS } from '../../../../src/incidents/notes/note.dto.js';
import type { NoteDto } from '../../../../src/incidents/notes/note.dto.js';
import { useCommand } from '../../api/use-command.js';
import { t } from '../../i18n/i18n.js';
import { Submit } from '../../parts/Act.js';
import { Choices, Field } from '../../parts/Field.js';
import { Refusal } from '../../parts/Refusal.js';
import { SelectField, TextField } from '../../parts/TextField.js';
import { say } from '../../parts/toast.js';
import { lacksOf, noteOf } from './note.rules.js';
import type { NoteDraft } from './note.rules.js';

type Change = (part: Partial<NoteDraft>) => void;
type Props = { incidentId: string; draft: NoteDraft; change: Change; discard: (sent?: NoteDraft) => void };

/** One call or message, in the order of the talk: which way, who, what. Every key is kept until it is written down. */
export function NoteForm({ incidentId, draft, change, discard }: Props) {
  const { busy, problem, send, clear } = useCommand();
  const lacks = lacksOf(draft).map((lack) => t(`note.lacks-${lack}`));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (lacks.length > 0 || busy) return;
    const done = await send<NoteDto>(`/incidents/${incidentId}/notes`, noteOf(draft));
    if (!done) return;
    discard(draft); // the log may show the note sooner, and the answer to it may be half written
    say(t('note.said', { serial: done.serial }));
  };
  const leave = () => {
    discard();
    clear();
  };
  return (
    <form className="note-form" aria-label={t('note.new')} onSubmit={(event) => void submit(event)}>
      <About draft={draft} leave={leave} />
      <Choices
        legend={t('note.direction')}
        name="note-direction"
        values={NOTE_DIRECTIONS}
        value={draft.direction}
        choose={(direction) => change({ direction })}
        words={(direction) => t(`note-way.${direction}-choice`)}
      />
      {draft.direction !== 'internal' && <OtherEnd draft={draft} change={change} />}
      <Words draft={draft} change={change} />
      {draft.correctsId && (
        <TextField label={t('note.reason')} value={draft.reason} set={(reason) => change({ reason })} required />
      )}
      <Refusal problem={problem} />
      <Submit label={t('note.send')} look="primary" busy={busy} lacks={lacks.length > 0 ? lacks.join(' · ') : null} />
    </form>
  );
}

/** Which note it answers or stands in for, and the way back to a new one. */
function About({ draft, leave }: { draft: NoteDraft; leave: () => void }) {
  if (!draft.answersId && !draft.correctsId) return null;
  return (
    <p className="note-about">
      {draft.correctsId && <b>{t('note.corrects', { note: draft.corrects })}</b>}
      {draft.answersId && <b>{t('note.answers', { note: draft.answers })}</b>}
      <button type="button" className="button small" onClick={leave}>
        {t('note.not-about')}
      </button>
    </p>
  );
}

function OtherEnd({ draft, change }: { draft: NoteDraft; change: Change }) {
  const whom = draft.direction === 'in' ? 'note.from' : 'note.to';
  return (
    <>
      <div className="pair">
        <TextField label={t(whom)} value={draft.person} maxLength={80} set={(person) => change({ person })} />
        <TextField
          label={t('note.organisation')}
          value={draft.organisation}
          maxLength={80}
          set={(organisation) => change({ organisation })}
        />
      </div>
      <div className="pair">
        <TextField
          label={t('note.phone')}
          type="tel"
          value={draft.phone}
          maxLength={20}
          set={(phone) => change({ phone })}
        />
        <SelectField
          label={t('note.channel')}
          value={draft.channel}
          set={(channel) => change({ channel: channel as NoteDraft['channel'] })}
          options={NOTE_CHANNELS.map((value) => ({ value, words: t(`note-channel.${value}`) }))}
        />
      </div>
    </>
  );
}

/** What was said, and when if not now. Answering or correcting begins here: the rest is filled in. */
function Words({ draft, change }: { draft: NoteDraft; change: Change }) {
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (draft.answersId || draft.correctsId) field.current?.focus();
  }, [draft.answersId, draft.correctsId]);
  return (
    <>
      <Field label={t('note.words')} required>
        <textarea
          ref={field}
          className="input"
          value={draft.words}
          maxLength={4000}
          rows={3}
          onChange={(event) => change({ words: event.target.value })}
        />
      </Field>
      <TextField
        label={t('note.at')}
        type="datetime-local"
        value={draft.at}
        set={(at) => change({ at })}
        hint={t(draft.correctsId ? 'note.at-hint-corrects' : 'note.at-hint')}
      />
    </>
  );
}
