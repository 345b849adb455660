import { useState } from 'react';
import type { AdviceDetailDto, AdviceResult } from '../../../src/suggestions/structure/structure.dto.js';
import { useCommand } from '../api/use-command.js';
import { maySomewhere } from '../access/may.js';
import { useSession } from '../access/session.js';
import { count, stamp } from '../i18n/format.js';
import { t } from '../i18n/i18n.js';
import { Press } from '../parts/Act.js';
import { say } from '../parts/toast.js';
import { hours, yuan } from './figures.rules.js';
import type { Names } from './names.js';

type Move = AdviceResult['moves'][number];
type Props = { advice: AdviceDetailDto; result: AdviceResult; names: Names; done: () => void };

/** Shown at first; the others are there at a press. */
const FIRST = 8;

/** The moves that are advised, those that spare people most first, each with its reason and its price. */
export function Moves({ advice, result, names, done }: Props) {
  const [all, setAll] = useState(false);
  const moves = result.moves
    .map((move, at) => ({ move, at }))
    .sort((a, b) => b.move.savedPersonMin - a.move.savedPersonMin);
  const sum = (of: (move: Move) => number): number => result.moves.reduce((total, move) => total + of(move), 0);
  const shown = all ? moves : moves.slice(0, FIRST);
  return (
    <section className="structure-part">
      <h2>{t('structure.moves', { count: moves.length })}</h2>
      {moves.length === 0 ? (
        <p className="empty">{t('structure.no-moves')}</p>
      ) : (
        <p>
          {t('structure.moves-sum', { tonneKm: count(Math.round(sum((move) => move.tonneKm))), yuan: yuan(sum((move) => move.costFen)), fen: (advice.ask.fenPerTonneKm / 100).toFixed(2) })}
        </p>
      )}
      <ol className="structure-moves">
        {shown.map(({ move, at }) => (
          <MoveRow key={at} at={at} move={move} advice={advice} names={names} done={done} />
        ))}
      </ol>
      {moves.length > shown.length && (
        <button type="button" className="button" onClick={() => setAll(true)}>
          {t('structure.all-moves', { count: moves.length })}
        </button>
      )}
    </section>
  ); // prettier-ignore
}

/** Why: the scenario that gains most, with the last arrival where it moves, and the mean. */
function reasonOf({ scenarioId, latestWithoutMin, latestMin, meanWithoutMin, meanMin }: Move, names: Names): string {
  const scenario = names.scenario(scenarioId);
  const mean = { before: hours(meanWithoutMin), after: hours(meanMin) };
  if (latestWithoutMin === null || latestMin === null || latestMin >= latestWithoutMin)
    return t('structure.reason-mean', { scenario, ...mean });
  return t('structure.reason-latest', {
    scenario,
    latestBefore: hours(latestWithoutMin),
    latestAfter: hours(latestMin),
    ...mean,
  });
}

function MoveRow({ at, move, advice, names, done }: Omit<Props, 'result'> & { at: number; move: Move }) {
  const words = {
    units: count(move.units), unit: names.unit(move.itemId), item: names.item(move.itemId), from: names.store(move.fromId),
    to: names.store(move.toId),
  }; // prettier-ignore
  const line = t('structure.move', words);
  const taken = advice.taken.find((one) => one.move === at);
  return (
    <li className="structure-move">
      <div>
        <p className="structure-line">{line}</p>
        <p>{reasonOf(move, names)}</p>
        <p className="quiet">
          {t('structure.cost', { km: count(Math.round(move.roadKm)), tonneKm: count(Number(move.tonneKm.toFixed(1))), yuan: yuan(move.costFen) })}
          {move.packUnits > 1 && t('structure.packs', { packs: count(move.units / move.packUnits), units: move.packUnits })}
        </p>
        {move.aboveMaximum && <p className="quiet">{t('structure.above-maximum')}</p>}
      </div>
      {taken ? (
        <p className="structure-taken">
          {t('structure.taken', { number: taken.transferNumber, by: taken.by, at: stamp(taken.at) })}{' '}
          <a href={`#/keeper/transfers/${taken.transferId}`}>{t('structure.open-transfer')}</a>
        </p>
      ) : (
        <TakeMove at={at} line={line} advice={advice} done={done} />
      )}
    </li>
  ); // prettier-ignore
}

function TakeMove({ at, line, advice, done }: { at: number; line: string; advice: AdviceDetailDto; done: () => void }) {
  const { actor } = useSession();
  const { busy, problem, send } = useCommand();
  if (!maySomewhere(actor, 'stock.transfer')) return null;
  const take = async () => {
    const answer = await send<AdviceDetailDto>(`/structure/advice/${advice.id}/take`, {
      version: advice.version,
      move: at,
    });
    done();
    if (answer)
      say(t('structure.taken-now', { number: answer.taken.find((one) => one.move === at)?.transferNumber ?? '' }));
  };
  return (
    <div role="group" aria-label={line}>
      <Press
        label={t('structure.take')}
        look="plain"
        busy={busy}
        problem={problem}
        blocked={null}
        press={() => void take()}
      />
    </div>
  );
}
