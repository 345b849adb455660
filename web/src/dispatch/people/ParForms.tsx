import { useState } from 'react';
import type { RollDto } from '../../../../src/dispatch/accountability/roll.dto.js';
import { useCommand } from '../../api/use-command.js';
import { t } from '../../i18n/i18n.js';
import { serverNow } from '../../live/clock.js';
import { Submit } from '../../parts/Act.js';
import { Refusal } from '../../parts/Refusal.js';
import { TextField } from '../../parts/TextField.js';
import { say } from '../../parts/toast.js';
import { expectedOf } from './people.rules.js';
import { useVoice } from './VoiceFields.js';

type Props = { roll: RollDto; done: () => void };

/** The answer of a unit at the scene, as the desk heard it: who is there. Whoever is not ticked is missing. */
export function AnswerForm({ roll, done }: Props) {
  const expected = expectedOf(roll);
  const [absent, setAbsent] = useState<ReadonlySet<string>>(
    () => new Set(expected.filter(({ state }) => state === 'missing').map(({ id }) => id)),
  );
  const voice = useVoice();
  const { busy, problem, send } = useCommand();
  const present = expected.map(({ id }) => id).filter((id) => !absent.has(id));
  const answer = async () => {
    if (!(await send(`/assignments/${roll.id}/par/answers`, { present, ...voice.said }))) return;
    say(t('par.answer-done', { unit: roll.unitCode, count: present.length }));
    done();
  };
  const turn = (id: string) => {
    const next = new Set(absent);
    if (!next.delete(id)) next.add(id);
    setAbsent(next);
  };
  return (
    <form
      className="people-form"
      onSubmit={(event) => {
        event.preventDefault();
        void answer();
      }}
    >
      <fieldset className="people-ticks">
        <legend>{t('par.who-is-there')}</legend>
        {expected.map(({ id, name }) => (
          <label key={id}>
            <input type="checkbox" checked={!absent.has(id)} onChange={() => turn(id)} /> {name}
          </label>
        ))}
      </fieldset>
      {voice.fields}
      <Refusal problem={problem} />
      <Submit
        look="primary"
        label={t(absent.size > 0 ? 'par.answer-short' : 'par.answer-all', {
          count: present.length,
          absent: absent.size,
        })}
        busy={busy}
        lacks={voice.lacks}
      />
    </form>
  );
}

/** A silence that is known beforehand: until when, and why. */
export function HoldForm({ roll, done }: Props) {
  const [minutes, setMinutes] = useState('30');
  const [reason, setReason] = useState('');
  const { busy, problem, send } = useCommand();
  const hold = async () => {
    const untilAt = new Date(serverNow() + Number(minutes) * 60_000).toISOString();
    if (!(await send(`/assignments/${roll.id}/par/hold`, { untilAt, reason: reason.trim() }))) return;
    say(t('par.hold-done', { unit: roll.unitCode, minutes }));
    done();
  };
  const lacks = Number(minutes) < 1 || reason.trim() === '' ? t('par.hold-lacks') : null;
  return (
    <form
      className="people-form"
      onSubmit={(event) => {
        event.preventDefault();
        void hold();
      }}
    >
      <div className="people-row">
        <TextField label={t('par.hold-minutes')} type="units" value={minutes} set={setMinutes} required />
        <TextField label={t('par.hold-why')} value={reason} set={setReason} required />
      </div>
      <Refusal problem={problem} />
      <Submit look="primary" label={t('people.act.hold')} busy={busy} lacks={lacks} />
    </form>
  );
}
