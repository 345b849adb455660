import { useState } from 'react';
import type { MailServerDto, TrialDto } from '../../../src/alerts/providers/providers.dto.js';
import { useFetched } from '../api/use-fetched.js';
import { t } from '../i18n/i18n.js';
import { Act } from '../parts/Act.js';
import { Loading } from '../parts/Loading.js';
import { Refusal } from '../parts/Refusal.js';
import { failureWords } from './failure.js';

/** The mail server as the server is set up with it, what left by it in a day, and a mail to oneself. */
export function MailPart() {
  const { data, problem, reload } = useFetched<MailServerDto>('/providers/mail');
  const [trial, setTrial] = useState<TrialDto | null>(null);
  const tried = (answer: TrialDto) => {
    setTrial(answer);
    reload();
  };
  return (
    <section className="channels-part" data-mail>
      <h2>{t('channels.mail')}</h2>
      <Refusal problem={problem} />
      {!data && !problem && <Loading />}
      {data && (
        <>
          <p>{data.set ? t('channels.mail-set', { host: data.host, from: data.from }) : t('channels.mail-unset')}</p>
          {data.set && <Facts server={data} />}
          <Act
            look="plain"
            label={t('channels.try-mail')}
            path="/providers/mail/trial"
            done={tried}
            blocked={data.set ? (data.ownEmail ? null : t('channels.no-email')) : t('channels.no-mail-server')}
          />
          {trial && <Outcome trial={trial} />}
        </>
      )}
    </section>
  );
}

function Facts({ server: { tls, signsIn, day } }: { server: MailServerDto }) {
  const facts = [
    ['tls', t(tls ? 'channels.tls-on' : 'channels.tls-off')],
    ['signs-in', t(signsIn ? 'channels.signs-in' : 'channels.no-sign-in')],
    ['day', t('channels.mail-figures', day)],
  ];
  return (
    <dl className="channels-facts">
      {facts.map(([name, words]) => (
        <div key={name}>
          <dt>{t(`channels.fact.${name!}`)}</dt>
          <dd>{words}</dd>
        </div>
      ))}
    </dl>
  );
}

function Outcome({ trial: { failure } }: { trial: TrialDto }) {
  return failure === null ? (
    <p className="notice good" role="status">
      {t('channels.mail-tried')}
    </p>
  ) : (
    <p className="notice warning" role="alert">
      {t('channels.tried-failed', { why: failureWords(failure) })}
    </p>
  );
}
