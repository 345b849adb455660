import { t, tCode } from '../../i18n/i18n.js';
import { Act, ReasonAct } from '../../parts/Act.js';
import { APPROVES, KEEPS, useRoleAt } from './who.js';

type Mark = { id: string; number: string; status: string } | null;
type Props = {
  documentId: string;
  warehouseId: string;
  reversal: Mark;
  done: () => void;
  /** Why this paper cannot be taken back now; it is the paper's own rule. */
  blocked?: string | null;
};

/** A posted paper is never edited: it is taken back by another one, above the threshold with a second person. */
export function Reversal({ documentId, warehouseId, reversal, done, blocked = null }: Props) {
  const keeps = useRoleAt(warehouseId, KEEPS);
  const open = reversal !== null && ['submitted', 'posted'].includes(reversal.status);
  return (
    <>
      {reversal && (
        <p className="notice warning">{tCode('adjustments.reversal.', reversal.status, { number: reversal.number })}</p>
      )}
      {reversal?.status === 'submitted' && <Decide id={reversal.id} warehouseId={warehouseId} done={done} />}
      {!open && (
        <ReasonAct
          label={t('changing.reverse')}
          path="/stock/reversals"
          body={{ documentId }}
          said={t('changing.said-reverse')}
          done={done}
          blocked={blocked ?? (keeps ? null : t('keeper.only-keeper'))}
        />
      )}
    </>
  );
}

/** A reversal that waits: another person says yes or no; who asked may take it back. */
export function Decide({ id, warehouseId, done }: { id: string; warehouseId: string; done: () => void }) {
  const keeps = useRoleAt(warehouseId, KEEPS);
  const approves = useRoleAt(warehouseId, APPROVES);
  const path = `/stock/reversals/${id}`;
  const blocked = approves ? null : t('keeper.only-checker');
  return (
    <div className="form-acts">
      <Act
        look="primary"
        label={t('changing.approve-reversal')}
        path={`${path}/approve`}
        done={done}
        blocked={blocked}
      />
      {approves && <ReasonAct label={t('changing.reject-reversal')} path={`${path}/reject`} done={done} />}
      {keeps && <Act look="plain" label={t('changing.cancel-reversal')} path={`${path}/cancel`} done={done} />}
    </div>
  );
}
