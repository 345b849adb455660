import { useLayoutEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import type {
  HandoverDto,
  HandoverItemDto,
  HandoverViewDto,
  Matter,
} from '../../../../src/dispatch/handover/handover.dto.js';
import { useSession } from '../../access/session.js';
import { useCommand } from '../../api/use-command.js';
import { useFetched } from '../../api/use-fetched.js';
import { hourMinute, stamp } from '../../i18n/format.js';
import { t } from '../../i18n/i18n.js';
import { useCoarseNow } from '../../live/clock.js';
import { useRow } from '../../live/hooks.js';
import { useChanged } from '../../live/use-changed.js';
import { Act, ReasonAct } from '../../parts/Act.js';
import { Loading } from '../../parts/Loading.js';
import { Refusal } from '../../parts/Refusal.js';
import { Until } from '../../parts/Since.js';
import { TextField } from '../../parts/TextField.js';
import { say } from '../../parts/toast.js';
import { PaperLinks } from '../../relief-stock/parts/PaperLinks.js';
import { useMyDesks } from '../desks.js';
import { linesOf, waitingLines, type Line } from './lines.rules.js';
import { detailOf, Matters } from './Matters.js';

const SUBJECTS = [
  'handover',
  'handover-item',
  'incident',
  'alert',
  'task',
  'reply',
  'chain-fault',
  'help-call',
  'roll',
  'supply-order',
];

/** One hand-over: who gives and who takes, every matter with its acknowledgement, and the signature when all is read. */
export function HandoverSheet({ id }: { id: string }) {
  const changed = useChanged(...SUBJECTS);
  const minute = useCoarseNow(15);
  const { data, problem, reload } = useFetched<HandoverViewDto>(`/handovers/${id}`, `${changed} ${minute}`);
  const society = useRow('society', data?.societyId);
  if (!data) return problem ? <Refusal problem={problem} /> : <Loading />;
  const underWay = data.state === 'drawn' || data.state === 'taken';
  return (
    <article className="handover">
      <h2>
        {data.number} <span className="duty-mark">{t(`handover.state.${data.state}`)}</span>
      </h2>
      <p className="quiet">
        {society?.name} · {t('handover.drawn', { name: data.fromName, at: stamp(data.drawnAt) })}
        {data.takenAt && <> · {t('handover.taken', { name: data.toName ?? '', at: stamp(data.takenAt) })}</>}
        {data.completedAt && <> · {t('handover.completed', { at: stamp(data.completedAt) })}</>}
        {data.withdrawnAt && <> · {t('handover.withdrawn', { name: data.withdrawnBy ?? '', reason: data.reason ?? '' })}</>}
      </p>
      {underWay && (
        <p>
          {t('handover.expected', { name: data.toName ?? data.expectedName ?? t('handover.anybody'), at: hourMinute(data.dueAt) })}{' '}
          <Until at={data.dueAt} />
        </p>
      )}
      {data.words && <blockquote className="handover-words">{data.words}</blockquote>}
      {data.reply && <blockquote className="handover-words">{data.reply}</blockquote>}
      <PaperLinks papers={['handover']} id={id} />
      <Steps handover={data} reload={reload} />
      <Lines handover={data} reload={reload} />
    </article>
  );
} // prettier-ignore

/** What I may do about the hand-over as a whole. */
function Steps({ handover, reload }: { handover: HandoverViewDto; reload: () => void }) {
  const { actor } = useSession();
  const mine = useMyDesks().some(({ id }) => id === handover.societyId);
  const { id, version, state, fromId } = handover;
  const leads = (actor?.grants ?? []).some(({ role }) => role === 'dutyLead');
  if (!mine || (state !== 'drawn' && state !== 'taken')) return null;
  return (
    <div className="duty-acts">
      {state === 'drawn' && (
        <Act<HandoverDto>
          label={t('handover.take')}
          look="primary"
          path={`/handovers/${id}/take-over`}
          body={{ version }}
          done={reload}
          blocked={fromId === actor?.userId ? t('handover.not-oneself') : null}
        />
      )}
      {(fromId === actor?.userId || leads) && (
        <ReasonAct label={t('handover.withdraw')} path={`/handovers/${id}/withdraw`} body={{ version }} done={reload} />
      )}
    </div>
  );
}

function Lines({ handover, reload }: { handover: HandoverViewDto; reload: () => void }) {
  const { actor } = useSession();
  const list = useRef<HTMLDivElement>(null);
  const lines = linesOf(handover);
  const reading = handover.state === 'taken' && handover.toId === actor?.userId;
  const waiting = waitingLines(lines).length;
  const { press, goOn } = useReadingOn(list, lines);
  return (
    <div ref={list}>
      <h3 className="paper-section">
        {t('handover.lines')} <span className="numeric">{lines.length}</span>{' '}
        {handover.state !== 'complete' && <span className="quiet">{t('handover.left', { count: waiting })}</span>}
      </h3>
      <Matters
        items={lines}
        past={handover.state === 'complete' || handover.state === 'withdrawn'}
        className={(line) => (line.standing === 'waiting' ? 'waiting' : 'read')}
        acts={(line) => (
          <Standing
            line={line}
            handoverId={reading ? handover.id : null}
            press={(button) => press(line.key, button)}
            done={() => {
              reload();
              goOn(line.key);
            }}
          />
        )}
      />
      {reading && <Sign handover={handover} waiting={waiting} reload={reload} />}
    </div>
  );
}

/**
 * The next line that waits gets the focus, so that Enter reads on. Chosen at the press: a button out of use loses the focus. Given as soon as
 * the list shows the line as read, which may be before the act has ended.
 */
function useReadingOn(list: RefObject<HTMLElement | null>, lines: readonly Line[]) {
  const pressed = useRef<{ key: string; next: HTMLButtonElement | undefined } | null>(null);
  const goOn = (key: string) => {
    if (pressed.current?.key !== key) return;
    pressed.current.next?.focus();
    pressed.current = null;
  };
  useLayoutEffect(() => lines.forEach(({ key, acknowledgedAt }) => acknowledgedAt && goOn(key)));
  const press = (key: string, button: HTMLButtonElement) => {
    const buttons = [...(list.current?.querySelectorAll<HTMLButtonElement>('.acknowledge') ?? [])];
    const next = buttons[buttons.indexOf(button) + 1] ?? buttons.find((other) => other !== button);
    pressed.current = { key, next };
  };
  return { press, goOn };
}

/** Acknowledged by whom and when; over by itself; or waiting for the one who took the desk. */
type StandingProps = {
  line: Line;
  handoverId: string | null;
  press: (button: HTMLButtonElement) => void;
  done: () => void;
};
function Standing({ line, handoverId, press, done }: StandingProps) {
  const { busy, problem, send } = useCommand();
  if (line.acknowledgedAt)
    return (
      <span className="quiet">
        ✓ {t('handover.seen', { name: line.acknowledgedBy ?? '', at: hourMinute(line.acknowledgedAt) })}
      </span>
    );
  if (line.standing === 'over') return <span className="quiet">{t('handover.over')}</span>;
  if (handoverId === null) return <span className="quiet">{t('handover.unread')}</span>;
  const acknowledge = async (button: HTMLButtonElement) => {
    press(button);
    if (await send<HandoverItemDto>(`/handovers/${handoverId}/acknowledge`, { key: line.key })) done();
  };
  return (
    <>
      <Refusal problem={problem} />
      <button
        type="button"
        className="button acknowledge"
        disabled={busy}
        aria-label={t('handover.acknowledge-what', { what: nameOf(line) })}
        onClick={(event) => void acknowledge(event.currentTarget)}
      >
        {t('handover.acknowledge')}
      </button>
    </>
  );
}

const nameOf = (line: Matter): string =>
  [t(`matter.${line.kind}`), line.title, detailOf(line)].filter(Boolean).join(' ');

function Sign({ handover, waiting, reload }: { handover: HandoverViewDto; waiting: number; reload: () => void }) {
  const [reply, setReply] = useState('');
  const { id, version } = handover;
  return (
    <div className="keeper-form">
      <TextField label={t('handover.reply')} value={reply} set={setReply} />
      <Act
        label={t('handover.sign')}
        look="primary"
        path={`/handovers/${id}/complete`}
        body={{ version, reply: reply.trim() }}
        done={() => {
          say(t('handover.said-signed'));
          reload();
        }}
        blocked={waiting > 0 ? t('handover.sign-lacks', { count: waiting }) : null}
      />
    </div>
  );
}
