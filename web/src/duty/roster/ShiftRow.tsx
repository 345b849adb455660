import { useState } from 'react';
import type { FormEvent } from 'react';
import type { RosterDto, ShiftDto } from '../../../../src/duty/duty.dto.js';
import { useCommand } from '../../api/use-command.js';
import { hourMinute, stamp } from '../../i18n/format.js';
import { t } from '../../i18n/i18n.js';
import { serverNow } from '../../live/clock.js';
import { ReasonAct } from '../../parts/Act.js';
import { Refusal } from '../../parts/Refusal.js';
import { SelectField, TextField } from '../../parts/TextField.js';
import { say } from '../../parts/toast.js';
import { deskDay, fromField, toField } from './days.rules.js';

type Props = { shift: ShiftDto; roster: RosterDto; reload: () => void };
type Open = 'none' | 'change' | 'swap';

/** One shift: who and until when; another person or time, a swap, or none at all, each with its reason. */
export function ShiftRow({ shift, roster, reload }: Props) {
  const [open, setOpen] = useState<Open>('none');
  const { id, name, role, startsAt, endsAt, able, reason, changedBy, version } = shift;
  const over = Date.parse(endsAt) <= serverNow();
  const running = !over && Date.parse(startsAt) <= serverNow();
  const close = () => {
    setOpen('none');
    reload();
  };
  return (
    <li className={`duty-shift${running ? ' running' : ''}${over ? ' over' : ''}`}>
      <p className="duty-shift-head">
        <span className="numeric">
          {hourMinute(startsAt)}–{deskDay(startsAt) === deskDay(endsAt) ? hourMinute(endsAt) : stamp(endsAt).slice(5)}
        </span>
        <b>{name}</b> <span className="quiet">{t(`role.${role}`)}</span>
        {running && <span className="duty-mark">{t('duty.running')}</span>}
        {!able && <span className="duty-mark">{t('duty.unable')}</span>}
      </p>
      {reason && <p className="quiet">{t('duty.changed', { name: changedBy ?? shift.madeBy, reason })}</p>}
      {!over && open === 'none' && (
        <div className="duty-acts">
          <button type="button" className="button" onClick={() => setOpen('change')}>
            {t('duty.change')}
          </button>
          <button type="button" className="button" onClick={() => setOpen('swap')}>
            {t('duty.swap')}
          </button>
          <ReasonAct
            label={t('duty.cancel')}
            path={`/duty/shifts/${id}/cancel`}
            body={{ version }}
            said={t('duty.said-cancelled', { name })}
            done={reload}
          />
        </div>
      )}
      {open === 'change' && <ChangeForm shift={shift} people={roster.people} close={close} />}
      {open === 'swap' && <SwapForm shift={shift} shifts={roster.shifts} close={close} />}
    </li>
  );
}

function ChangeForm({ shift, people, close }: { shift: ShiftDto; people: RosterDto['people']; close: () => void }) {
  const [userId, setUserId] = useState(shift.userId);
  const [startsAt, setStartsAt] = useState(toField(shift.startsAt));
  const [endsAt, setEndsAt] = useState(toField(shift.endsAt));
  const [reason, setReason] = useState('');
  const { busy, problem, send } = useCommand();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const times = { startsAt: fromField(startsAt) ?? undefined, endsAt: fromField(endsAt) ?? undefined };
    const body = { version: shift.version, userId, ...times, reason: reason.trim() };
    if (!(await send(`/duty/shifts/${shift.id}/change`, body))) return;
    say(t('duty.said-changed'));
    close();
  };
  return (
    <form className="keeper-form" onSubmit={(event) => void submit(event)}>
      <div className="form-grid">
        <SelectField
          label={t('duty.person')}
          value={userId}
          set={setUserId}
          options={people.map((person) => ({ value: person.userId, words: person.name }))}
        />
        <TextField label={t('duty.from')} type="datetime-local" required value={startsAt} set={setStartsAt} />
        <TextField label={t('duty.to')} type="datetime-local" required value={endsAt} set={setEndsAt} />
        <TextField label={t('duty.reason')} required focus value={reason} set={setReason} />
      </div>
      <Refusal problem={problem} />
      <FormActs label={t('duty.change')} disabled={busy || reason.trim() === ''} close={close} />
    </form>
  );
}

function SwapForm({ shift, shifts, close }: { shift: ShiftDto; shifts: readonly ShiftDto[]; close: () => void }) {
  const others = shifts.filter(
    (one) =>
      one.role === shift.role && one.userId !== shift.userId && one.startsAt !== shift.startsAt && Date.parse(one.endsAt) > serverNow(),
  ); // prettier-ignore
  const [withId, setWithId] = useState(others[0]?.id ?? '');
  const [reason, setReason] = useState('');
  const { busy, problem, send } = useCommand();
  const other = others.find(({ id }) => id === withId);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!other) return;
    const body = { version: shift.version, withId: other.id, withVersion: other.version, reason: reason.trim() };
    if (!(await send(`/duty/shifts/${shift.id}/swap`, body))) return;
    say(t('duty.said-swapped', { one: shift.name, other: other.name }));
    close();
  };
  return (
    <form className="keeper-form" onSubmit={(event) => void submit(event)}>
      {others.length === 0 && <p className="empty">{t('duty.swap-nobody')}</p>}
      {others.length > 0 && (
        <div className="form-grid">
          <SelectField
            label={t('duty.swap-with')}
            value={withId}
            set={setWithId}
            options={others.map((one) => ({ value: one.id, words: `${stamp(one.startsAt)} ${one.name}` }))}
          />
          <TextField label={t('duty.reason')} required focus value={reason} set={setReason} />
        </div>
      )}
      <Refusal problem={problem} />
      <FormActs label={t('duty.swap')} disabled={busy || !other || reason.trim() === ''} close={close} />
    </form>
  );
}

const FormActs = ({ label, disabled, close }: { label: string; disabled: boolean; close: () => void }) => (
  <div className="form-acts">
    <button type="submit" className="button primary" disabled={disabled}>
      {label}
    </button>
    <button type="button" className="button bare" onClick={close}>
      {t('act.cancel')}
    </button>
  </div>
);
