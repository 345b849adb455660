import { useState } from 'react';
import type { TrialDto, VoiceGatewayDto } from '../../../src/alerts/providers/providers.dto.js';
import { useFetched } from '../api/use-fetched.js';
import { stamp } from '../i18n/format.js';
import { t } from '../i18n/i18n.js';
import { Act } from '../parts/Act.js';
import { Loading } from '../parts/Loading.js';
import { Refusal } from '../parts/Refusal.js';
import { failureWords } from './failure.js';

/** Who makes calls as the server is set up with it, what became of a day's calls, and a call to oneself. */
export function VoicePart() {
  const { data, problem, reload } = useFetched<VoiceGatewayDto>('/providers/voice');
  const [trial, setTrial] = useState<TrialDto | null>(null);
  const tried = (answer: TrialDto) => {
    setTrial(answer);
    reload();
  };
  return (
    <section className="channels-part" data-voice>
      <h2>{t('channels.voice')}</h2>
      <Refusal problem={problem} />
      {!data && !problem && <Loading />}
      {data && (
        <>
          <p>{data.set ? t('channels.voice-set', { host: data.host }) : t('channels.voice-unset')}</p>
          {data.set && <Facts gateway={data} />}
          <Act
            look="plain"
            label={t('channels.try-voice')}
            path="/providers/voice/trial"
            done={tried}
            blocked={data.set ? (data.ownPhone ? null : t('channels.no-phone')) : t('channels.no-voice-gateway')}
          />
          {trial && <Outcome trial={trial} />}
        </>
      )}
    </section>
  );
}

function Facts({ gateway: { auth, asked, callbacks, receiptUrl, lastKeyAt, day } }: { gateway: VoiceGatewayDto }) {
  const facts = [
    ['auth', t(`channels.auth.${auth}`)],
    ['asked', t(asked ? 'channels.asked' : 'channels.voice-not-asked')],
    ['keys', t(callbacks ? 'channels.keys-on' : 'channels.keys-off')],
    ...(callbacks ? [['receipts', receiptUrl], ['last-key', lastKeyAt ? stamp(lastKeyAt) : t('channels.no-key')]] : []),
    ['day', t('channels.voice-figures', day)],
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

function Outcome({ trial: { failure } }: { trial: TrialDto }) {
  return failure === null ? (
    <p className="notice good" role="status">
      {t('channels.voice-tried')}
    </p>
  ) : (
    <p className="notice warning" role="alert">
      {t('channels.tried-failed', { why: failureWords(failure) })}
    </p>
  );
}
