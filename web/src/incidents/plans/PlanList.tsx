import { useState } from 'react';
import type { PlanDto } from '../../../../src/incidents/response/plans.dto.js';
import { INCIDENT_KINDS } from '../../../../src/incidents/incidents.dto.js';
import { useFetched } from '../../api/use-fetched.js';
import { stamp } from '../../i18n/format.js';
import { t } from '../../i18n/i18n.js';
import { serverNow } from '../../live/clock.js';
import { useRows } from '../../live/hooks.js';
import { useChanged } from '../../live/use-changed.js';
import { SelectField } from '../../parts/TextField.js';
import { NewPaper, PaperList, PaperRow } from '../../relief-stock/parts/PaperList.js';
import { titled } from '../response/words.js';
import { isReviewLate, sectionsOf, standsOnOld } from './review.rules.js';
import { useMayDraft } from './who.js';

export const today = (): string => stamp(serverNow()).slice(0, 10);

/** Every version that I may see, by society and hazard; those whose review is overdue come first. */
export function PlanList() {
  const [societyId, setSociety] = useState('');
  const [hazard, setHazard] = useState('');
  const plans = useFetched<{ items: PlanDto[] }>('/plans?limit=500', useChanged('plan'));
  const societies = useRows('society');
  const may = useMayDraft().length > 0;
  const names = new Map(societies.map((society) => [society.id, society.name]));
  const held = new Set(plans.data?.items.flatMap((plan) => plan.societyId ?? []));
  const fits = (plan: PlanDto) =>
    (societyId === '' || plan.societyId === societyId || plan.state === 'template') &&
    (hazard === '' || plan.hazard === hazard);
  const shown = plans.data && { items: plans.data.items.filter(fits) };
  return (
    <>
      {may && <NewPaper href="#/plans/new" may="plan.draft" words={t('plans.new')} />}
      <div className="form-grid">
        <SelectField
          label={t('plans.society')}
          value={societyId}
          set={setSociety}
          none={t('plans.all')}
          options={societies
            .filter(({ id }) => held.has(id))
            .sort((a, b) => a.adcode.localeCompare(b.adcode))
            .map(({ id, name }) => ({ value: id, words: name }))}
        />
        <SelectField
          label={t('plans.hazard')}
          value={hazard}
          set={setHazard}
          none={t('plans.all')}
          options={[...INCIDENT_KINDS, 'any'].map((each) => ({ value: each, words: hazardText(each) }))}
        />
      </div>
      <PaperList
        of={{ ...plans, data: shown }}
        empty={t('plans.none')}
        sections={(rows) =>
          sectionsOf(rows, today()).map((section) => ({ title: t(`plan-section.${section.key}`), rows: section.plans }))
        }
        row={(plan) => (
          <PaperRow
            href={`#/plans/${plan.id}`}
            title={titled(plan)}
            aside={t('plans.number', { number: plan.number })}
            state={<PlanMarks plan={plan} />}
            detail={[
              names.get(plan.societyId ?? ''),
              hazardText(plan.hazard),
              plan.reviewOn && t('plans.review-on', { day: plan.reviewOn }),
            ]
              .filter(Boolean)
              .join(' · ')}
          />
        )}
      />
    </>
  );
}

export const hazardText = (hazard: string): string => (hazard === 'any' ? t('plans.any-hazard') : t(`kind.${hazard}`));

/** How a version stands, and what is wrong with it. */
export function PlanMarks({ plan }: { plan: PlanDto }) {
  return (
    <>
      {t(`plan-state.${plan.state}`)}
      {isReviewLate(plan, today()) && <b className="unmet"> {t('plans.review-late')}</b>}
      {standsOnOld(plan) && <b className="unmet"> {t('plans.stands-on-old')}</b>}
    </>
  );
}
