import type { SocietyDto } from '../../../src/access/access.dto.js';
import type { MatchesDto, OfferDto } from '../../../src/suggestions/structure/offers.dto.js';
import { query } from '../api/http.js';
import { useCommand } from '../api/use-command.js';
import { useFetched } from '../api/use-fetched.js';
import { count, stamp } from '../i18n/format.js';
import { named, t, unitOf, useLocale } from '../i18n/i18n.js';
import { useRows } from '../live/hooks.js';
import { useChanged } from '../live/use-changed.js';
import { Press } from '../parts/Act.js';
import { Loading } from '../parts/Loading.js';
import { Refusal } from '../parts/Refusal.js';
import { say } from '../parts/toast.js';
import { type Column, Table } from '../reports/Table.js';
import { hours } from './figures.rules.js';
import { OfferForm } from './OfferForm.js';

/** What partner societies would send, which open incident it fits, and what incidents lack. */
export function OffersPart({ society }: { society: SocietyDto }) {
  const changed = useChanged('partner-offer', 'incident', 'mission', 'supply-order');
  const ask = query({ societyId: society.id });
  const offers = useFetched<{ items: OfferDto[] }>(`/structure/offers${ask}`, changed);
  const found = useFetched<MatchesDto>(`/structure/offers/matches${ask}`, changed);
  const reload = () => {
    offers.reload();
    found.reload();
  };
  return (
    <div className="structure-part">
      <p>{t('structure.offers-what')}</p>
      <Refusal problem={offers.problem ?? found.problem} />
      {!offers.data && !offers.problem && <Loading />}
      {offers.data?.items.length === 0 && <p className="empty">{t('structure.no-offers')}</p>}
      <ul className="structure-scenarios">
        {(offers.data?.items ?? []).map((offer) => (
          <OfferRow key={offer.id} offer={offer} done={reload} />
        ))}
      </ul>
      {found.data && <Found found={found.data} />}
      <OfferForm society={society} done={reload} />
    </div>
  );
}

function useWords() {
  const [societies, items] = [useRows('society'), useRows('item')];
  useLocale();
  const item = (id: string) => items.find((one) => one.id === id);
  return {
    partner: (id: string): string => societies.find((one) => one.id === id)?.name ?? '',
    item: (id: string): string => named(item(id)),
    unit: (id: string): string => unitOf(item(id)),
  };
}

function OfferRow({ offer, done }: { offer: OfferDto; done: () => void }) {
  const { busy, problem, send } = useCommand();
  const words = useWords();
  const { id, partnerId, itemId, units, untilAt, enteredBy, note, version } = offer;
  const line = t('structure.offer', {
    partner: words.partner(partnerId),
    units: count(units),
    unit: words.unit(itemId),
    item: words.item(itemId),
  });
  const withdraw = async () => {
    if (!(await send(`/structure/offers/${id}/withdraw`, { version }))) return;
    say(t('structure.withdrawn-now'));
    done();
  };
  return (
    <li className="structure-move">
      <div>
        <p className="structure-line">{line}</p>
        <p className="quiet">{t('structure.offer-until', { until: stamp(untilAt), by: enteredBy })}</p>
        {note !== '' && <p>{note}</p>}
      </div>
      <div role="group" aria-label={line}>
        <Press label={t('structure.withdraw')} look="plain" busy={busy} problem={problem} blocked={null} press={() => void withdraw()} />
      </div>
    </li>
  ); // prettier-ignore
}

type Match = MatchesDto['matches'][number];
type Lack = MatchesDto['lacks'][number];

function Found({ found }: { found: MatchesDto }) {
  const words = useWords();
  const title = (id: string): string => found.lacks.find(({ incidentId }) => incidentId === id)?.title ?? '';
  const matchColumns: Column<Match>[] = [
    { head: t('structure.column.incident'), of: ({ incidentId }) => title(incidentId) },
    { head: t('structure.column.item'), of: ({ itemId }) => words.item(itemId) },
    { head: t('structure.column.partner'), of: ({ partnerId }) => words.partner(partnerId) },
    { head: t('structure.column.units'), of: ({ units }) => count(units), numeric: true },
    { head: t('structure.column.arrival'), of: ({ arrivalMin }) => hours(arrivalMin), numeric: true },
  ];
  const lackColumns: Column<Lack>[] = [
    { head: t('structure.column.incident'), of: (row) => row.title },
    { head: t('structure.column.item'), of: ({ itemId }) => words.item(itemId) },
    { head: t('structure.column.lacks'), of: ({ lacking }) => count(lacking), numeric: true },
    { head: t('structure.column.covered'), of: ({ covered }) => count(covered), numeric: true },
  ];
  return (
    <>
      <h2>{t('structure.matches')}</h2>
      <Table
        title={t('structure.matches')}
        rows={found.matches}
        columns={matchColumns}
        keyOf={({ offerId, incidentId }) => `${offerId} ${incidentId}`}
        empty={t('structure.no-matches')}
      />
      <h2>{t('structure.lacks-title')}</h2>
      <Table
        title={t('structure.lacks-title')}
        rows={found.lacks}
        columns={lackColumns}
        keyOf={({ incidentId, itemId }) => `${incidentId} ${itemId}`}
        empty={t('structure.no-lacks')}
      />
    </>
  );
}
