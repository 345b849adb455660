import { useEffect, useState } from 'react';
import type { FormEvent } from 'react';
import type { PastBoardDto } from '../../../src/live/past.dto.js';
import { deskInstant, deskTime } from '../i18n/desk-time.rules.js';
import { t } from '../i18n/i18n.js';
import { serverNow } from '../live/clock.js';
import { Field } from '../parts/Field.js';
import { moved } from './past.rules.js';
import type { Asked } from './past.rules.js';

const MINUTE_MS = 60_000;
const STEPS = [-60, -10, 10, 60] as const;
const HOUR_MS = 60 * MINUTE_MS;

type Props = { board: PastBoardDto | null; show: (asked: NonNullable<Asked>) => void };
/** Which moment is shown: chosen, moved by a time, or change by change. */
export function PastControls({ board, show }: Props) {
  const [value, setValue] = useState(() => deskTime(board ? Date.parse(board.at) : serverNow() - HOUR_MS, true));
  const shown = board?.at;
  useEffect(() => {
    if (shown) setValue(deskTime(Date.parse(shown), true));
  }, [shown]);
  const at = deskInstant(value);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (at) show({ at });
  };
  const move = (minutes: number) => show({ at: moved(board?.at ?? at!, minutes * MINUTE_MS, serverNow()) });
  const step = (moment: PastBoardDto['previous'] | undefined) => moment && show({ seq: moment.seq });
  return (
    <form className="past-controls" aria-label={t('past.controls')} onSubmit={submit}>
      <Field label={t('past.moment')}>
        <input
          className="input"
          type="datetime-local"
          step={1}
          value={value}
          max={deskTime(serverNow(), true)}
          required
          onChange={({ target }) => setValue(target.value)}
        />
      </Field>
      <button type="submit" className="button primary" disabled={!at}>
        {t('past.show')}
      </button>
      <div role="group" aria-label={t('past.by-change')} className="past-steps">
        <button type="button" className="button" disabled={!board?.previous} onClick={() => step(board?.previous)}>
          <span aria-hidden="true">◀</span> {t('past.previous')}
        </button>
        <button type="button" className="button" disabled={!board?.next} onClick={() => step(board?.next)}>
          {t('past.next')} <span aria-hidden="true">▶</span>
        </button>
      </div>
      <div role="group" aria-label={t('past.by-time')} className="past-steps">
        {STEPS.map((minutes) => (
          <button key={minutes} type="button" className="button" disabled={!at} onClick={() => move(minutes)}>
            {t(`past.step.${minutes}`)}
          </button>
        ))}
      </div>
    </form>
  );
}
