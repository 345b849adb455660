import type { SocietyDto } from '../../../../src/access/access.dto.js';
import type { ChannelTestDto } from '../../../../src/dispatch/channel-test/channel-test.dto.js';
import { query } from '../../api/http.js';
import { useFetched } from '../../api/use-fetched.js';
import { stamp } from '../../i18n/format.js';
import { t } from '../../i18n/i18n.js';
import { useChanged } from '../../live/use-changed.js';
import { Act } from '../../parts/Act.js';
import { PaperList, PaperRow } from '../../relief-stock/parts/PaperList.js';

/** The silent tests of a desk's people, newest first; the first is started by hand, the others come each week. */
export function ChannelTests({ desk }: { desk: SocietyDto }) {
  const changed = useChanged('channel-test');
  const tests = useFetched<{ items: ChannelTestDto[] }>(
    `/channel-tests${query({ societyId: desk.id, limit: 50 })}`,
    changed,
  );
  const running = tests.data?.items.some(({ closedAt }) => closedAt === null) ?? true;
  return (
    <>
      <p>{t('channel-test.what')}</p>
      <Act
        label={t('channel-test.start')}
        look="primary"
        mark="channel-test"
        path="/channel-tests"
        body={{ societyId: desk.id }}
        said={t('channel-test.said-started')}
        done={tests.reload}
        blocked={running ? t('channel-test.runs') : null}
      />
      <PaperList
        of={tests}
        empty={t('channel-test.none')}
        row={(test) => (
          <PaperRow
            href={`#/duty/channels/${test.id}`}
            title={stamp(test.startedAt)}
            aside={test.closedAt ? t('channel-test.closed') : t('channel-test.until', { at: stamp(test.endsAt) })}
            state={t('channel-test.counts', test.counts)}
          />
        )}
      />
    </>
  );
}
