import { useState } from 'react';
import { MOST_SNOOZE_MIN } from '../../../src/alarms/alarms.dto.js';
import { useCommand } from '../api/use-command.js';
import { byCause } from '../desk/alarms.rules.js';
import { desk } from '../desk/desk-state.js';
import { openAlarm } from '../desk/open-alarm.js';
import { useAlarms } from '../desk/use-alarms.js';
import { hourMinute } from '../i18n/format.js';
import { t } from '../i18n/i18n.js';
import { useRow } from '../live/hooks.js';
import { Dialog } from '../parts/Dialog.js';
import { SeverityChip } from '../parts/marks.js';
import { Refusal } from '../parts/Refusal.js';
import { Since } from '../parts/Since.js';
import { TextField } from '../parts/TextField.js';
import { acknowledge } from './acknowledging.js';
import { isSilenceable } from './alarm-state.rules.js';
import type { ShownAlarm } from './alarm-state.rules.js';
import { MuteChoices } from './Mutes.js';

const SNOOZES = [5, 10, 30, 120, 480];

/** All alarms by cause: in a flood one acknowledgement per cause is enough (C-16). */
export function AlarmList() {
  const alarms = useAlarms(desk.use((state) => state.exercise));
  const [asideId, setAsideId] = useState<string | null>(null);
  return (
    <Dialog title={t('alarms.title')} close={() => desk.set({ overlay: 'none' })} className="alarm-dialog">
      {alarms.length === 0 && <p className="empty">{t('alarms.none')}</p>}
      {byCause(alarms).map((group) => (
        <section key={group.code}>
          <h3>
            {t(`cause.${group.code}`)} <span className="numeric">{group.alarms.length}</span>
            {group.alarms.some(isOpen) && (
              <button type="button" className="button small" onClick={() => void acknowledge(group.alarms.filter(isOpen))}>
                {t('alarms.acknowledge-all')}
              </button>
            )}
          </h3>
          <ul className="alarm-list">
            {group.alarms.map((alarm) => (
              <AlarmRow
                key={alarm.id}
                alarm={alarm}
                isAside={alarm.id === asideId}
                choose={(chosen) => setAsideId(chosen ? alarm.id : null)}
              />
            ))}
          </ul>
        </section>
      ))}
      <MuteChoices />
    </Dialog>
  ); // prettier-ignore
}

/** What calls here and waits for an answer of this desk. */
const isOpen = (alarm: ShownAlarm): boolean =>
  isSilenceable(alarm) && alarm.state === 'calling' && alarm.heard && alarm.deskId !== null;

type RowProps = { alarm: ShownAlarm; isAside: boolean; choose: (chosen: boolean) => void };

/** Grade, place and cause, what to do, whose it is and what was answered, and its age (C-15). */
function AlarmRow({ alarm, isAside, choose }: RowProps) {
  const { row, state, place, code, who } = alarm;
  const mine = alarm.deskId !== null && isSilenceable(alarm);
  return (
    <li className={`alarm-row alarm-${state}`}>
      <SeverityChip severity={alarm.severity} />
      <div className="alarm-what">
        <b>{t('alarms.sentence', { place, cause: t(`waiting.${code}`, { who }) })}</b>
        <span>{t(`act.${code}`, { who })}</span>
        <span className="quiet">
          <Owner alarm={alarm} />
        </span>
      </div>
      {(row?.raises ?? 1) > 1 && (
        <span className="numeric quiet" title={t('alarms.raises-title')}>
          {t('alarms.raises', { count: row!.raises })}
        </span>
      )}
      <Since at={alarm.since} limit={{ limitS: 1 }} />
      <span className="alarm-acts">
        <button type="button" className="button small" onClick={() => openAlarm(alarm)}>
          {t('alarms.go')}
        </button>
        {mine && state !== 'acknowledged' && (
          <button type="button" className="button small" onClick={() => void acknowledge([alarm])}>
            {t('alarms.acknowledge')}
          </button>
        )}
        {mine && row && state !== 'snoozed' && (
          <button type="button" className="button small" aria-expanded={isAside} onClick={() => choose(!isAside)}>
            {t('alarms.snooze')}
          </button>
        )}
        {mine && row && state === 'snoozed' && <Wake id={row.id} />}
      </span>
      {isAside && row && <SnoozeForm alarm={alarm} id={row.id} done={() => choose(false)} />}
    </li>
  );
}

/** Whose desk it is, and what was answered: by whom, when, and until when it is put aside and why. */
export function Owner({ alarm: { row, state, deskIds } }: { alarm: ShownAlarm }) {
  const society = useRow('society', row?.societyId ?? deskIds[0]);
  const desk = society?.shortName ?? t('alarms.every-desk');
  if (state === 'snoozed' && row)
    return t('alarms.snoozed-by', {
      desk,
      who: row.snoozedBy,
      until: hourMinute(row.snoozedUntil!),
      reason: row.snoozeReason,
    });
  if (state === 'acknowledged' && row?.acknowledgedAt)
    return t('alarms.acknowledged-by', { desk, who: row.acknowledgedBy, at: hourMinute(row.acknowledgedAt) });
  if (state === 'acknowledged') return t('alarms.seen');
  return t((row?.level ?? 0) > 0 ? 'alarms.passed-on' : 'alarms.unanswered', { desk });
}

function Wake({ id }: { id: string }) {
  const { busy, problem, send } = useCommand();
  return (
    <>
      <button type="button" className="button small" disabled={busy} onClick={() => void send(`/alarms/${id}/wake`, {})}>
        {t('alarms.wake')}
      </button>
      <Refusal problem={problem} />
    </>
  );
} // prettier-ignore

/** A reason and an end: without both nothing is put aside (C-17). */
function SnoozeForm({ alarm, id, done }: { alarm: ShownAlarm; id: string; done: () => void }) {
  const choices = SNOOZES.filter((minutes) => minutes <= MOST_SNOOZE_MIN[alarm.severity]);
  const [minutes, setMinutes] = useState(choices[0]!);
  const [reason, setReason] = useState('');
  const { busy, problem, send } = useCommand();
  const submit = async () => {
    if (await send(`/alarms/${id}/snooze`, { minutes, reason: reason.trim() })) done();
  };
  return (
    <form
      className="snooze-form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <div className="presets" role="group" aria-label={t('alarms.snooze-for')}>
        {choices.map((each) => (
          <button key={each} type="button" aria-pressed={each === minutes} onClick={() => setMinutes(each)}>
            {t('mute.minutes', { minutes: each })}
          </button>
        ))}
      </div>
      <TextField label={t('alarms.snooze-why')} value={reason} set={setReason} required focus />
      <button type="submit" className="button primary" disabled={busy || reason.trim() === ''}>
        {t('alarms.snooze')}
      </button>
      <Refusal problem={problem} />
    </form>
  );
}
