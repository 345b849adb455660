import type { SocietyDto } from '../../../src/access/access.dto.js';
import type { TravelDto } from '../../../src/travel/travel.dto.js';
import { useFetched } from '../api/use-fetched.js';
import { t } from '../i18n/i18n.js';
import { useChanged } from '../live/use-changed.js';
import { Loading } from '../parts/Loading.js';
import { Refusal } from '../parts/Refusal.js';
import { SidePage } from '../relief-stock/parts/SidePage.js';
import '../settings/admin.css';
import { useOurSociety } from '../settings/OurSociety.js';
import '../settings/messages.js';
import { AreaForm } from './AreaForm.js';
import { Crossings } from './Crossings.js';
import './messages.js';
import { RoadWeather } from './RoadWeather.js';
import './travel.css';

/** What arrivals are reckoned with: ferries and bridges, weather on the roads, terrain and islands. `#/travel` */
export default function TravelPage() {
  const { society, field } = useOurSociety('travel.manage');
  return (
    <SidePage title={t('travel.title')}>
      <div className="page admin">
        <p>{t('travel.what')}</p>
        {field}
        {society ? <Travel key={society.id} society={society} /> : <p className="empty">{t('travel.not-yours')}</p>}
        <p className="quiet">{t('travel.values')}</p>
      </div>
    </SidePage>
  );
}

function Travel({ society }: { society: SocietyDto }) {
  const changed = useChanged('crossing', 'road-weather', 'travel-area');
  const { data, problem, reload } = useFetched<TravelDto>('/travel', changed);
  if (!data) return problem ? <Refusal problem={problem} /> : <Loading />;
  return (
    <>
      <RoadWeather society={society} weather={data.weather} done={reload} />
      <Crossings society={society} crossings={data.crossings} done={reload} />
      <AreaForm
        key={`${society.id} ${data.areas.find(({ societyId }) => societyId === society.id)?.version ?? 0}`}
        society={society}
        area={data.areas.find(({ societyId }) => societyId === society.id)}
        done={reload}
      />
    </>
  );
}
