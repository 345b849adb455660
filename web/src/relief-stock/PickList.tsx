import { count } from '../i18n/format.js';
import { named, t, unitOf } from '../i18n/i18n.js';
import { live } from '../live/live.js';
import { useSetAside } from './parts/cells.js';
import { Expiry } from './Expiry.js';
import type { Pick, pickList } from './order.rules.js';

type PickProps = {
  bins: ReturnType<typeof pickList>;
  warehouseId: string;
  done: string[];
  /** Null while picking has not begun: the list is shown, not ticked. */
  toggle: ((done: string[]) => void) | null;
};

/** Bin after bin; ticks stay on this tablet through reload and power loss. */
export function PickList({ bins, warehouseId, done, toggle }: PickProps) {
  const setAside = useSetAside(warehouseId);
  return (
    <section className="pick-list" data-tour="pick-list" aria-label={t('keeper.pick-list')}>
      {bins.map(({ binCode, picks }) => (
        <div key={binCode} className="pick-bin">
          <h3>{binCode}</h3>
          <ul>
            {picks.map((pick) => {
              const ticked = done.includes(pick.key);
              const others = done.filter((each) => each !== pick.key);
              return (
                <li key={pick.key}>
                  <PickRow
                    pick={pick}
                    held={setAside.has(`${pick.itemId}/${pick.lotCode}`)}
                    ticked={ticked}
                    toggle={toggle && (() => toggle(ticked ? others : [...others, pick.key]))}
                  />
                </li>
              );
            })}
          </ul>
        </div>
      ))}
    </section>
  );
}

type RowProps = { pick: Pick; held: boolean; ticked: boolean; toggle: (() => void) | null };

function PickRow({ pick, held, ticked, toggle }: RowProps) {
  const item = live.store.row('item', pick.itemId);
  return (
    <label className={ticked ? 'ticked' : ''}>
      <input type="checkbox" checked={ticked} disabled={toggle === null} onChange={() => toggle?.()} />
      <span className="pick-item">
        {named(item)}
        <small className="quiet">
          {t('keeper.lot', { lot: pick.lotCode })}
          {pick.expiresOn && (
            <>
              {' \u00b7 '}
              <Expiry on={pick.expiresOn} />
            </>
          )}
        </small>
        {held && (
          <b className="expired">
            <span aria-hidden="true">✕</span> {t('changing.may-not-leave')}
          </b>
        )}
      </span>
      <b className="numeric pick-units">
        {count(pick.units)} <small>{unitOf(item)}</small>
      </b>
    </label>
  );
}
