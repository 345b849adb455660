import type { CountDetailDto } from '../../../../src/relief-stock/counting/count.dto.js';
import { useSession } from '../../access/session.js';
import { useFetched } from '../../api/use-fetched.js';
import { t } from '../../i18n/i18n.js';
import { Loading } from '../../parts/Loading.js';
import { Refusal } from '../../parts/Refusal.js';
import { BackTo } from '../parts/PaperList.js';
import { PaperLinks } from '../parts/PaperLinks.js';
import { FoundForm } from './FoundForm.js';
import { EndCount } from './EndCount.js';
import { CountList } from './CountList.js';
import { CountDesk } from './CountDesk.js';
import { CountReview } from './CountReview.js';
import './counting.css';
import { countsOf } from './jot.js';
import { useActs } from '../outbox/outbox.js';

/** Counting: the counts of a warehouse, and one of them: counted on the pad while it is open, looked through afterwards. */
export default function CountingPage({ warehouseId, parts }: { warehouseId: string; parts: readonly string[] }) {
  const { actor } = useSession();
  return (
    <div className="page">
      {parts[0] ? <OneCount key={parts[0]} id={parts[0]} me={actor?.userId ?? ''} /> : <CountList warehouseId={warehouseId} />}
    </div>
  );
} // prettier-ignore

function OneCount({ id, me }: { id: string; me: string }) {
  const acts = useActs();
  const own = countsOf(id, acts).filter(({ userId }) => userId === me);
  const settled = own.filter(({ state }) => state !== 'waiting').length;
  const { data: count, problem, loading, reload } = useFetched<CountDetailDto>(`/stock/counts/${id}`, settled);
  if (!count) return problem ? <Refusal problem={problem} /> : <Loading />;
  const head = (
    <h2 className="count-head">
      {count.number} <small>{t(`count.status.${count.status}`)}</small>
    </h2>
  );
  return (
    <>
      <BackTo href="#/keeper/counts" />
      {count.status === 'open' ? (
        <CountDesk count={count} me={me} jotted={own} fresh={!loading} reload={reload} head={head} />
      ) : (
        <>
          {head}
          <CountReview count={count} me={me} reload={reload} />
        </>
      )}
      {count.status === 'open' && <FoundForm count={count} done={reload} />}
      <EndCount count={count} done={reload} />
      <PaperLinks papers={['count-sheet']} id={count.warehouseId} />
    </>
  );
}
