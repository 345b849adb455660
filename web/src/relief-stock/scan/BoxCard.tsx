import { useState } from 'react';
import type { BoxDto } from '../../../../src/relief-stock/boxes/box.dto.js';
import type { BinDto } from '../../../../src/relief-stock/relief-stock.dto.js';
import { useCommand } from '../../api/use-command.js';
import { useFetched } from '../../api/use-fetched.js';
import { count } from '../../i18n/format.js';
import { t, unitOf } from '../../i18n/i18n.js';
import { Refusal } from '../../parts/Refusal.js';
import { say } from '../../parts/toast.js';
import { Expiry } from '../Expiry.js';
import { useOwnWarehouses } from '../warehouses.js';

/** What a box or pallet holds, and, for the keeper where it stands, moving or opening it as a whole. */
export function BoxCard({ box, reload }: { box: BoxDto; reload: () => void }) {
  const own = useOwnWarehouses();
  const isHere = own.some(({ id }) => id === box.warehouseId);
  return (
    <>
      <p>
        <b>{t(`scan.box.${box.status}`)}</b>{' '}
        {box.status === 'packed' ? t('scan.bin', { bin: box.binCode }) : (box.leftWith ?? '')}
      </p>
      <ul className="scan-goods">
        {box.contents.map((goods) => (
          <li key={`${goods.boxId} ${goods.contentId}`}>
            <span>
              {goods.itemName} <small className="quiet">{goods.lotCode}</small>{' '}
              {goods.expiresOn && <Expiry on={goods.expiresOn} />}
            </span>
            <b>
              {count(goods.units)} {unitOf(goods)}
            </b>
          </li>
        ))}
      </ul>
      {isHere && box.status === 'packed' && <BoxActs box={box} reload={reload} />}
    </>
  );
}

function BoxActs({ box, reload }: { box: BoxDto; reload: () => void }) {
  const { busy, problem, send } = useCommand();
  const { data } = useFetched<{ items: BinDto[] }>(`/warehouses/${box.warehouseId}/bins`);
  const [toBinId, choose] = useState('');
  const act = async (path: string, body: object, said: string) => {
    if (!(await send(`/stock/boxes/${box.id}/${path}`, { version: box.version, ...body }))) return;
    say(t(said));
    reload();
  };
  return (
    <div className="scan-box-acts">
      <Refusal problem={problem} />
      <label className="field">
        <span className="label">{t('scan.to-bin')}</span>
        <select className="input" value={toBinId} onChange={(event) => choose(event.target.value)}>
          <option value="">{t('scan.choose')}</option>
          {(data?.items ?? [])
            .filter(({ id }) => id !== box.binId)
            .map(({ id, code }) => (
              <option key={id} value={id}>
                {code}
              </option>
            ))}
        </select>
      </label>
      <button type="button" className="button" disabled={busy || toBinId === ''} onClick={() => void act('move', { toBinId }, 'scan.said-moved')}>
        {t('scan.move-box')}
      </button>
      <button type="button" className="button" disabled={busy} onClick={() => void act('break', {}, 'scan.said-broken')}>
        {t('scan.break-box')}
      </button>
    </div>
  );
} // prettier-ignore
