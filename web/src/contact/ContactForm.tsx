import { type FormEvent, useState } from 'react';
import type { ContactSettingDto, SetContact } from '../../../src/alerts/contact/contact.dto.js';
import { useCommand } from '../api/use-command.js';
import { useFetched } from '../api/use-fetched.js';
import { t } from '../i18n/i18n.js';
import { Submit } from '../parts/Act.js';
import { Loading } from '../parts/Loading.js';
import { Refusal } from '../parts/Refusal.js';
import { SelectField } from '../parts/TextField.js';
import { orderWords } from './contact-words.js';
import { HALF_HOURS, isQuietSpan, ordersOf, WAITS_S } from './quiet.rules.js';
import './contact.css';

/** How one wants to be told: the order of the ways, the wait between them, and quiet hours for what can wait. */
export default function ContactForm() {
  const { data, problem, reload } = useFetched<ContactSettingDto>('/me/contact');
  const [said, setSaid] = useState(false);
  const kept = () => {
    setSaid(true);
    reload();
  };
  if (!data) return problem ? <Refusal problem={problem} /> : <Loading />;
  return (
    <>
      <Form key={data.version} held={data} kept={kept} />
      <p className="contact-said" role="status">
        {said && t('contact.said')}
      </p>
    </>
  );
}

function Form({ held, kept }: { held: ContactSettingDto; kept: () => void }) {
  const [order, setOrder] = useState(held.ways.join());
  const [wait, setWait] = useState(String(held.waitS));
  const [quiet, setQuiet] = useState(held.quiet);
  const { busy, problem, send } = useCommand();
  const keep = async (event: FormEvent) => {
    event.preventDefault();
    const ways = order.split(',') as SetContact['ways'];
    const body: SetContact = { ways, waitS: Number(wait), quiet, version: held.version };
    if (await send('/me/contact', body, 'PUT')) kept();
  };
  const whole = quiet === null || isQuietSpan(quiet.from, quiet.to);
  return (
    <form className="receipt-line contact-form" data-contact onSubmit={(event) => void keep(event)} noValidate>
      <h2>{t('contact.title')}</h2>
      <p className="quiet">{t('contact.what')}</p>
      <SelectField
        label={t('contact.order')}
        value={order}
        set={setOrder}
        options={ordersOf([...held.ways].sort()).map((ways) => ({ value: ways.join(), words: orderWords(ways) }))}
      />
      <SelectField
        label={t('contact.wait')}
        value={wait}
        set={setWait}
        hint={t('contact.wait-hint')}
        options={[...new Set([...WAITS_S, held.waitS])].map((seconds) => ({
          value: String(seconds),
          words: seconds === 0 ? t('contact.wait-none') : t('contact.wait-s', { seconds }),
        }))}
      />
      <label className="contact-check">
        <input
          type="checkbox"
          checked={quiet !== null}
          onChange={({ target }) => setQuiet(target.checked ? { from: '22:00', to: '07:00' } : null)}
        />
        {t('contact.quiet')}
      </label>
      {quiet && <QuietSpan quiet={quiet} set={setQuiet} />}
      <p className="quiet">{t('contact.quiet-what')}</p>
      <Refusal problem={problem} />
      <Submit look="primary" label={t('contact.keep')} busy={busy} lacks={whole ? null : t('contact.quiet-fault')} />
    </form>
  );
}

type Span = NonNullable<ContactSettingDto['quiet']>;

function QuietSpan({ quiet, set }: { quiet: Span; set: (quiet: Span) => void }) {
  return (
    <div className="contact-span">
      {(['from', 'to'] as const).map((end) => (
        <SelectField
          key={end}
          label={t(`contact.quiet-${end}`)}
          value={quiet[end]}
          set={(time) => set({ ...quiet, [end]: time })}
          options={[...new Set([...HALF_HOURS, quiet[end]])].sort().map((time) => ({ value: time, words: time }))}
        />
      ))}
    </div>
  );
}
