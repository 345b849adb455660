import type { HelpCallDto } from '../../../../../src/dispatch/help-calls/help-call.dto.js';
import { newId } from '../../../api/ids.js';
import { hourMinute } from '../../../i18n/format.js';
import { t } from '../../../i18n/i18n.js';
import { serverNow, useNow } from '../../../live/clock.js';
import { DutyRoomCall } from '../DutyRoomCall.js';
import { dismiss, send, sendNow, useSendings } from '../outbox.js';
import type { Sending } from '../outbox.rules.js';
import { OwnWords } from '../OwnWords.js';
import { HoldButton } from './HoldButton.js';
import { whereAmI } from './position.js';
import { pressOf, standing, takesWords } from './sos.rules.js';
import './sos.css';

type Props = {
  /** What the sayings are filed under; ends with `/help`, so that they leave before all others. */
  about: string;
  /** Where a call goes, what goes with it, and where words about a call go. */
  path: string;
  more?: object;
  wordsPath: (callId: string) => string;
  calls: readonly HelpCallDto[];
  dutyPhone: string | null;
};
const QUICK = ['mistake', 'hurt', 'trapped'] as const;

/** Calling for help, and what has become of it: on its way, not delivered, heard, taken up by whom. */
export function CallForHelp({ about, path, more = {}, wordsPath, calls, dutyPhone }: Props) {
  useNow();
  const sendings = useSendings(about);
  const press = pressOf(sendings, Date.now());
  const said = () => ({ occurredAt: new Date(serverNow()).toISOString(), recordedAt: new Date(serverNow()).toISOString() }); // prettier-ignore
  const tell = (callId: string, content: object) => {
    const id = newId();
    send(about, wordsPath(callId), { id, ...content, ...said() }, id);
  };
  const call = () => {
    const id = newId();
    send(about, path, { id, ...more, ...said() }, id);
    void whereAmI().then((position) => position && tell(id, { position }));
  };
  const onTheWay = press.name === 'sending' || press.name === 'undelivered';
  return (
    <section className="sos-part" aria-label={t('phone.sos')}>
      {press.name === 'sending' && (
        <p className="state" role="status">
          {t('phone.sos.sending')}
        </p>
      )}
      {press.name === 'undelivered' && <Undelivered sending={press.sending} dutyPhone={dutyPhone} />}
      {press.name === 'refused' && <Refused sending={press.sending} dutyPhone={dutyPhone} />}
      {!onTheWay && <Standing calls={calls} delivered={press.name === 'delivered' ? press.sending : null} />}
      {press.name !== 'none' && takesWords(press, calls) && (
        <Words say={(words) => tell(press.sending.id, { words })} sent={wordsIn(sendings)} />
      )}
      {!onTheWay && <HoldButton again={standing(calls).length > 0} call={call} />}
    </section>
  );
}

/** The person believes to have called: that nobody knows of it must be impossible to overlook, and there is another way. */
function Undelivered({ sending, dutyPhone }: { sending: Sending; dutyPhone: string | null }) {
  const waitS = Math.max(0, Math.ceil((sending.nextTryAtMs - Date.now()) / 1000));
  return (
    <div className="state unsent sos-unsent" role="alert">
      <p className="state-head">
        <span aria-hidden="true">▲</span> {t('phone.sos.undelivered')}
      </p>
      <p>{t(dutyPhone ? 'phone.sos.phone-now' : 'phone.sos.no-phone')}</p>
      {dutyPhone && <DutyRoomCall phone={dutyPhone} urgent />}
      <p className="numeric" aria-live="off">
        {waitS > 0 ? t('phone.retry-in', { seconds: waitS }) : t('phone.retrying')}
      </p>
      <button type="button" className="button" onClick={sendNow}>
        {t('phone.retry-now')}
      </button>
    </div>
  );
}

function Refused({ sending, dutyPhone }: { sending: Sending; dutyPhone: string | null }) {
  return (
    <div className="state refused" role="alert">
      <p className="state-head">
        <span aria-hidden="true">!</span> {t('phone.sos.refused')}
      </p>
      <p>{sending.refusal?.words}</p>
      {dutyPhone && <DutyRoomCall phone={dutyPhone} urgent />}
      <button type="button" className="button" onClick={() => dismiss(sending.id)}>
        {t('phone.understood')}
      </button>
    </div>
  );
}

/** A moment after the delivery the server's own word comes; until then the phone says what it knows. */
const UNTIL_TOLD_MS = 60_000;

function Standing({ calls, delivered }: { calls: readonly HelpCallDto[]; delivered: Sending | null }) {
  const open = standing(calls);
  const [last] = calls;
  if (open.length > 0) return open.map((call) => <OneCall key={call.id} call={call} />);
  const settledAtMs = delivered?.settledAtMs ?? 0;
  if (last?.state === 'ended')
    return (
      <p className="state" role="status">
        {t('phone.sos.ended', { outcome: t(`phone.sos.outcome.${last.outcome}`), who: last.endedBy, at: hourMinute(last.endedAt!) })}
      </p>
    ); // prettier-ignore
  if (Date.now() - settledAtMs > UNTIL_TOLD_MS) return null;
  return (
    <p className="state good" role="status">
      {t('phone.sos.heard', { at: hourMinute(settledAtMs) })}
    </p>
  );
}

function OneCall({ call }: { call: HelpCallDto }) {
  const taken = call.state === 'taken-up';
  return (
    <div className={`state${taken ? ' good' : ''}`} role="status">
      <p className="state-head">
        <span aria-hidden="true">{taken ? '✓' : '●'}</span>{' '}
        {taken
          ? t('phone.sos.taken', { who: call.takenUpBy, at: hourMinute(call.takenUpAt!) })
          : t('phone.sos.heard', { at: hourMinute(call.receivedAt) })}
      </p>
      <p className="quiet">
        {call.byName} · {t('phone.sos.pressed', { at: hourMinute(call.occurredAt) })} ·{' '}
        {t(call.position ? 'phone.sos.with-place' : 'phone.sos.without-place')}
      </p>
    </div>
  );
}

const wordsIn = (sendings: readonly Sending[]): string[] =>
  sendings.flatMap(({ body, state }) => (typeof body.words === 'string' && state !== 'refused' ? [body.words] : []));

/** What happened, in one press or in words; the call itself has left before. */
function Words({ say, sent }: { say: (words: string) => void; sent: string[] }) {
  return (
    <div className="sos-words">
      {sent.length > 0 && <p className="quiet">{t('phone.sos.said', { words: sent.join(' · ') })}</p>}
      <div className="sos-quick">
        {QUICK.map((key) => (
          <button key={key} type="button" className="button" onClick={() => say(t(`phone.sos.quick.${key}`))}>
            {t(`phone.sos.quick.${key}`)}
          </button>
        ))}
      </div>
      <OwnWords label={t('phone.sos.words')} say={say} />
    </div>
  );
}
