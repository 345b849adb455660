import { useState } from 'react';
import type { RequestHeadDto } from '../../../../src/relief-stock/requests/requests.dto.js';
import { query } from '../../api/http.js';
import { useFetched } from '../../api/use-fetched.js';
import { count, stamp } from '../../i18n/format.js';
import { t } from '../../i18n/i18n.js';
import { live } from '../../live/live.js';
import { PaperList, PaperRow } from '../parts/PaperList.js';
import { NewRequest } from './NewRequest.js';
import { RequestSheet } from './RequestSheet.js';
import './requests.css';
import { useChanged } from '../../live/use-changed.js';

type Props = { warehouseId?: string; parts: readonly string[]; base?: string };
const SIDES = ['own', 'to-answer'] as const;

/** Requests for goods: the own ones and those that wait for an answer; one of them whole; a new one. */
export default function RequestsPage({ warehouseId, parts, base = 'keeper/requests' }: Props) {
  const [open] = parts;
  if (open === 'new') return <NewRequest warehouseId={warehouseId} base={base} />;
  if (open) return <RequestSheet id={open} base={base} />;
  return <RequestList base={base} first={warehouseId ? 'own' : 'to-answer'} />;
}

function RequestList({ base, first }: { base: string; first: (typeof SIDES)[number] }) {
  const [side, setSide] = useState<(typeof SIDES)[number]>(first);
  const changed = useChanged('stock-request');
  const requests = useFetched<{ items: RequestHeadDto[] }>(`/stock/requests${query({ side, limit: 100 })}`, changed);
  return (
    <div className="page">
      <p className="request-tools" data-tour="request-tools">
        {SIDES.map((each) => (
          <button
            key={each}
            type="button"
            className="button"
            aria-pressed={side === each}
            onClick={() => setSide(each)}
          >
            {t(`request.side-${each}`)}
          </button>
        ))}
        <a className="button primary" href={`#/${base}/new`}>
          <span aria-hidden="true">+</span> {t('request.new')}
        </a>
      </p>
      <PaperList
        of={requests}
        empty={t(`request.none-${side}`)}
        row={(head) => (
          <PaperRow
            href={`#/${base}/${head.id}`}
            title={`${head.number} · ${live.store.row('society', head.societyId)?.shortName ?? ''}`}
            aside={<span className={`request-status status-${head.status}`}>{t(`request.status.${head.status}`)}</span>}
            state={`${head.place} · ${t('request.needed-by', { at: stamp(head.neededBy) })}`}
            detail={t('request.progress', {
              committed: count(head.committedUnits),
              requested: count(head.requestedUnits),
              lines: head.lineCount,
            })}
          />
        )}
      />
    </div>
  );
}
