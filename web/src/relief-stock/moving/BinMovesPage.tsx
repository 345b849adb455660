import { useState } from 'react';
import type { FormEvent } from 'react';
import type { BinContentDto, BinMoveDto } from '../../../../src/relief-stock/moving/bin-move.dto.js';
import type { BinDto } from '../../../../src/relief-stock/relief-stock.dto.js';
import { useCommand } from '../../api/use-command.js';
import { useFetched } from '../../api/use-fetched.js';
import { count, stamp } from '../../i18n/format.js';
import { named, t } from '../../i18n/i18n.js';
import { useRows } from '../../live/hooks.js';
import { live } from '../../live/live.js';
import { Field } from '../../parts/Field.js';
import { Loading } from '../../parts/Loading.js';
import { Refusal } from '../../parts/Refusal.js';
import { say } from '../../parts/toast.js';
import { Expiry } from '../Expiry.js';
import './moving.css';
import { useChanged } from './use-changed.js';

type Props = { warehouseId: string; parts: readonly string[] };

/** What lies in which bin, and goods that change their bin: choose a bin, tap what moves, say where to. */
export default function BinMovesPage({ warehouseId }: Props) {
  useRows('item');
  const bins = useFetched<{ items: BinDto[] }>(`/warehouses/${warehouseId}/bins`);
  const [binId, chooseBin] = useState('');
  const changed = useChanged('bin-move', 'stock-level');
  const from = binId || bins.data?.items[0]?.id;
  const contents = useFetched<{ items: BinContentDto[] }>(
    from ? `/stock/bin-contents?warehouseId=${warehouseId}&binId=${from}&limit=500` : null,
    changed,
  );
  const [chosenId, choose] = useState<string | null>(null);
  const lying = contents.data?.items ?? [];
  return (
    <div className="moving">
      <Field label={t('moving.from-bin')}>
        <select className="input" value={from ?? ''} onChange={(event) => chooseBin(event.target.value)}>
          {bins.data?.items.map((bin) => (
            <option key={bin.id} value={bin.id}>
              {bin.code}
            </option>
          ))}
        </select>
      </Field>
      <Refusal problem={contents.problem ?? bins.problem} />
      {!contents.data && contents.loading && <Loading />}
      {contents.data && lying.length === 0 && <p className="empty">{t('moving.bin-empty')}</p>}
      <ul>
        {lying.map((content) => (
          <li key={content.id}>
            <ContentRow
              content={content}
              chosen={content.id === chosenId}
              choose={() => choose(content.id === chosenId ? null : content.id)}
            />
            {content.id === chosenId && (
              <MoveForm
                content={content}
                warehouseId={warehouseId}
                bins={bins.data?.items ?? []}
                done={contents.reload}
              />
            )}
          </li>
        ))}
      </ul>
      <LastMoves warehouseId={warehouseId} changed={changed} />
    </div>
  );
}

function ContentRow({ content, chosen, choose }: { content: BinContentDto; chosen: boolean; choose: () => void }) {
  const item = live.store.row('item', content.itemId);
  return (
    <button type="button" className="moving-row" aria-expanded={chosen} onClick={choose}>
      <b className="clip">{named(item)}</b>
      <b className="numeric">
        {count(content.onHandUnits)} {item?.unit}
      </b>
      <span className="quiet clip">
        {t('keeper.lot', { lot: content.lotCode })}
        {content.expiresOn && (
          <>
            {' · '}
            <Expiry on={content.expiresOn} />
          </>
        )}
        {content.fund && ` · ${content.fund}`}
        {content.condition !== 'good' && ` · ${t(`moving.condition.${content.condition}`)}`}
      </span>
      <span className="quiet numeric">{t('moving.available', { units: count(content.freeUnits) })}</span>
    </button>
  );
}

type MoveProps = { content: BinContentDto; warehouseId: string; bins: readonly BinDto[]; done: () => void };

function MoveForm({ content, warehouseId, bins, done }: MoveProps) {
  const [units, setUnits] = useState(String(content.freeUnits));
  const [toBinId, setTo] = useState('');
  const { busy, problem, send } = useCommand();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const moved = await send<BinMoveDto>('/stock/bin-moves', {
      warehouseId,
      lines: [{ contentId: content.id, toBinId, units: Number(units) }],
    });
    if (!moved) return;
    say(t('moving.said.bin-move', { number: moved.number }));
    done();
  };
  const fits = Number(units) >= 1 && Number(units) <= content.freeUnits;
  return (
    <form className="moving-found" onSubmit={(event) => void submit(event)}>
      <Field label={t('moving.units')}>
        <input
          className="input numeric"
          inputMode="numeric"
          maxLength={8}
          value={units}
          aria-invalid={!fits}
          onChange={(event) => setUnits(event.target.value.replace(/\D/g, ''))}
        />
      </Field>
      <Field label={t('moving.to-bin')}>
        <select className="input" value={toBinId} onChange={(event) => setTo(event.target.value)}>
          <option value="">{t('moving.choose')}</option>
          {bins.map((bin) =>
            bin.id === content.binId ? null : (
              <option key={bin.id} value={bin.id}>
                {bin.code}
              </option>
            ),
          )}
        </select>
      </Field>
      <button type="submit" className="button primary" disabled={busy || !fits || toBinId === ''}>
        {t('moving.act.bin-move')}
      </button>
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
