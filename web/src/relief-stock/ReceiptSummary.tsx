import { count } from '../i18n/format.js';
import { named, t, unitOf } from '../i18n/i18n.js';
import { live } from '../live/live.js';
import type { ReceiptDraft } from './receipt.rules.js';

type Props = { draft: ReceiptDraft; busy: boolean; announce: boolean; post: () => void; back: () => void };

/** The numbers once more before they become a fact. */
export function ReceiptSummary({ draft, busy, announce, post, back }: Props) {
  return (
    <section className="goods-receipt" aria-labelledby="summary-title">
      <h2 id="summary-title">{t(announce ? 'receiving.announce-check' : 'keeper.summary')}</h2>
      <p>
        {t(`keeper.source.${draft.source}`)} · {draft.sourceName} {draft.note && `· ${draft.note}`}
      </p>
      <table className="keeper-table">
        <thead>
          <tr>
            <th scope="col">{t('keeper.item')}</th>
            <th scope="col">{t('keeper.lot-code')}</th>
            <th scope="col">{t('keeper.expires-on')}</th>
            <th scope="col">{t('keeper.units')}</th>
          </tr>
        </thead>
        <tbody className="numeric">
          {draft.lines.map((line, n) => {
            const item = live.store.row('item', line.itemId);
            return (
              <tr key={n}>
                <th scope="row">{named(item)}</th>
                <td>{line.lotCode}</td>
                <td>{line.expiresOn || t('keeper.never-expires')}</td>
                <td className="level-available">
                  {count(Number(line.units))} <small>{unitOf(item)}</small>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {!announce && <p className="notice warning">{t('keeper.post-warning')}</p>}
      <button type="button" className="button primary huge" disabled={busy} onClick={post} autoFocus>
        {t(announce ? 'receiving.announce-post' : 'keeper.post')}
      </button>
      <button type="button" className="button" disabled={busy} onClick={back}>
        {t('act.back')}
      </button>
    </section>
  );
}
