import { useState } from 'react';
import type { TransferDto } from '../../../src/relief-stock/moving/transfer.dto.js';
import type { RotationDto, RotationTrip } from '../../../src/suggestions/structure/rotation/rotation.dto.js';
import { maySomewhere } from '../access/may.js';
import { useSession } from '../access/session.js';
import { newId } from '../api/ids.js';
import { useCommand } from '../api/use-command.js';
import { count } from '../i18n/format.js';
import { t } from '../i18n/i18n.js';
import { Press } from '../parts/Act.js';
import { say } from '../parts/toast.js';
import { yuan } from './figures.rules.js';
import { type RotationWords, useRotationWords } from './rotation-words.js';

const DAY_MS = 86_400_000;
/** A lorry leaves within days: the draft plans its arrival a week from now, and the desk changes that. */
const PLANNED_DAYS = 7;
/** Shown at first; the others are there at a press. */
const FIRST = 8;
const G_PER_KG = 1000;
const CM3_PER_M3 = 1_000_000;

type Props = { found: RotationDto; done: () => void };

/** What goes together from one store to one place, what saves most first. */
export function RotationTrips({ found, done }: Props) {
  const [all, setAll] = useState(false);
  const words = useRotationWords(found);
  const shown = all ? found.trips : found.trips.slice(0, FIRST);
  return (
    <section className="structure-part">
      <h2>{t('structure.rotation.trips', { count: found.trips.length })}</h2>
      <ol className="structure-moves">
        {shown.map((trip) => (
          <Trip key={`${trip.fromId} ${trip.toId}`} trip={trip} found={found} words={words} done={done} />
        ))}
      </ol>
      {found.trips.length > shown.length && (
        <button type="button" className="button" onClick={() => setAll(true)}>
          {t('structure.rotation.all-trips', { count: found.trips.length })}
        </button>
      )}
    </section>
  );
}

function Trip({ trip, found, words, done }: Props & { trip: RotationTrip; words: RotationWords }) {
  const { weightG, volumeCm3, roadKm, tonneKm, costFen, savedUnits, savedValueFen, leaveBy, goods } = trip;
  const need = trip.kind === 'need' ? words.need(trip.toId) : undefined;
  const place = need ? t(`structure.rotation.place.${need.kind}`, { number: need.number, title: need.title }) : words.store(trip.toId);
  const line = t('structure.rotation.trip', { from: words.store(trip.fromId), to: place });
  return (
    <li className="structure-move structure-trip">
      <div>
        <p className="structure-line">{line}</p>
        <p>
          {t('structure.rotation.trip-saves', { units: count(savedUnits) })}
          {words.worth(savedValueFen)}
          {t('structure.rotation.leave-by', { on: leaveBy, percent: found.ask.keepPercent })}
        </p>
        <ul className="structure-goods">
          {goods.map(({ lotId, lotCode, itemId, units, packUnits, expiresOn }) => (
            <li key={lotId}>
              {t('structure.rotation.trip-goods', { units: count(units), unit: words.unit(itemId), item: words.item(itemId), lot: lotCode, on: expiresOn })}
              {packUnits > 1 && units % packUnits === 0 && t('structure.packs', { packs: units / packUnits, units: packUnits })}
            </li>
          ))}
        </ul>
        <p className="quiet">
          {t('structure.rotation.load', { kg: count(Math.ceil(weightG / G_PER_KG)), m3: (volumeCm3 / CM3_PER_M3).toFixed(1) })}{' '}
          {t('structure.cost', { km: count(Math.round(roadKm)), tonneKm: count(Number(tonneKm.toFixed(1))), yuan: yuan(costFen) })}
        </p>
        {trip.dearer && <p className="notice">{t('structure.rotation.dearer')}</p>}
      </div>
      {need && <a href={need.kind === 'incident' ? `#/incidents/${need.id}/dispatch` : '#/requests'}>{t('structure.rotation.open-need')}</a>}
      {trip.kind === 'store' && <DraftTrip trip={trip} line={line} done={done} />}
    </li>
  );
} // prettier-ignore

/** Writes the draft of one transfer with all that goes on the trip, each line with its lot; ordering it is a step of its own. */
function DraftTrip({ trip, line, done }: { trip: RotationTrip; line: string; done: () => void }) {
  const { actor } = useSession();
  const { busy, problem, send } = useCommand();
  const [id] = useState(newId);
  if (!maySomewhere(actor, 'stock.transfer')) return null;
  const draft = async () => {
    const made = await send<TransferDto>('/stock/transfers', {
      id, fromWarehouseId: trip.fromId, toWarehouseId: trip.toId, plannedArrivalAt: new Date(Date.now() + PLANNED_DAYS * DAY_MS).toISOString(),
      note: t('structure.rotation.trip-note', { lots: trip.goods.map(({ lotCode }) => lotCode).slice(0, FIRST).join(t('structure.comma')), on: trip.leaveBy }),
      goods: trip.goods.map(({ itemId, units, lotId }) => ({ itemId, units, lotId })),
    });
    if (!made) return;
    say(t('structure.taken-now', { number: made.number }));
    done();
  }; // prettier-ignore
  return (
    <div role="group" aria-label={line}>
      <Press label={t('structure.take')} look="plain" busy={busy} problem={problem} blocked={null} press={() => void draft()} />
    </div>
  ); // prettier-ignore
}
