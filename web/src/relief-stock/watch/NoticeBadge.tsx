import type { NoticeDto } from '../../../../src/relief-stock/watch/watch.dto.js';
import { useFetched } from '../../api/use-fetched.js';
import { t } from '../../i18n/i18n.js';
import { useChanged } from '../../live/use-changed.js';

export const openNoticesOf = (warehouseId: string) => `/stock/notices?warehouseId=${warehouseId}&open=true&limit=500`;

/** How many notices nobody has looked at yet. */
export default function NoticeBadge({ warehouseId }: { warehouseId: string }) {
  const changed = useChanged('stock-notice');
  const { data } = useFetched<{ items: NoticeDto[] }>(openNoticesOf(warehouseId), changed);
  const unseen = data?.items.filter(({ acknowledgedAt }) => acknowledgedAt === null).length ?? 0;
  return unseen > 0 ? <b className="tile-count">{t('watch.unseen', { count: unseen })}</b> : null;
}
