import { useId, useMemo, useState } from 'react';
import { loadPinyin, useMatcher } from '../app/pinyin.js';
import { desk } from '../desk/desk-state.js';
import { t } from '../i18n/i18n.js';
import { useRows } from '../live/hooks.js';
import { Field } from '../parts/Field.js';
import { guessPlace, readCoordinates } from './place.rules.js';
import type { ReportDraft } from './report.rules.js';

const SHOWN = 5;

/** The words of the caller; a known name in them gives a first point, a pinyin match a choice, the map the exact one. */
export function PlaceField({ values, change }: { values: ReportDraft; change: (part: Partial<ReportDraft>) => void }) {
  const listId = useId();
  const societies = useRows('society');
  const [typed, setTyped] = useState('');
  const matches = useMatcher(typed);
  const offers = useMemo(() => {
    if (typed.trim().length < 2) return [];
    return societies
      .filter(
        (row) =>
          row.level !== 'province' &&
          row.level !== 'partner' &&
          !typed.includes(row.shortName) &&
          matches(row.shortName),
      )
      .slice(0, SHOWN);
  }, [societies, typed, matches]);
  const place = (placeText: string, point: { lon: number; lat: number } | null, sure: boolean) => {
    if (!point) return change({ placeText });
    desk.set({ picked: point });
    change({ placeText, ...point, sure });
  };
  const write = (text: string) => {
    setTyped(text);
    void loadPinyin();
    const exact = readCoordinates(text);
    if (exact) return place(text, exact, true);
    if (values.sure) return change({ placeText: text });
    place(text, guessPlace(text, societies)?.location ?? null, false);
  };
  return (
    <div className="place-field">
      <Field label={t('report.place')} required hint={whereText(values)}>
        <input
          className="input"
          value={values.placeText}
          maxLength={400}
          required
          aria-describedby={listId}
          onChange={(event) => write(event.target.value)}
        />
      </Field>
      <div id={listId} className="offers">
        {offers.map((row) => (
          <button
            key={row.id}
            type="button"
            className="button small"
            onClick={() => {
              place(row.shortName, row.location, false);
              setTyped('');
            }}
          >
            {row.shortName}
          </button>
        ))}
      </div>
    </div>
  );
}

function whereText({ lon, lat, sure }: ReportDraft): string {
  return lon === null ? t('report.point-none') : t(sure ? 'report.point' : 'report.point-guessed', { lon, lat });
}
