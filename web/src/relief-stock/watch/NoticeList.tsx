import type { NoticeDto, NoticeKind } from '../../../../src/relief-stock/watch/watch.dto.js';
import { useCommand } from '../../api/use-command.js';
import { useFetched } from '../../api/use-fetched.js';
import { count, stamp } from '../../i18n/format.js';
import { named, t, unitOf } from '../../i18n/i18n.js';
import { live } from '../../live/live.js';
import { Refusal } from '../../parts/Refusal.js';
import { useChanged } from '../../live/use-changed.js';
import { openNoticesOf } from './NoticeBadge.js';

/** Gravest first: what may harm people, then what is missing, then what only costs room. */
const ORDER: readonly NoticeKind[] = [
  'expired',
  'signature-overdue',
  'below-minimum',
  'expiring',
  'above-maximum',
  'cold',
];
const SIGNS: Record<NoticeKind, string> = {
  expired: '✕', 'below-minimum': '▽', expiring: '◷', 'above-maximum': '△', cold: '❄', 'signature-overdue': '✎',
}; // prettier-ignore

export function NoticeList({ warehouseId }: { warehouseId: string }) {
  const changed = useChanged('stock-notice');
  const { data, problem, reload } = useFetched<{ items: NoticeDto[] }>(openNoticesOf(warehouseId), changed);
  const kinds = ORDER.map((kind) => [kind, (data?.items ?? []).filter((notice) => notice.kind === kind)] as const);
  return (
    <>
      <Refusal problem={problem} />
      {data?.items.length === 0 && <p className="empty">{t('watch.none')}</p>}
      {kinds.map(([kind, notices]) =>
        notices.length > 0 ? (
          <section key={kind}>
            <h3>
              <span aria-hidden="true">{SIGNS[kind]}</span> {t(`watch.kind.${kind}`)} {count(notices.length)}
            </h3>
            <ul>
              {notices.map((notice) => (
                <Notice key={notice.id} notice={notice} reload={reload} />
              ))}
            </ul>
          </section>
        ) : null,
      )}
    </>
  );
}

function Notice({ notice, reload }: { notice: NoticeDto; reload: () => void }) {
  const { busy, problem, send } = useCommand();
  const item = notice.itemId === null ? undefined : live.store.row('item', notice.itemId);
  const figures = Object.fromEntries(
    Object.entries(notice.figures).map(([key, value]) => [
      key,
      key === 'dueAt' ? stamp(String(value)) : typeof value === 'number' ? count(value) : value,
    ]),
  );
  const acknowledge = async () => {
    if (await send(`/stock/notices/${notice.id}/acknowledge`, { version: notice.version })) reload();
  };
  return (
    <li>
      <span>
        <b>{notice.documentNumber ?? named(item)}</b> <span className="quiet">{item?.code}</span>{' '}
        {notice.lotCode && <span>{t('watch.lot', { lot: notice.lotCode })}</span>}
        <br />
        {t(`watch.figures.${notice.kind}`, { ...figures, unit: unitOf(item) })}
        <br />
        <small className="quiet">
          {t('watch.since', { at: stamp(notice.sinceAt) })}
          {notice.acknowledgedBy && ` · ${t('watch.seen-by', { name: notice.acknowledgedBy })}`}
        </small>
        <Refusal problem={problem} />
      </span>
      {!notice.acknowledgedBy && (
        <button type="button" className="button" disabled={busy} onClick={() => void acknowledge()}>
          {t('watch.acknowledge')}
        </button>
      )}
    </li>
  );
}
