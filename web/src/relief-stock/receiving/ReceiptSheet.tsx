import { useState } from 'react';
import type { ReceiptDto } from '../../../../src/relief-stock/receiving/receipt.dto.js';
import { useSession } from '../../access/session.js';
import { useFetched } from '../../api/use-fetched.js';
import { stamp } from '../../i18n/format.js';
import { t } from '../../i18n/i18n.js';
import { useChanged } from '../../live/use-changed.js';
import { Act, ReasonAct } from '../../parts/Act.js';
import { Loading } from '../../parts/Loading.js';
import { Refusal } from '../../parts/Refusal.js';
import { BackTo } from '../parts/PaperList.js';
import { PaperLinks } from '../parts/PaperLinks.js';
import { Reversal } from '../parts/Reversal.js';
import { AcceptForm } from './AcceptForm.js';
import { hasSigned } from './accept.rules.js';
import { CountForm } from './CountForm.js';
import { PutAwayForm } from './PutAwayForm.js';
import { ReceiptLines } from './ReceiptLines.js';

/** One receipt: what it is, and the one step that comes next. */
export function ReceiptSheet({ id, warehouseId }: { id: string; warehouseId: string }) {
  const changed = useChanged('goods-receipt');
  const { data, problem, reload } = useFetched<ReceiptDto>(`/stock/receipts/${id}`, changed);
  const [told, setTold] = useState<ReceiptDto | null>(null);
  // The answer of a step is newer than what was fetched before it.
  const receipt = told && (!data || told.version > data.version) ? told : data;
  if (problem) return <Refusal problem={problem} />;
  if (!receipt) return <Loading />;
  return (
    <div className="page">
      <BackTo href="#/keeper/receiving" />
      <header className="receiving-head">
        <h2>{receipt.sourceName}</h2>
        <b>{t(`receiving.status.${receipt.status}`)}</b>
        <p className="quiet">
          {receipt.number} · {t(`keeper.source.${receipt.source}`)} {receipt.note && `· ${receipt.note}`}
        </p>
      </header>
      <Signatures receipt={receipt} />
      <NextStep
        key={receipt.version}
        receipt={receipt}
        warehouseId={warehouseId}
        reload={reload}
        done={(next) => {
          setTold(next);
          reload();
        }}
      />
    </div>
  );
}

export type StepProps = {
  receipt: ReceiptDto;
  warehouseId: string;
  done: (next: ReceiptDto) => void;
  reload: () => void;
};

function NextStep(props: StepProps) {
  const { receipt } = props;
  const { actor } = useSession();
  const counted = hasSigned(receipt, actor?.userId, ['counted-a']);
  const [alone, setAlone] = useState(false);
  switch (receipt.status) {
    case 'announced':
      return (
        <>
          <ReceiptLines receipt={receipt} />
          <PlainStep {...props} step="arrive" />
          <Cancel {...props} />
        </>
      );
    case 'arrived':
      return <CountForm {...props} />;
    case 'counted-a':
      if (!counted) return <CountForm {...props} />;
      if (alone) return <AcceptForm {...props} />;
      return (
        <>
          <p className="notice">{t('receiving.wait-second')}</p>
          <button type="button" className="button" onClick={() => setAlone(true)}>
            {t('receiving.alone')}
          </button>
          <Cancel {...props} />
        </>
      );
    case 'counted-b':
      return <AcceptForm {...props} />;
    default:
      return <Afterwards {...props} />;
  }
}

/** What is left to do once goods are in: another signature, and the way into the bins. */
function Afterwards(props: StepProps) {
  const { receipt } = props;
  const { actor } = useSession();
  const open = receipt.secondSignatureDueAt !== null && receipt.secondSignedAt === null;
  const own = hasSigned(receipt, actor?.userId, ['counted-a', 'accepted']);
  return (
    <>
      {receipt.cancelReason && <p className="notice">{t('receiving.cancelled', { reason: receipt.cancelReason })}</p>}
      {open && (
        <p className="notice warning">{t('receiving.sign-until', { at: stamp(receipt.secondSignatureDueAt!) })}</p>
      )}
      {open && !own && <PlainStep {...props} step="sign" />}
      <ReceiptLines receipt={receipt} />
      {(receipt.status === 'accepted' || receipt.status === 'part-rejected') && <PutAwayForm {...props} />}
      {receipt.receivedBy !== null && (
        <>
          <PaperLinks papers={['goods-receipt']} id={receipt.id} />
          <Reversal
            documentId={receipt.id}
            warehouseId={receipt.warehouseId}
            reversal={receipt.reversal}
            done={props.reload}
          />
        </>
      )}
    </>
  );
}

const PlainStep = ({ receipt, done, step }: StepProps & { step: 'arrive' | 'sign' }) => (
  <Act<ReceiptDto>
    label={t(`receiving.step.${step}`)}
    path={`/stock/receipts/${receipt.id}/${step}`}
    body={{ version: receipt.version }}
    done={done}
  />
);

export const Cancel = ({ receipt, done }: StepProps) => (
  <ReasonAct<ReceiptDto>
    label={t('receiving.cancel')}
    question={t('receiving.cancel-reason')}
    path={`/stock/receipts/${receipt.id}/cancel`}
    body={{ version: receipt.version }}
    done={done}
  />
);

function Signatures({ receipt }: { receipt: ReceiptDto }) {
  if (receipt.signatures.length === 0) return null;
  return (
    <ul className="receiving-signatures" aria-label={t('receiving.signatures')}>
      {receipt.signatures.map(({ role, name, occurredAt }) => (
        <li key={role}>
          <span className="quiet">{t(`receiving.role.${role}`)}</span> {name}{' '}
          <span className="quiet numeric">{stamp(occurredAt)}</span>
        </li>
      ))}
      {receipt.countedWith && (
        <li>
          <span className="quiet">{t('receiving.role.donor-side')}</span> {receipt.countedWith}
        </li>
      )}
    </ul>
  );
}
