import { type FormEvent, useState } from 'react';
import type { SocietyDto } from '../../../src/access/access.dto.js';
import { WEATHER_SHARE } from '../../../src/travel/conditions.rules.js';
import { type WeatherDto, type WeatherKind, WEATHERS } from '../../../src/travel/travel.dto.js';
import { mayAt } from '../access/may.js';
import { useCommand } from '../api/use-command.js';
import { deskInstant } from '../i18n/desk-time.rules.js';
import { stamp } from '../i18n/format.js';
import { t } from '../i18n/i18n.js';
import { live } from '../live/live.js';
import { Act, Submit } from '../parts/Act.js';
import { Refusal } from '../parts/Refusal.js';
import { SelectField, TextField } from '../parts/TextField.js';
import { say } from '../parts/toast.js';
import { PaperRow } from '../relief-stock/parts/PaperList.js';

type Props = { society: SocietyDto; weather: readonly WeatherDto[]; done: () => void };

const HUNDREDTHS = 100;
const shareText = (kind: WeatherKind): string =>
  t('travel.share', {
    what: t(`weather.${kind}`),
    share: Math.round(WEATHER_SHARE[kind] * HUNDREDTHS) / HUNDREDTHS,
  });

/** Weather that slows the roads to a society's area, from and until a moment; all that the desk sees, its own to lift. */
export function RoadWeather({ society, weather, done }: Props) {
  return (
    <section className="travel-part" aria-labelledby="travel-weather">
      <h2 id="travel-weather">{t('travel.weather')}</h2>
      {weather.length === 0 && <p className="empty">{t('travel.no-weather')}</p>}
      <ul className="papers">
        {weather.map((one) => (
          <li key={one.id}>
            <WeatherRow one={one} done={done} />
          </li>
        ))}
      </ul>
      <WeatherForm society={society} done={done} />
    </section>
  );
}

function WeatherRow({ one, done }: { one: WeatherDto; done: () => void }) {
  const where = live.store.row('society', one.societyId)?.shortName ?? '';
  const what = `${where} ${t(`weather.${one.kind}`)}`;
  const until = one.until === null ? '' : t('travel.until', { at: stamp(one.until) });
  return (
    <PaperRow
      title={`${where} · ${shareText(one.kind)}`}
      aside={`${stamp(one.from)}${until}`}
      detail={[one.note, t('travel.said-by', { who: one.setBy, at: stamp(one.setAt) })].join(' · ')}
    >
      {mayAt(live.store, 'travel.manage', one.societyId) && (
        <Act
          look="plain"
          label={t('travel.lift', { what })}
          path={`/travel/weather/${one.id}/lift`}
          body={{ version: one.version }}
          said={t('travel.said-lifted', { what })}
          done={done}
        />
      )}
    </PaperRow>
  );
}

function WeatherForm({ society, done }: { society: SocietyDto; done: () => void }) {
  const [kind, setKind] = useState<string>('heavy-rain');
  const [from, setFrom] = useState('');
  const [until, setUntil] = useState('');
  const [note, setNote] = useState('');
  const { busy, problem, send } = useCommand();
  const keep = async (event: FormEvent) => {
    event.preventDefault();
    const begins = from === '' ? null : deskInstant(from);
    const ends = until === '' ? null : deskInstant(until);
    const body = { societyId: society.id, kind, note: note.trim(), ...(begins ? { from: begins } : {}), ...(ends ? { until: ends } : {}) }; // prettier-ignore
    if (!(await send('/travel/weather', body))) return;
    say(t('travel.said-weather', { what: `${society.shortName} ${t(`weather.${kind}`)}` }));
    setNote('');
    done();
  };
  return (
    <form className="admin-line" onSubmit={(event) => void keep(event)}>
      <div className="travel-fields">
        <SelectField
          label={t('travel.weather-kind')}
          value={kind}
          set={setKind}
          options={WEATHERS.map((value) => ({ value, words: shareText(value) }))}
        />
        <TextField label={t('travel.begins')} type="datetime-local" value={from} set={setFrom} />
        <TextField label={t('travel.ends-at')} type="datetime-local" value={until} set={setUntil} />
        <TextField label={t('travel.weather-note')} value={note} set={setNote} required />
      </div>
      <Refusal problem={problem} />
      <Submit
        label={t('travel.weather-set')}
        look="plain"
        busy={busy}
        lacks={note.trim() === '' ? t('travel.lacks') : null}
      />
    </form>
  );
}
