import { useState } from 'react';
import type { SocietyDto } from '../../../src/access/access.dto.js';
import type { RotationDto, RotationLotDto } from '../../../src/suggestions/structure/rotation/rotation.dto.js';
import { query } from '../api/http.js';
import { useFetched } from '../api/use-fetched.js';
import { count } from '../i18n/format.js';
import { t } from '../i18n/i18n.js';
import { useChanged } from '../live/use-changed.js';
import { Empty } from '../parts/Empty.js';
import { Loading } from '../parts/Loading.js';
import { Refusal } from '../parts/Refusal.js';
import { SelectField } from '../parts/TextField.js';
import { yuan } from './figures.rules.js';
import { RotationLot } from './RotationLot.js';
import { RotationTrips } from './RotationTrips.js';
import { useRotationWords } from './rotation-words.js';

const AHEAD = [180, 365, 730];
const WITHIN = [50, 100, 300];
const KEEP = [90, 95, 98, 100];
const LEAST_YUAN = [0, 300, 1000, 3000];
const FIRST_ASK = { aheadDays: '365', withinKm: '100', keepMinimum: 'true', keepPercent: '95', minTripYuan: '300' };
type Ask = typeof FIRST_ASK;
/** Shown at first of each list; the others are there at a press. */
const FIRST = 8;

/** Lots that will expire where they lie (轮换), and what would use them in time. Worked out anew when it is looked at. */
export function RotationPart({ society }: { society: SocietyDto }) {
  const [ask, setAsk] = useState(FIRST_ASK);
  const changed = useChanged('stock-transfer');
  const path = `/structure/rotation${query({ societyId: society.id, ...ask })}`;
  const { data, problem, reload } = useFetched<RotationDto>(path, changed);
  return (
    <div className="structure-part">
      <p>{t('structure.rotation.what')}</p>
      <Asks ask={ask} change={(key, value) => setAsk((held) => ({ ...held, [key]: value }))} />
      <Refusal problem={problem} />
      {!data && !problem && <Loading />}
      {data && <Answer found={data} society={society} done={reload} />}
    </div>
  );
}

function Asks({ ask, change }: { ask: Ask; change: (key: keyof Ask, value: string) => void }) {
  const set = (key: keyof Ask) => (value: string) => change(key, value);
  return (
    <div className="structure-ask">
      <SelectField
        label={t('structure.rotation.ahead')}
        value={ask.aheadDays}
        set={set('aheadDays')}
        options={AHEAD.map((days) => ({ value: String(days), words: t('structure.rotation.days', { days }) }))}
      />
      <SelectField
        label={t('structure.rotation.within')}
        value={ask.withinKm}
        set={set('withinKm')}
        options={WITHIN.map((km) => ({ value: String(km), words: t('structure.rotation.km', { km }) }))}
      />
      <SelectField
        label={t('structure.minimum')}
        value={ask.keepMinimum}
        set={set('keepMinimum')}
        options={[
          { value: 'true', words: t('structure.minimum-yes') },
          { value: 'false', words: t('structure.minimum-no') },
        ]}
      />
      <SelectField
        label={t('structure.rotation.keep')}
        value={ask.keepPercent}
        set={set('keepPercent')}
        options={KEEP.map((percent) => ({
          value: String(percent),
          words: t('structure.rotation.keep-percent', { percent }),
        }))}
      />
      <SelectField
        label={t('structure.rotation.least')}
        value={ask.minTripYuan}
        set={set('minTripYuan')}
        options={LEAST_YUAN.map((least) => ({
          value: String(least),
          words: least === 0 ? t('structure.rotation.least-any') : t('structure.rotation.least-yuan', { yuan: least }),
        }))}
      />
    </div>
  );
}

const nextOf = ({ answer }: RotationDto, { id }: SocietyDto) =>
  answer === 'all-used'
    ? [{ href: `#/structure/advice/${id}`, words: t('structure.tab.advice') }]
    : [{ href: '#/keeper', words: t('structure.rotation.to-stock') }];

function Answer({ found, society, done }: { found: RotationDto; society: SocietyDto; done: () => void }) {
  const { answer, lots, left, ask } = found;
  const helped = lots.filter(({ steps }) => steps.some(({ kind }) => kind === 'move' || kind === 'need'));
  const rest = lots.filter((lot) => !helped.includes(lot));
  return (
    <>
      {answer !== 'plan' && <Empty words={t(`structure.rotation.answer.${answer}`, { days: ask.aheadDays })} next={nextOf(found, society)} />}
      {left.lots + left.stores > 0 && <p className="notice">{t('structure.rotation.left', left)}</p>}
      {answer === 'plan' && <Sums found={found} />}
      {found.trips.length > 0 && <RotationTrips found={found} done={done} />}
      <Drafted found={found} />
      {helped.length > 0 && <Lots title={t('structure.rotation.helped', { count: helped.length })} lots={helped} found={found} />}
      {rest.length > 0 && <Lots title={t('structure.rotation.rest', { count: rest.length })} lots={rest} found={found} />}
      <Expired found={found} />
      {lots.length > 0 && <p className="quiet">{t('structure.rotation.method')}</p>}
    </>
  ); // prettier-ignore
}

function Sums({ found: { goals, lots, ask } }: { found: RotationDto }) {
  const {
    expiringBefore,
    expiring,
    bound,
    gap,
    possibleUnits,
    savedUnits,
    brokenUnits,
    tonneKm,
    costFen,
    moves,
    trips,
  } = goals;
  const { savedValueFen, tripsBound, bestTrips } = goals;
  const fen = (ask.fenPerTonneKm / 100).toFixed(2);
  const kept = possibleUnits === 0 ? '100' : ((100 * savedUnits) / possibleUnits).toFixed(1);
  return (
    <>
      <p>{t('structure.rotation.sum', { lots: lots.length, before: count(expiringBefore), after: count(expiring), saved: yuan(savedValueFen) })}</p>
      {trips === 0 ? (
        <p className="notice">{t(possibleUnits === 0 ? 'structure.rotation.no-moves' : 'structure.rotation.no-trips')}</p>
      ) : (
        <p>{t('structure.rotation.cost', { trips, moves, tonneKm: count(Math.round(tonneKm)), yuan: yuan(costFen), fen })}</p>
      )}
      {brokenUnits > 0 && <p className="notice">{t('structure.rotation.broken', { units: count(brokenUnits) })}</p>}
      {possibleUnits > 0 && (
        <p>{t('structure.rotation.kept', { possible: count(possibleUnits), bestTrips, saved: count(savedUnits), kept, trips })}</p>
      )}
      {savedUnits * 100 < possibleUnits * ask.keepPercent && <p className="notice">{t('structure.rotation.kept-less', { percent: ask.keepPercent })}</p>}
      <p className="quiet">
        {gap === 0
          ? t('structure.rotation.proven', { bound: count(bound) })
          : t('structure.rotation.gap', { bound: count(bound), percent: (gap * 100).toFixed(1) })}
        {trips > 1 && <span> {t('structure.rotation.trips-bound', { trips, bound: tripsBound })}</span>}
      </p>
    </>
  ); // prettier-ignore
}

type ListProps = { title: string; lots: RotationLotDto[]; found: RotationDto };

function Lots({ title, lots, found }: ListProps) {
  const [all, setAll] = useState(false);
  const shown = all ? lots : lots.slice(0, FIRST);
  return (
    <section className="structure-part">
      <h2>{title}</h2>
      <ol className="structure-moves">
        {shown.map((lot) => (
          <RotationLot key={`${lot.lotId} ${lot.storeId} ${lot.arrivesOn ?? ''}`} lot={lot} found={found} />
        ))}
      </ol>
      {lots.length > shown.length && (
        <button type="button" className="button" onClick={() => setAll(true)}>
          {t('structure.rotation.all', { count: lots.length })}
        </button>
      )}
    </section>
  );
}

/** Transfers that name their lot and wait to be ordered. */
function Drafted({ found }: { found: RotationDto }) {
  const words = useRotationWords(found);
  if (found.drafted.length === 0) return null;
  return (
    <section className="structure-part">
      <h2>{t('structure.rotation.drafted')}</h2>
      <ul className="structure-moves">
        {found.drafted.map(({ transferId, number, fromId, toId, itemId, lotCode, units }) => (
          <li key={`${transferId} ${lotCode}`} className="structure-move">
            <p className="structure-line">
              {t('structure.rotation.drafted-line', { number, units: count(units), unit: words.unit(itemId), item: words.item(itemId), lot: lotCode, from: words.store(fromId), to: words.store(toId) })}
            </p>
            <a href={`#/keeper/transfers/${transferId}`}>{t('structure.open-transfer')}</a>
          </li>
        ))}
      </ul>
    </section>
  ); // prettier-ignore
}

function Expired({ found }: { found: RotationDto }) {
  const words = useRotationWords(found);
  if (found.expired.length === 0) return null;
  return (
    <section className="structure-part">
      <h2>{t('structure.rotation.expired', { count: found.expired.length })}</h2>
      <ul className="structure-moves">
        {found.expired.map(({ lotId, lotCode, storeId, itemId, expiresOn, units, valueFen }) => (
          <li key={`${lotId} ${storeId}`} className="structure-move">
            <p>
              {t('structure.rotation.expired-line', { item: words.item(itemId), lot: lotCode, store: words.store(storeId), on: expiresOn, units: count(units), unit: words.unit(itemId) })}
              {words.worth(valueFen)}
            </p>
          </li>
        ))}
      </ul>
      <p className="quiet">{t('structure.rotation.expired-next')}</p>
    </section>
  ); // prettier-ignore
}
