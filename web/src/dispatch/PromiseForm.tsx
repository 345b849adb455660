import { useState } from 'react';
import type { FormEvent } from 'react';
import type { AnswerAlert } from '../../../src/alerts/alerts.dto.js';
import { t } from '../i18n/i18n.js';
import { Field } from '../parts/Field.js';
import { NOTHING_HEARD, promiseOf } from './promise.rules.js';
import type { Heard } from './promise.rules.js';

type Props = {
  busy: boolean;
  send: (answer: AnswerAlert) => void;
  /** What is known of it already. */
  heard?: Heard;
};

/** A yes that comes later, with fewer people, or with conditions, entered by the desk in the words of the team. */
export function PromiseForm({ busy, send, heard: before = NOTHING_HEARD }: Props) {
  const [heard, setHeard] = useState(before);
  const promise = promiseOf(heard);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (promise) send(promise);
  };
  const field = (name: keyof Heard, numeric: boolean) => (
    <Field label={t(`promise.${name}`)}>
      <input
        className="input"
        inputMode={numeric ? 'numeric' : 'text'}
        maxLength={numeric ? 4 : 400}
        value={heard[name]}
        autoFocus={name === 'minutes'}
        onChange={(event) => setHeard({ ...heard, [name]: event.target.value })}
      />
    </Field>
  );
  return (
    <form className="promise-form" onSubmit={submit}>
      {field('minutes', true)}
      {field('headcount', true)}
      {field('words', false)}
      <button type="submit" className="button small primary" disabled={busy || promise === null}>
        {t('act.confirm')}
      </button>
    </form>
  );
}
