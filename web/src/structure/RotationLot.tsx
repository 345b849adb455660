import type {
  RotationDto,
  RotationLotDto,
  RotationStep,
} from '../../../src/suggestions/structure/rotation/rotation.dto.js';
import { count } from '../i18n/format.js';
import { t, tCode } from '../i18n/i18n.js';
import { yuan } from './figures.rules.js';
import { reckoning, type RotationWords, useRotationWords } from './rotation-words.js';

type Props = { lot: RotationLotDto; found: RotationDto };

/** One lot in a store: when it expires, what is expected to be used of it, and what is proposed for the rest. */
export function RotationLot({ lot, found }: Props) {
  const words = useRotationWords(found);
  const {
    itemId,
    lotCode,
    storeId,
    expiresOn,
    lastUseOn,
    arrivesOn,
    units,
    unusedUnits,
    savedUnits,
    leftUnits,
    brokenUnits,
    reason,
  } = lot;
  const unit = words.unit(itemId);
  return (
    <li className="structure-scenario">
      <p className="structure-line">
        {t('structure.rotation.lot', { item: words.item(itemId), lot: lotCode, store: words.store(storeId), units: count(units), unit, on: expiresOn })}
      </p>
      {arrivesOn && <p className="quiet">{t('structure.rotation.arrives', { on: arrivesOn })}</p>}
      <p className="quiet">
        {t('structure.rotation.last-use', { on: lastUseOn })} {reckoning(lot.use, unit)}
      </p>
      <p>
        {t('structure.rotation.unused', { units: count(unusedUnits), unit })}
        {savedUnits > 0 && t('structure.rotation.saved', { units: count(savedUnits), unit })}
        {savedUnits > 0 && words.worth(lot.savedValueFen)}
      </p>
      {brokenUnits > 0 && <p className="notice">{t('structure.rotation.broken-here', { units: count(brokenUnits), unit })}</p>}
      <ul className="structure-moves">
        {lot.steps.map((step, at) => (
          <Step key={`${step.kind} ${at}`} step={step} lot={lot} words={words} />
        ))}
      </ul>
      {reason && <p className="quiet">{tCode('structure.rotation.why.', reason.code, { left: count(leftUnits), unit, ...reason.params }, '')}</p>}
    </li>
  ); // prettier-ignore
}

type StepProps = { step: RotationStep; lot: RotationLotDto; words: RotationWords };

function Step({ step, lot, words }: StepProps) {
  const need = step.kind === 'need' ? words.need(step.needId) : undefined;
  return (
    <li className="structure-move">
      <div>
        <p>{stepLine(step, lot, words)}</p>
        {'tonneKm' in step && (
          <p className="quiet">
            {t('structure.cost', { km: count(Math.round(step.roadKm)), tonneKm: count(Number(step.tonneKm.toFixed(1))), yuan: yuan(step.costFen) })}
          </p>
        )}
        {step.kind === 'move' && <p className="quiet">{t('structure.rotation.there', { use: reckoning(step.use, words.unit(lot.itemId)) })}</p>}
        {'dearer' in step && step.dearer && <p className="notice">{t('structure.rotation.dearer')}</p>}
      </div>
      {need && <a href={need.kind === 'incident' ? `#/incidents/${need.id}/dispatch` : '#/requests'}>{t('structure.rotation.open-need')}</a>}
    </li>
  ); // prettier-ignore
}

function stepLine(step: RotationStep, { itemId, leftValueFen }: RotationLotDto, words: RotationWords): string {
  const figures = { units: count(step.units), unit: words.unit(itemId) };
  if (step.kind === 'move') return t('structure.rotation.step.move', { ...figures, to: words.store(step.toId) });
  if (step.kind === 'need') {
    const need = words.need(step.needId);
    return t(`structure.rotation.step.${need?.kind ?? 'incident'}`, { ...figures, number: need?.number ?? '', title: need?.title ?? '' }); // prettier-ignore
  }
  if (step.kind === 'write-off')
    return t('structure.rotation.step.write-off', { ...figures, on: step.on }) + words.worth(step.valueFen);
  return t(`structure.rotation.step.${step.kind}`, { ...figures, by: step.by }) + words.worth(leftValueFen);
}
