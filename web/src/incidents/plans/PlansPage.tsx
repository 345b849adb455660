import { useFetched } from '../../api/use-fetched.js';
import { useRoute } from '../../app/routes.js';
import { t } from '../../i18n/i18n.js';
import { useChanged } from '../../live/use-changed.js';
import { Loading } from '../../parts/Loading.js';
import { Refusal } from '../../parts/Refusal.js';
import { BackTo, NotYours } from '../../relief-stock/parts/PaperList.js';
import { SidePage } from '../../relief-stock/parts/SidePage.js';
import type { WholePlanDto } from '../../../../src/incidents/response/plans.dto.js';
import { draftAfter, draftOfPlan, EMPTY_PLAN } from './plan-draft.rules.js';
import { PlanForm } from './PlanForm.js';
import { PlanList } from './PlanList.js';
import { PlanSheet } from './PlanSheet.js';
import { useMayDraft } from './who.js';
import './plans.css';

/** The library of plans. `#/plans`, `#/plans/new[/AFTER]`, `#/plans/ID[/edit]` */
export default function PlansPage() {
  const { parts } = useRoute();
  const [first, second] = parts;
  const drafts = useMayDraft().length > 0;
  const writes = first === 'new' || second === 'edit';
  return (
    <SidePage title={t('plans.title')}>
      <div className="page plans">
        {first && <BackTo href="#/plans" />}
        {!first && <PlanList />}
        {writes && !drafts && <NotYours words={t('plans.who-drafts')} />}
        {drafts && first === 'new' && !second && <PlanForm key="new" start={EMPTY_PLAN} of={null} />}
        {drafts && first === 'new' && second && <OnePlan key={second} id={second} view="after" />}
        {first && first !== 'new' && (drafts || !writes) && (
          <OnePlan key={`${first} ${second}`} id={first} view={second === 'edit' ? 'edit' : 'read'} />
        )}
      </div>
    </SidePage>
  );
}

/** The plan of the address: to read, to amend, or to start a new one after. A form is filled once and not while somebody types. */
function OnePlan({ id, view }: { id: string; view: 'read' | 'edit' | 'after' }) {
  const changed = useChanged('plan');
  const { data, problem } = useFetched<WholePlanDto>(`/plans/${id}`, view === 'read' ? changed : 0);
  if (!data) return problem ? <Refusal problem={problem} /> : <Loading />;
  if (view === 'edit') return <PlanForm start={draftOfPlan(data)} of={data} />;
  if (view === 'after') return <PlanForm start={draftAfter(data)} of={null} />;
  return <PlanSheet plan={data} />;
}
