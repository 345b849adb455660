import type { PlanDto, Requirement, WholePlanDto } from '../../../../src/incidents/response/plans.dto.js';
import { stamp } from '../../i18n/format.js';
import { t } from '../../i18n/i18n.js';
import { useRow } from '../../live/hooks.js';
import { live } from '../../live/live.js';
import { Act, ReasonAct } from '../../parts/Act.js';
import { minutesText } from '../../parts/duration.js';
import { go } from '../../app/routes.js';
import { lineText, sourceText, titled, triggerText } from '../response/words.js';
import { LEVELS } from './plan-draft.rules.js';
import { hazardText, PlanMarks } from './PlanList.js';
import { useMayDraft, useMayRelease } from './who.js';

/** One version to read: its figures with their sources, and what each level adds, the inherited lines among them. */
export function PlanSheet({ plan }: { plan: WholePlanDto }) {
  const society = useRow('society', plan.societyId);
  return (
    <article className="plan-sheet">
      <h2 data-tour="plan-head">
        {titled(plan)} <small className="quiet">{t('plans.number', { number: plan.number })}</small>
      </h2>
      <p>
        <PlanMarks plan={plan} /> · {society?.name ?? t('plan-state.template')} · {hazardText(plan.hazard)}
        {plan.reviewOn && <> · {t('plans.review-on', { day: plan.reviewOn })}</>}
      </p>
      {plan.state === 'template' && <p className="notice warning">{t('plans.template-note')}</p>}
      <Origin plan={plan} />
      <Steps plan={plan} />
      <h3>{t('plans.triggers')}</h3>
      {plan.effective.triggers.length === 0 && <p className="quiet">{t('plans.no-triggers')}</p>}
      <ul className="plan-lines">
        {plan.effective.triggers.map((trigger, index) => (
          <li key={index}>
            {triggerText(trigger)}{' '}
            <span className={`quiet${trigger.source === 'no-source' ? ' no-source' : ''}`}>
              {sourceText(trigger.source)}
            </span>
          </li>
        ))}
      </ul>
      {LEVELS.map((level) => (
        <section key={level}>
          <h3>{t('plans.level-adds', { level: t(`response-level.${level}`) })}</h3>
          <Lines lines={plan.effective.adds[level]} own={plan.adds[level]} inherits={plan.inherits !== null} />
        </section>
      ))}
      {plan.note && (
        <>
          <h3>{t('plans.note')}</h3>
          <p className="plan-note">{plan.note}</p>
        </>
      )}
    </article>
  );
}

function Origin({ plan }: { plan: PlanDto }) {
  return (
    <p className="quiet">
      {plan.source && <>{t('plans.source-of', { source: plan.source })} · </>}
      {plan.state !== 'template' && t('plans.drafted', { name: plan.draftedBy, at: stamp(plan.draftedAt) })}
      {plan.inForceAt && <> · {t('plans.released', { name: plan.releasedBy ?? '', at: stamp(plan.inForceAt) })}</>}
      {plan.retiredAt && <> · {t('plans.retired', { reason: plan.retiredReason ?? '', at: stamp(plan.retiredAt) })}</>}
      {plan.inherits && (
        <>
          {' · '}
          <a href={`#/plans/${plan.inherits.id}`}>
            {t('plans.inherits-from', { title: plan.inherits.title, number: plan.inherits.number })}
          </a>
        </>
      )}
    </p>
  );
}

const keyOf = ({ kind, code, count }: Requirement): string => `${kind} ${code} ${count}`;

function Lines({ lines, own, inherits }: { lines: Requirement[]; own: Requirement[]; inherits: boolean }) {
  if (lines.length === 0) return <p className="quiet">{t('plans.nothing-added')}</p>;
  // Own lines stand after the inherited ones.
  const firstOwn = lines.length - own.length;
  return (
    <ul className="plan-lines">
      {lines.map((line, index) => (
        <li key={`${keyOf(line)} ${index}`}>
          <span className="quiet">{t(`plan-kind.${line.kind}`)}</span> {lineText(line, live.store)}{' '}
          <span className="quiet">
            {t(`role.${line.ownerRole}`)} · {t('plan-line.due', { time: minutesText(line.dueMin) })}
            {inherits && <> · {t(index < firstOwn ? 'plans.inherited' : 'plans.own')}</>}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Steps({ plan }: { plan: PlanDto }) {
  const { id, version, state } = plan;
  const drafts = useMayDraft();
  const mayDraft = drafts.some((society) => society.id === plan.societyId);
  const mayRelease = useMayRelease().some((society) => society.id === plan.societyId);
  const below = drafts.some((society) => society.id !== plan.societyId);
  return (
    <div className="form-acts" data-tour="plan-steps">
      {state === 'draft' && mayDraft && (
        <a className="button" href={`#/plans/${id}/edit`}>
          {t('plan-step.amend')}
        </a>
      )}
      {state === 'draft' && (
        <Act
          look="primary"
          label={t('plan-step.release')}
          path={`/plans/${id}/release`}
          body={{ version }}
          said={t('said.plan-released', { title: plan.title })}
          blocked={mayRelease ? null : t('plans.who-releases')}
        />
      )}
      {(state === 'in-force' || state === 'retired') && mayDraft && (
        <Act<PlanDto>
          look="plain"
          label={t('plan-step.renew')}
          path={`/plans/${id}/renew`}
          body={{ version }}
          done={(made) => go(`plans/${made.id}/edit`)}
        />
      )}
      {((state === 'template' && drafts.length > 0) || (state === 'in-force' && below)) && (
        <a className="button" href={`#/plans/new/${id}`}>
          {t(state === 'template' ? 'plan-step.adapt' : 'plan-step.inherit')}
        </a>
      )}
      {((state === 'draft' && mayDraft) || (state === 'in-force' && mayRelease && mayDraft)) && (
        <ReasonAct label={t(`plan-step.retire-${state}`)} path={`/plans/${id}/retire`} body={{ version }} />
      )}
    </div>
  );
}
