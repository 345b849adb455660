import { useState } from 'react';
import type { FormEvent } from 'react';
import type { CellDto } from '../../../../src/relief-stock/changing/adjustment.dto.js';
import type { BinMoveDto } from '../../../../src/relief-stock/moving/bin-move.dto.js';
import { useFetched } from '../../api/use-fetched.js';
import { useDraft } from '../../app/drafts.js';
import { count, stamp } from '../../i18n/format.js';
import { named, t, unitOf } from '../../i18n/i18n.js';
import { useRows } from '../../live/hooks.js';
import { live } from '../../live/live.js';
import { useChanged } from '../../live/use-changed.js';
import { Submit } from '../../parts/Act.js';
import { Refusal } from '../../parts/Refusal.js';
import { SelectField, TextField } from '../../parts/TextField.js';
import { say } from '../../parts/toast.js';
import { useActs, useSettled } from '../outbox/outbox.js';
import { unitsLeaving } from '../outbox/overlay.rules.js';
import { goodsWords } from '../outbox/words.js';
import { useStockAct } from '../outbox/use-act.js';
import { BinField, useBins } from '../parts/BinField.js';
import { CellMarks, freeOf, useCells } from '../parts/cells.js';
import { PaperList } from '../parts/PaperList.js';
import { KEEPS, useRoleAt } from '../parts/who.js';
import './moving.css';

const NO_MOVE = { units: '', toBinId: '' };
type Props = { warehouseId: string; parts: readonly string[] };

/** What lies in which bin, and goods that change their bin: choose a bin, tap what moves, say where to. */
export default function BinMovesPage({ warehouseId }: Props) {
  useRows('item');
  const bins = useBins(warehouseId);
  const [binId, chooseBin] = useState('');
  const changed = useChanged('bin-move', 'stock-level') + useSettled();
  const from = binId || bins[0]?.id;
  const contents = useCells(warehouseId, from ? { binId: from } : null);
  const [chosenId, choose] = useState<string | null>(null);
  return (
    <div className="page">
      <SelectField
        label={t('moving.from-bin')}
        value={from ?? ''}
        set={chooseBin}
        options={bins.map(({ id, code }) => ({ value: id, words: code }))}
      />
      <PaperList
        of={contents}
        empty={t('moving.bin-empty')}
        row={(cell) => (
          <CellRow
            cell={cell}
            chosen={cell.id === chosenId}
            choose={() => choose(cell.id === chosenId ? null : cell.id)}
            done={contents.reload}
          />
        )}
      />
      <LastMoves warehouseId={warehouseId} changed={changed} />
    </div>
  );
}

type RowProps = { cell: CellDto; chosen: boolean; choose: () => void; done: () => void };

function CellRow({ cell, chosen, choose, done }: RowProps) {
  const item = live.store.row('item', cell.itemId);
  const leaving = unitsLeaving(cell.id, useActs());
  return (
    <>
      <button type="button" className="paper-row" aria-expanded={chosen} onClick={choose}>
        <b className="paper-title">{named(item)}</b>
        <b className="paper-aside numeric">
          {count(cell.onHandUnits)} {unitOf(item)}
        </b>
        <span className="paper-state">
          {t('keeper.lot', { lot: cell.lotCode })} <CellMarks cell={cell} />
        </span>
        <span className="paper-detail quiet numeric">
          {t('moving.available', { units: count(freeOf(cell) - leaving) })}
          {leaving > 0 && ` · ${t('outbox.leaving', { units: count(leaving) })}`}
        </span>
      </button>
      {chosen && <MoveForm cell={cell} done={done} />}
    </>
  );
}

function MoveForm({ cell, done }: { cell: CellDto; done: () => void }) {
  const free = freeOf(cell) - unitsLeaving(cell.id, useActs());
  const name = `bin-move.${cell.id}`;
  const { values, change, discard } = useDraft(name, NO_MOVE);
  const units = values.units || String(free);
  const { toBinId } = values;
  const bins = useBins(cell.warehouseId);
  const keeps = useRoleAt(cell.warehouseId, KEEPS);
  const { busy, problem, act } = useStockAct();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const body = { warehouseId: cell.warehouseId, lines: [{ contentId: cell.id, toBinId, units: Number(units) }] };
    const goods = goodsWords([{ itemId: cell.itemId, units: Number(units) }]);
    const to = bins.find(({ id }) => id === toBinId)?.code;
    const moved = await act<BinMoveDto>({
      kind: 'bin-move', body, path: '/stock/bin-moves', direct: body, page: 'keeper/bin-moves', draft: { name, values: { units, toBinId } }, lotId: cell.lotId,
      label: t('outbox.did.bin-move', { goods, from: cell.binCode, to }),
    }); // prettier-ignore
    if (!moved) return;
    discard();
    if (moved !== 'kept') say(t('moving.said.bin-move', { number: moved.number }));
    done();
  };
  const fits = Number(units) >= 1 && Number(units) <= free;
  const incomplete = !fits || toBinId === '' ? t('moving.move-incomplete', { units: count(free) }) : null;
  return (
    <form className="form-row" onSubmit={(event) => void submit(event)}>
      <TextField
        label={t('moving.units')}
        type="units"
        value={units}
        set={(figure) => change({ units: figure })}
        invalid={!fits}
      />
      <BinField
        label={t('moving.to-bin')}
        warehouseId={cell.warehouseId}
        value={toBinId}
        set={(binId) => change({ toBinId: binId })}
        except={cell.binId}
      />
      <Submit
        look="primary"
        label={t('moving.act.bin-move')}
        busy={busy}
        lacks={keeps ? incomplete : t('keeper.only-keeper')}
      />
      <Refusal problem={problem} />
    </form>
  );
}

function LastMoves({ warehouseId, changed }: { warehouseId: string; changed: number }) {
  const { data } = useFetched<{ items: BinMoveDto[] }>(`/stock/bin-moves?warehouseId=${warehouseId}&limit=20`, changed);
  if (!data?.items.length) return null;
  return (
    <section aria-labelledby="last-moves">
      <h3 id="last-moves">{t('moving.last-moves')}</h3>
      <ul className="quiet">
        {data.items.map((move) => (
          <li key={move.id}>
            <span className="numeric">{stamp(move.occurredAt)}</span> {move.number} {move.movedBy}:{' '}
            {move.lines
              .map(
                ({ itemId, fromBin, toBin, units }) =>
                  `${named(live.store.row('item', itemId))} ${count(units)} ${fromBin} → ${toBin}`,
              )
              .join(', ')}
          </li>
        ))}
      </ul>
    </section>
  );
}
