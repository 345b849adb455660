import { memo, useState } from 'react';
import type { AnswerAlert } from '../../../src/alerts/alerts.dto.js';
import type { ReplyDto } from '../../../src/alerts/replies.dto.js';
import { useCommand } from '../api/use-command.js';
import { PromiseForm } from '../dispatch/PromiseForm.js';
import { ReasonForm } from '../dispatch/ReasonForm.js';
import { t } from '../i18n/i18n.js';
import { useLive, useRow } from '../live/hooks.js';
import { Refusal } from '../parts/Refusal.js';
import { Since } from '../parts/Since.js';
import { SelectField } from '../parts/TextField.js';
import { say } from '../parts/toast.js';
import { heardOf, noOf, REPLY_LIMIT_S, yesOf } from './reply.rules.js';

/** Words that a person must read, the longest waiting first. */
export function Replies() {
  const ids = useLive(['reply'], (store) =>
    store
      .rows('reply')
      .sort((a, b) => a.receivedAt.localeCompare(b.receivedAt))
      .map((reply) => reply.id),
  );
  if (ids.length === 0) return null;
  return (
    <section className="replies" aria-label={t('replies.title')}>
      <h3>{t('replies.title-count', { count: ids.length })}</h3>
      <ul>
        {ids.map((id) => (
          <ReplyRow key={id} id={id} />
        ))}
      </ul>
    </section>
  );
}

const ReplyRow = memo(function ReplyRow({ id }: { id: string }) {
  const reply = useRow('reply', id);
  const incident = useRow('incident', reply?.incidentId);
  if (!reply) return null;
  const about = [reply.teamName && `${reply.teamName} ${reply.unitCode}`, incident?.title].filter(Boolean).join(' · ');
  return (
    <li className="reply-row">
      <p className="reply-head">
        <b className="clip">{reply.personName ?? t('replies.unknown')}</b>
        {reply.personRole && <span className="quiet">{t(`person.${reply.personRole}`)}</span>}
        {reply.phone && (
          <a href={`tel:${reply.phone}`} className="numeric">
            {reply.phone}
          </a>
        )}
        <Since at={reply.receivedAt} limit={{ limitS: REPLY_LIMIT_S }} />
      </p>
      {about && <p className="clip quiet">{about}</p>}
      <blockquote className="reply-words">{reply.words}</blockquote>
      <p className="quiet">
        <span className="reply-why">{t(`reply-why.${reply.why}`)}</span> {t(`reply-channel.${reply.channel}`)}
        {reply.enteredBy && ` · ${t('replies.entered-by', { who: reply.enteredBy })}`}
      </p>
      <ReplyActs reply={reply} />
    </li>
  );
});

/** The answer in a few words, for the button that gives it. */
function answerWords({ answer, minutes, headcount, reason }: AnswerAlert): string {
  const parts = [
    minutes !== undefined && t('replies.minutes', { minutes }),
    headcount !== undefined && t('replies.headcount', { headcount }),
    answer === 'conditions' && reason,
  ].filter(Boolean);
  const word = answer === 'decline' ? t('replies.no') : t('replies.yes');
  return parts.length > 0 ? t('replies.yes-with', { yes: word, parts: parts.join(' · ') }) : word;
}

type Asking = 'promise' | 'aside' | null;

/** What it means, in one press where the reading is right. No button stands out: the officer decides by the words, not by the reading. */
function ReplyActs({ reply }: { reply: ReplyDto }) {
  const [asking, setAsking] = useState<Asking>(null);
  const [chosen, setChosen] = useState('');
  const { busy, problem, send } = useCommand();
  const run = useRow('alert', reply.alertId ?? chosen);
  const unplaced = reply.alertId === null;
  const read = async (answer: AnswerAlert) => {
    const whose = reply.personName ?? run?.waitingFor ?? run?.teamName;
    const where = unplaced ? { alertId: chosen, onBehalfOf: whose } : {};
    const done = await send(`/alert-replies/${reply.id}/read`, { version: reply.version, ...answer, ...where });
    if (done) say(t('replies.said', { who: whose ?? '', answer: t(`answer.${answer.answer}`) }));
  };
  const aside = async (reason: string) => {
    const done = await send(`/alert-replies/${reply.id}/set-aside`, { version: reply.version, reason });
    if (done) say(t('replies.aside-said'));
  };
  const blocked = busy || (unplaced && chosen === '');
  const yes = yesOf(reply);
  return (
    <div className="steps">
      {unplaced && <RunField chosen={chosen} choose={setChosen} />}
      <button type="button" className="button small" disabled={blocked} onClick={() => void read(yes)}>
        {answerWords(yes)}
      </button>
      <button type="button" className="button small" disabled={blocked} onClick={() => void read(noOf(reply))}>
        {t('replies.no')}
      </button>
      <button type="button" className="button small" disabled={blocked} onClick={() => setAsking('promise')}>
        {t('step.promise-for')}
      </button>
      <button type="button" className="button small" disabled={busy} onClick={() => setAsking('aside')}>
        {t('replies.aside')}
      </button>
      {asking === 'promise' && (
        <PromiseForm busy={blocked} heard={heardOf(reply)} send={(answer) => void read(answer)} />
      )}
      {asking === 'aside' && (
        <ReasonForm label={t('replies.aside-reason')} busy={busy} send={(reason) => void aside(reason)} />
      )}
      <Refusal problem={problem} />
    </div>
  );
}

/** Which run the words answer, where the number alone does not say it. */
function RunField({ chosen, choose }: { chosen: string; choose: (id: string) => void }) {
  const ids = useLive(['alert'], (store) => store.rows('alert').filter((alert) => alert.kind === 'deploy').map((alert) => alert.id)); // prettier-ignore
  const options = useLive(['alert'], (store) =>
    ids.map((id) => {
      const alert = store.row('alert', id);
      return `${id} ${alert?.teamName} ${alert?.unitCode} · ${alert?.waitingFor ?? ''}`;
    }),
  [ids]).map((line) => ({ value: line.split(' ')[0]!, words: line.slice(line.indexOf(' ') + 1) })); // prettier-ignore
  return (
    <div className="reply-run">
      <SelectField
        label={t('replies.run')}
        value={chosen}
        set={choose}
        options={options}
        none={t('replies.run-none')}
        required
      />
    </div>
  );
}
