import { useState } from 'react';
import type { TransferDto } from '../../../src/relief-stock/moving/transfer.dto.js';
import type {
  RotationDto,
  RotationLotDto,
  RotationStep,
} from '../../../src/suggestions/structure/rotation/rotation.dto.js';
import { maySomewhere } from '../access/may.js';
import { useSession } from '../access/session.js';
import { newId } from '../api/ids.js';
import { useCommand } from '../api/use-command.js';
import { count } from '../i18n/format.js';
import { t, tCode } from '../i18n/i18n.js';
import { Press } from '../parts/Act.js';
import { say } from '../parts/toast.js';
import { yuan } from './figures.rules.js';
import { reckoning, type RotationWords, useRotationWords } from './rotation-words.js';

type Props = { lot: RotationLotDto; found: RotationDto; done: () => void };
type Move = Extract<RotationStep, { kind: 'move' }>;
const DAY_MS = 86_400_000;
/** A lorry leaves within days: the draft plans its arrival a week from now, and the desk changes that. */
const PLANNED_DAYS = 7;

/** One lot in a store: when it expires, what is expected to be used of it, and what is proposed for the rest. */
export function RotationLot({ lot, found, done }: Props) {
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
          <Step key={`${step.kind} ${at}`} step={step} lot={lot} words={words} done={done} />
        ))}
      </ul>
      {reason && <p className="quiet">{tCode('structure.rotation.why.', reason.code, { left: count(leftUnits), unit, ...reason.params }, '')}</p>}
    </li>
  ); // prettier-ignore
}

type StepProps = { step: RotationStep; lot: RotationLotDto; words: RotationWords; done: () => void };

function Step({ step, lot, words, done }: StepProps) {
  const line = stepLine(step, lot, words);
  const need = step.kind === 'need' ? words.need(step.needId) : undefined;
  return (
    <li className="structure-move">
      <div>
        <p>{line}</p>
        {'tonneKm' in step && (
          <p className="quiet">
            {t('structure.cost', { km: count(Math.round(step.roadKm)), tonneKm: count(Number(step.tonneKm.toFixed(1))), yuan: yuan(step.costFen) })}
          </p>
        )}
        {step.kind === 'move' && <p className="quiet">{t('structure.rotation.there', { use: reckoning(step.use, words.unit(lot.itemId)) })}</p>}
        {'dearer' in step && step.dearer && <p className="notice">{t('structure.rotation.dearer')}</p>}
      </div>
      {step.kind === 'move' && <DraftMove move={step} lot={lot} line={line} done={done} />}
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

/** Writes the draft of the transfer, with this lot named; ordering it is a step of its own. */
function DraftMove({ move, lot, line, done }: { move: Move; lot: RotationLotDto; line: string; done: () => void }) {
  const { actor } = useSession();
  const { busy, problem, send } = useCommand();
  const [id] = useState(newId);
  if (!maySomewhere(actor, 'stock.transfer')) return null;
  const draft = async () => {
    const { lotId, lotCode, itemId, expiresOn } = lot;
    const made = await send<TransferDto>('/stock/transfers', {
      id, fromWarehouseId: lot.storeId, toWarehouseId: move.toId, plannedArrivalAt: new Date(Date.now() + PLANNED_DAYS * DAY_MS).toISOString(),
      note: t('structure.rotation.note', { lot: lotCode, on: expiresOn }), goods: [{ itemId, units: move.units, lotId }],
    });
    if (!made) return;
    say(t('structure.taken-now', { number: made.number }));
    done();
  }; // prettier-ignore
  return (
    <div role="group" aria-label={`${lot.lotCode} ${line}`}>
      <Press label={t('structure.take')} look="plain" busy={busy} problem={problem} blocked={null} press={() => void draft()} />
    </div>
  ); // prettier-ignore
}
