import { useState } from 'react';
import type { ReceiptDto } from '../../../../src/relief-stock/receiving/receipt.dto.js';
import { useSession } from '../../access/session.js';
import { useCommand } from '../../api/use-command.js';
import { useFetched } from '../../api/use-fetched.js';
import { stamp } from '../../i18n/format.js';
import { t } from '../../i18n/i18n.js';
import { Field } from '../../parts/Field.js';
import { Loading } from '../../parts/Loading.js';
import { Refusal } from '../../parts/Refusal.js';
import { AcceptForm } from './AcceptForm.js';
import { hasSigned } from './accept.rules.js';
import { CountForm } from './CountForm.js';
import { PutAwayForm } from './PutAwayForm.js';
import { ReceiptLines } from './ReceiptLines.js';

/** One receipt: what it is, and the one step that comes next. */
export function ReceiptSheet({ id, warehouseId }: { id: string; warehouseId: string }) {
  const { data, problem, reload } = useFetched<ReceiptDto>(`/stock/receipts/${id}`);
  const [told, setTold] = useState<ReceiptDto | null>(null);
  // The answer of a step is newer than what was fetched before it.
  const receipt = told && (!data || told.version > data.version) ? told : data;
  if (problem) return <Refusal problem={problem} />;
  if (!receipt) return <Loading />;
  return (
    <div className="receiving">
      <header className="receiving-head">
        <h2>{receipt.sourceName}</h2>
        <b>{t(`receiving.status.${receipt.status}`)}</b>
        <p className="quiet">
          {receipt.number} · {t(`keeper.source.${receipt.source}`)} {receipt.note && `· ${receipt.note}`}
        </p>
        <a className="button bare" href="#/keeper/receiving">
          {t('receiving.to-list')}
        </a>
      </header>
      <Signatures receipt={receipt} />
      <NextStep
        key={receipt.version}
        receipt={receipt}
        warehouseId={warehouseId}
        done={(next) => {
          setTold(next);
          reload();
        }}
      />
    </div>
  );
}

export type StepProps = { receipt: ReceiptDto; warehouseId: string; done: (next: ReceiptDto) => void };

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
    </>
  );
}

function PlainStep({ receipt, done, step }: StepProps & { step: 'arrive' | 'sign' }) {
  const { busy, problem, send } = useCommand();
  const act = async () => {
    const next = await send<ReceiptDto>(`/stock/receipts/${receipt.id}/${step}`, { version: receipt.version });
    if (next) done(next);
  };
  return (
    <>
      <Refusal problem={problem} />
      <button type="button" className="button primary huge" disabled={busy} onClick={() => void act()}>
        {t(`receiving.step.${step}`)}
      </button>
    </>
  );
}

export function Cancel({ receipt, done }: StepProps) {
  const { busy, problem, send } = useCommand();
  const [reason, setReason] = useState('');
  const act = async () => {
    const body = { version: receipt.version, reason: reason.trim() };
    const next = await send<ReceiptDto>(`/stock/receipts/${receipt.id}/cancel`, body);
    if (next) done(next);
  };
  return (
    <details className="receiving-cancel">
      <summary className="button bare">{t('receiving.cancel')}</summary>
      <Field label={t('receiving.cancel-reason')} required>
        <input className="input" value={reason} maxLength={400} onChange={(event) => setReason(event.target.value)} />
      </Field>
      <Refusal problem={problem} />
      <button type="button" className="button" disabled={busy || reason.trim() === ''} onClick={() => void act()}>
        {t('receiving.cancel')}
      </button>
    </details>
  );
}

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
