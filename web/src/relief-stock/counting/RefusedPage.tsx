import type { CommandDto } from '../../../../src/relief-stock/offline/command.dto.js';
import { query } from '../../api/http.js';
import { useFetched } from '../../api/use-fetched.js';
import { stamp } from '../../i18n/format.js';
import { t, tCode } from '../../i18n/i18n.js';
import { Act } from '../../parts/Act.js';
import { PaperList, PaperRow } from '../parts/PaperList.js';

/** What tablets wrote down while they were away and the server refused: carried out as proposed, or dropped. `#/keeper/refused` */
export default function RefusedPage({ warehouseId }: { warehouseId: string }) {
  const refused = useFetched<{ items: CommandDto[] }>(`/stock/commands${query({ warehouseId, limit: 100 })}`);
  return (
    <div className="page">
      <p className="quiet">{t('refused.about')}</p>
      <PaperList of={refused} empty={t('refused.none')} row={(one) => <Refused one={one} done={refused.reload} />} />
    </div>
  );
}

function Refused({ one, done }: { one: CommandDto; done: () => void }) {
  const path = `/stock/commands/${one.id}/resolve`;
  const { proposal } = one;
  const seen = Object.values(one.seen ?? {}).filter((fact) => fact !== null);
  return (
    <PaperRow
      title={`${t(`refused.kind.${one.kind}`)} · ${one.userName}`}
      aside={stamp(one.occurredAt)}
      state={<b className="expired">{one.problem && tCode('problem.', one.problem.code, {}, one.problem.detail)}</b>}
      detail={seen.join(' · ') || undefined}
    >
      <div className="form-acts">
        <Act
          look="primary"
          label={t('refused.carry-out')}
          path={path}
          body={{ how: 'corrected', ...proposal }}
          said={t('refused.said-done')}
          done={done}
          blocked={proposal ? null : t('refused.no-proposal')}
        />
        <Act
          look="plain"
          label={t('refused.drop')}
          path={path}
          body={{ how: 'dropped' }}
          said={t('refused.said-dropped')}
          done={done}
        />
      </div>
    </PaperRow>
  );
}
