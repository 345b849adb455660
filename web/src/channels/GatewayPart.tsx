import { useState } from 'react';
import type { SmsGatewayDto, TrialDto } from '../../../src/alerts/providers/providers.dto.js';
import { useFetched } from '../api/use-fetched.js';
import { stamp } from '../i18n/format.js';
import { t } from '../i18n/i18n.js';
import { Act } from '../parts/Act.js';
import { Loading } from '../parts/Loading.js';
import { Refusal } from '../parts/Refusal.js';
import { failureWords } from './failure.js';

/** The gateway of text messages as the server is set up with it, what it did in a day, and a message to oneself. */
export function GatewayPart() {
  const { data, problem, reload } = useFetched<SmsGatewayDto>('/providers/sms');
  const [trial, setTrial] = useState<TrialDto | null>(null);
  const tried = (answer: TrialDto) => {
    setTrial(answer);
    reload();
  };
  return (
    <section className="channels-part">
      <h2>{t('channels.sms')}</h2>
      <Refusal problem={problem} />
      {!data && !problem && <Loading />}
      {data && (
        <>
          <p>{data.set ? t('channels.sms-set', { host: data.host }) : t('channels.sms-unset')}</p>
          <Facts gateway={data} />
          <Act
            look="plain"
            label={t('channels.try-sms')}
            path="/providers/sms/trial"
            done={tried}
            blocked={data.ownPhone ? null : t('channels.no-phone')}
          />
          {trial && <Outcome trial={trial} isSet={data.set} />}
        </>
      )}
    </section>
  );
}

function Facts({ gateway }: { gateway: SmsGatewayDto }) {
  const { set, auth, asked, callbacks, receiptUrl, replyUrl, lastReplyAt, day } = gateway;
  const facts = [
    ...(set ? [['auth', t(`channels.auth.${auth}`)], ['asked', t(asked ? 'channels.asked' : 'channels.not-asked')]] : []),
    ['callbacks', t(callbacks ? 'channels.callbacks-on' : 'channels.callbacks-off')],
    ...(callbacks ? [['receipts', receiptUrl], ['replies', replyUrl]] : []),
    ...(callbacks ? [['last-reply', lastReplyAt ? stamp(lastReplyAt) : t('channels.no-reply')]] : []),
    ['day', t(set ? 'channels.day-figures' : 'channels.day-figures-file', day)],
  ]; // prettier-ignore
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

/** Without a gateway the message lies in a file of the server: that is said, so that nobody waits for it. */
function Outcome({ trial, isSet }: { trial: TrialDto; isSet: boolean }) {
  if (trial.failure !== null)
    return (
      <p className="notice warning" role="alert">
        {t('channels.tried-failed', { why: failureWords(trial.failure) })}
      </p>
    );
  const key = isSet ? `channels.tried-${trial.stage}` : 'channels.tried-file';
  return (
    <p className={isSet ? 'notice good' : 'notice'} role="status">
      {t(key)}
    </p>
  );
}
