import { useId, useState } from 'react';
import type { FormEvent } from 'react';
import type { ProblemError } from '../api/http.js';
import { useCommand } from '../api/use-command.js';
import { t } from '../i18n/i18n.js';
import { Busy } from './Busy.js';
import { Refusal } from './Refusal.js';
import { TextField } from './TextField.js';
import { say } from './toast.js';

type Look = 'plain' | 'primary' | 'huge';
const CLASSES: Record<Look, string> = { plain: 'button', primary: 'button primary', huge: 'button primary huge' };

type ActProps<T> = {
  label: string;
  path: string;
  body?: object;
  /** What is said once it is done. */
  said?: string;
  done?: ((answer: T) => void) | undefined;
  look?: Look;
  /** Why it cannot be done now; the button is shown with this below it. */
  blocked?: string | null;
  /** For a guided tour. */
  mark?: string;
};

/** One step, one press. */
export function Act<T>({ label, path, body = {}, said, done, look = 'huge', blocked = null, mark }: ActProps<T>) {
  const { busy, problem, send } = useCommand();
  const act = async () => {
    const answer = await send<T>(path, body);
    if (!answer) return;
    if (said) say(said);
    done?.(answer);
  };
  return (
    <Press
      label={label}
      look={look}
      busy={busy}
      problem={problem}
      blocked={blocked}
      mark={mark}
      press={() => void act()}
    />
  );
}

type PressProps = {
  label: string;
  look?: Look;
  busy: boolean;
  problem: ProblemError | null;
  blocked: string | null;
  mark?: string | undefined;
  press: () => void;
};

/** The button of a step, with what the server refused above it and why it cannot be pressed below it. */
export function Press({ label, look = 'huge', busy, problem, blocked, mark, press }: PressProps) {
  const why = useId();
  return (
    <div className={`act act-${look}`}>
      <Refusal problem={problem} />
      <button
        type="button"
        className={CLASSES[look]}
        data-tour={mark}
        disabled={busy || blocked !== null}
        aria-busy={busy}
        aria-describedby={blocked === null ? undefined : why}
        onClick={press}
      >
        {label}
        {busy && <Busy />}
      </button>
      <Why id={why} words={blocked} />
    </div>
  );
}

type ReasonProps<T> = Omit<ActProps<T>, 'look'> & {
  /** What the field asks; without it: the reason of this act. */
  question?: string;
};

/** A step that others will ask about: the button opens one line for the reason, never a dialog on a dialog. */
export function ReasonAct<T>({ label, path, body = {}, said, done, blocked = null, question }: ReasonProps<T>) {
  const [reason, setReason] = useState<string | null>(null);
  const { busy, problem, send, clear } = useCommand();
  const why = useId();
  if (reason === null) {
    return (
      <div className="act act-plain">
        <button
          type="button"
          className="button"
          disabled={blocked !== null}
          aria-describedby={blocked === null ? undefined : why}
          onClick={() => setReason('')}
        >
          {label}
        </button>
        <Why id={why} words={blocked} />
      </div>
    );
  }
  const back = () => {
    clear();
    setReason(null);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const answer = await send<T>(path, { ...body, reason: reason.trim() });
    if (!answer) return;
    if (said) say(said);
    back();
    done?.(answer);
  };
  return (
    <form className="keeper-form act-reason" onSubmit={(event) => void submit(event)}>
      <TextField label={question ?? t('act.reason-of', { act: label })} value={reason} set={setReason} required focus />
      <Refusal problem={problem} />
      <div className="form-acts">
        <button type="submit" className="button primary" disabled={busy || reason.trim() === ''} aria-busy={busy}>
          {label}
          {busy && <Busy />}
        </button>
        <button type="button" className="button bare" onClick={back}>
          {t('act.back')}
        </button>
      </div>
    </form>
  );
}

type SubmitProps = { label: string; busy?: boolean; lacks?: string | null; look?: Look; mark?: string };

/** The end of a form: the act, or what is still missing for it. */
export function Submit({ label, busy = false, lacks = null, look = 'huge', mark }: SubmitProps) {
  const why = useId();
  return (
    <div className={`act act-${look}`}>
      <button
        type="submit"
        className={CLASSES[look]}
        data-tour={mark}
        disabled={busy || lacks !== null}
        aria-busy={busy}
        aria-describedby={lacks === null ? undefined : why}
      >
        {label}
        {busy && <Busy />}
      </button>
      <Why id={why} words={lacks} />
    </div>
  );
}

const Why = ({ id, words }: { id: string; words: string | null }) =>
  words === null ? null : (
    <span id={id} className="act-why">
      {words}
    </span>
  );
