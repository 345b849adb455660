import { t } from '../i18n/i18n.js';
import { Choices } from '../parts/Field.js';
import { TextField } from '../parts/TextField.js';
import { DonationField } from './parts/DonationField.js';
import { EMPTY_LINE } from './receipt.rules.js';
import { ReceiptLine } from './ReceiptLine.js';
import { ReceiptSummary } from './ReceiptSummary.js';
import { useReceipt } from './use-receipt.js';

const SOURCES = ['purchase', 'donation', 'allocated', 'other'] as const;
type Receipt = ReturnType<typeof useReceipt>;

/**
 * Goods arrive: typed once, checked against a summary with numbers, then posted. A posting is never edited (C-24). `announce`: the goods
 * are on their way, and nothing is taken in yet.
 */
export function GoodsReceipt({ warehouseId, announce = false }: { warehouseId: string; announce?: boolean }) {
  const receipt = useReceipt(warehouseId, announce);
  const { draft } = receipt;
  const post = () => void receipt.post();
  if (receipt.checking) return <ReceiptSummary {...receipt} announce={announce} post={post} />;
  return (
    <form
      className="goods-receipt"
      onSubmit={(event) => {
        event.preventDefault();
        receipt.check();
      }}
      noValidate
      tabIndex={0}
      aria-label={t('keeper.tab-receipt')}
    >
      {receipt.posted && (
        <p className="notice good" role="status">
          {t(announce ? 'receiving.said-announced' : 'keeper.said-received', { number: receipt.posted.number })}{' '}
          {receipt.posted.secondSignatureDueAt && t('receiving.waits-second')}
        </p>
      )}
      {receipt.restored && <p className="notice">{t('keeper.draft-restored')}</p>}
      <SourceFields receipt={receipt} />
      {draft.source === 'donation' && !announce && <CountedWith receipt={receipt} />}
      {draft.lines.map((line, n) => (
        <ReceiptLine
          key={n}
          n={n}
          line={line}
          warehouseId={announce ? null : warehouseId}
          words={(field) => receipt.words(`lines/${n}/${field}`)}
          override={receipt.overrideLine === n || line.overrideReason !== ''}
          set={(part) => receipt.editLine(n, part)}
          remove={
            draft.lines.length > 1 ? () => receipt.edit({ lines: draft.lines.filter((_, each) => each !== n) }) : null
          }
        />
      ))}
      <div className="form-acts">
        <button type="button" className="button" onClick={() => receipt.edit({ lines: [...draft.lines, EMPTY_LINE] })}>
          <span aria-hidden="true">+</span> {t('keeper.add-line')}
        </button>
        {receipt.started && (
          <button type="button" className="button bare" onClick={receipt.discard}>
            {t('keeper.discard')}
          </button>
        )}
      </div>
      <Faults receipt={receipt} />
      <button type="submit" className="button primary huge">
        {t(announce ? 'receiving.announce-check' : 'keeper.check')}
      </button>
    </form>
  );
}

function SourceFields({ receipt: { draft, edit, words } }: { receipt: Receipt }) {
  return (
    <>
      <Choices
        legend={t('keeper.source')}
        name="source"
        values={SOURCES}
        value={draft.source}
        choose={(source) => edit({ source, donationId: '' })}
        words={(source) => t(`keeper.source.${source}`)}
      />
      {draft.source === 'donation' && <DonationField draft={draft} edit={edit} />}
      <div className="form-grid">
        <TextField
          label={t(draft.source === 'donation' ? 'keeper.donor' : 'keeper.source-name')}
          required
          maxLength={80}
          value={draft.sourceName}
          set={(sourceName) => edit({ sourceName })}
          fault={words('sourceName')}
        />
        <TextField label={t('keeper.note')} value={draft.note} set={(note) => edit({ note })} fault={words('note')} />
      </div>
    </>
  );
}

/** Two people count what is given: a name for the donor's side, or a colleague signs later. */
function CountedWith({ receipt: { draft, edit, words } }: { receipt: Receipt }) {
  return (
    <TextField
      label={t('receiving.counted-with')}
      maxLength={80}
      value={draft.countedWith}
      set={(countedWith) => edit({ countedWith })}
      fault={words('countedWith')}
    />
  );
}

/** The foot of the form: how many fields need attention, or the server's refusal as a whole; the fields say the rest. */
function Faults({ receipt: { faults, problem } }: { receipt: Receipt }) {
  if (faults.length === 0 && !problem) return null;
  return (
    <p className="notice problem" role="alert">
      {faults.length > 0 ? t('keeper.faults', { count: faults.length }) : problem?.words}
    </p>
  );
}
