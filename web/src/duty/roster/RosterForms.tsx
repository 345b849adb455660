import { useState } from 'react';
import type { FormEvent } from 'react';
import type { SocietyDto } from '../../../../src/access/access.dto.js';
import { DUTY_ROLES, type DeskPersonDto, type DutyRole, type ShiftsDto } from '../../../../src/duty/duty.dto.js';
import { useCommand } from '../../api/use-command.js';
import { t } from '../../i18n/i18n.js';
import { serverNow } from '../../live/clock.js';
import { Submit } from '../../parts/Act.js';
import { Refusal } from '../../parts/Refusal.js';
import { SelectField, TextField } from '../../parts/TextField.js';
import { say } from '../../parts/toast.js';
import { deskDay, fromField, toField } from './days.rules.js';

type Props = { desk: SocietyDto; people: readonly DeskPersonDto[]; reload: () => void };
const LENGTHS = ['24', '12', '8'];
const HOUR_MS = 3_600_000;
/** Who can sit in a role: a lead can stand in for an officer. */
const ableTo = (people: readonly DeskPersonDto[], role: DutyRole) =>
  people.filter(({ roles }) => roles.includes(role) || roles.includes('dutyLead'));
const roleOptions = () => DUTY_ROLES.map((value) => ({ value, words: t(`role.${value}`) }));

/** A span in rotation, the people in the order in which they were ticked. */
export function MakeRoster({ desk, people, reload }: Props) {
  const [from, setFrom] = useState(deskDay(serverNow()));
  const [days, setDays] = useState('14');
  const [shiftHours, setShiftHours] = useState('24');
  const [startHour, setStartHour] = useState('8');
  const [role, setRole] = useState<DutyRole>('dutyOfficer');
  const [userIds, setUserIds] = useState<string[]>([]);
  const { busy, problem, send } = useCommand();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const figures = { days: Number(days), shiftHours: Number(shiftHours), startHour: Number(startHour) };
    const made = await send<ShiftsDto>('/duty/rosters', { societyId: desk.id, role, from, ...figures, userIds });
    if (!made) return;
    say(t('duty.said-made', { count: made.shifts.length }));
    setUserIds([]);
    reload();
  };
  return (
    <details className="duty-form" data-tour="roster-make">
      <summary>{t('duty.make')}</summary>
      <form className="keeper-form" data-tour="roster-form" onSubmit={(event) => void submit(event)}>
        <div className="form-grid">
          <SelectField
            label={t('duty.role')}
            value={role}
            set={(value) => setRole(value as DutyRole)}
            options={roleOptions()}
          />
          <TextField label={t('duty.first-day')} type="date" required value={from} set={setFrom} />
          <TextField label={t('duty.days')} type="units" required value={days} set={setDays} />
          <SelectField
            label={t('duty.shift-hours')}
            value={shiftHours}
            set={setShiftHours}
            options={LENGTHS.map((value) => ({ value, words: t('duration.hours', { hours: value }) }))}
          />
          <TextField label={t('duty.start-hour')} type="units" required value={startHour} set={setStartHour} />
        </div>
        <InTurn people={ableTo(people, role)} chosen={userIds} choose={setUserIds} />
        <Refusal problem={problem} />
        <Submit
          label={t('duty.make-act')}
          busy={busy}
          look="primary"
          lacks={userIds.length === 0 ? t('duty.make-lacks') : null}
        />
      </form>
    </details>
  );
}

type TurnProps = { people: readonly DeskPersonDto[]; chosen: readonly string[]; choose: (userIds: string[]) => void };

/** People in the order in which they are ticked. */
function InTurn({ people, chosen, choose }: TurnProps) {
  const tick = (userId: string) =>
    choose(chosen.includes(userId) ? chosen.filter((id) => id !== userId) : [...chosen, userId]);
  return (
    <fieldset className="duty-people">
      <legend>{t('duty.in-turn')}</legend>
      {people.map(({ userId, name }) => (
        <label key={userId}>
          <input type="checkbox" checked={chosen.includes(userId)} onChange={() => tick(userId)} />
          {name}
          {chosen.includes(userId) && <b className="numeric">{chosen.indexOf(userId) + 1}</b>}
        </label>
      ))}
    </fieldset>
  );
}

/** One shift more: a gap filled, a second officer for a storm. */
export function AddShift({ desk, people, reload }: Props) {
  const next = Math.ceil(serverNow() / HOUR_MS) * HOUR_MS;
  const [role, setRole] = useState<DutyRole>('dutyOfficer');
  const [userId, setUserId] = useState('');
  const [startsAt, setStartsAt] = useState(toField(next));
  const [endsAt, setEndsAt] = useState(toField(next + 8 * HOUR_MS));
  const { busy, problem, send } = useCommand();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const times = { startsAt: fromField(startsAt), endsAt: fromField(endsAt) };
    if (!(await send('/duty/shifts', { societyId: desk.id, role, userId, ...times }))) return;
    say(t('duty.said-added'));
    setUserId('');
    reload();
  };
  return (
    <details className="duty-form">
      <summary>{t('duty.add')}</summary>
      <form className="keeper-form" onSubmit={(event) => void submit(event)}>
        <div className="form-grid">
          <SelectField
            label={t('duty.role')}
            value={role}
            set={(value) => setRole(value as DutyRole)}
            options={roleOptions()}
          />
          <SelectField
            label={t('duty.person')}
            value={userId}
            set={setUserId}
            none={t('form.choose')}
            required
            options={ableTo(people, role).map((person) => ({ value: person.userId, words: person.name }))}
          />
          <TextField label={t('duty.from')} type="datetime-local" required value={startsAt} set={setStartsAt} />
          <TextField label={t('duty.to')} type="datetime-local" required value={endsAt} set={setEndsAt} />
        </div>
        <Refusal problem={problem} />
        <Submit
          label={t('duty.add-act')}
          busy={busy}
          look="primary"
          lacks={userId === '' ? t('duty.add-lacks') : null}
        />
      </form>
    </details>
  );
}
