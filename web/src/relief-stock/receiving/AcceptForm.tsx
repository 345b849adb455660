import { type FormEvent, useState } from 'react';
import {
  REJECT_REASONS,
  type ReceiptDto,
  type ReceiptLineDto,
} from '../../../../src/relief-stock/receiving/receipt.dto.js';
import { useCommand } from '../../api/use-command.js';
import { useDraft } from '../../app/drafts.js';
import { count } from '../../i18n/format.js';
import { t } from '../../i18n/i18n.js';
import { useRows } from '../../live/hooks.js';
import { Submit } from '../../parts/Act.js';
import { Refusal } from '../../parts/Refusal.js';
import { SelectField, TextField } from '../../parts/TextField.js';
import { say } from '../../parts/toast.js';
import { BinField } from '../parts/BinField.js';
import { acceptBody, lacks, type LineVerdict, openVerdict, PIECES, sumsOf, type Verdicts } from './accept.rules.js';
import { LineName } from './ReceiptLines.js';
import { Cancel, type StepProps } from './ReceiptSheet.js';

const MAY_OVERRIDE = ['stock.life-too-short', 'stock.expiry-missing'];

/** What becomes of each line: both counts beside the papers, and where the units go. What is short is worked out. */
export function AcceptForm(props: StepProps) {
  const { receipt, warehouseId, done } = props;
  useRows('item');
  const { values, change, discard } = useDraft<{ verdicts: Verdicts }>(`accept.${receipt.id}`, { verdicts: {} });
  const { busy, problem, send } = useCommand();
  const [binId, setBin] = useState('');
  const verdictOf = (line: ReceiptLineDto) => values.verdicts[line.line] ?? openVerdict(line);
  const open = receipt.lines.filter((line) => lacks(line, verdictOf(line)).length > 0).length;
  const override = problem && MAY_OVERRIDE.includes(problem.code) ? Number(problem.params.line) : null;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const body = acceptBody(receipt, values.verdicts, binId);
    const next = await send<ReceiptDto>(`/stock/receipts/${receipt.id}/accept`, body);
    if (!next) return;
    discard();
    say(t('receiving.said-accepted', { number: next.number }));
    done(next);
  };
  return (
    <>
      <form className="keeper-form" onSubmit={(event) => void submit(event)} noValidate>
        <h3>{t('receiving.accept')}</h3>
        {receipt.lines.map((line) => (
          <Verdict
            key={line.line}
            line={line}
            verdict={verdictOf(line)}
            override={override === line.line}
            set={(part) => change({ verdicts: { ...values.verdicts, [line.line]: { ...verdictOf(line), ...part } } })}
          />
        ))}
        <BinField
          label={t('receiving.into')}
          warehouseId={warehouseId}
          value={binId}
          set={setBin}
          none={t('keeper.any-bin')}
        />
        <p className="notice warning">{t('keeper.post-warning')}</p>
        <Refusal problem={problem} />
        <Submit
          label={t('receiving.accept')}
          busy={busy}
          lacks={open > 0 ? t('receiving.accept-open', { count: open }) : null}
        />
      </form>
      <Cancel {...props} />
    </>
  );
}

type VerdictProps = {
  line: ReceiptLineDto;
  verdict: LineVerdict;
  override: boolean;
  set: (part: Partial<LineVerdict>) => void;
};

function Verdict({ line, verdict, override, set }: VerdictProps) {
  const { rejected, short, over } = sumsOf(line, verdict);
  const missing = lacks(line, verdict);
  const text = (name: keyof LineVerdict, label: string, more: { type?: 'units' | 'date'; maxLength?: number } = {}) => (
    <TextField
      label={label}
      required={missing.includes(name)}
      invalid={missing.includes(name)}
      value={verdict[name]}
      set={(value) => set({ [name]: value })}
      {...more}
    />
  );
  const whole = { type: 'units' } as const;
  return (
    <fieldset className="receipt-line">
      <legend>{t('keeper.line', { n: line.line })}</legend>
      <p className="receiving-name">
        <LineName line={line} />
      </p>
      <Counts line={line} />
      <div className="receiving-figures">
        {PIECES.map((piece) => (
          <span key={piece}>{text(piece, t(`receiving.piece.${piece}`), whole)}</span>
        ))}
        <span>{text('rejected', t('receiving.rejected'), whole)}</span>
      </div>
      {short > 0 && <p className="notice">{t('receiving.is-short', { units: count(short) })}</p>}
      {missing.includes('good') && <p className="field-fault">{t('receiving.not-as-counted')}</p>}
      <div className="form-grid">
        {text('lotCode', t('keeper.lot-code'), { maxLength: 80 })}
        {text('expiresOn', t('keeper.expires-on'), { type: 'date' })}
        {rejected > 0 && <RejectReason verdict={verdict} set={set} />}
        {over > 0 && text('overReason', t('receiving.over-reason', { units: count(over) }))}
        {line.countDifferenceUnits !== null &&
          line.countDifferenceUnits !== 0 &&
          text('settledReason', t('receiving.settled-reason'))}
        {(override || verdict.overrideReason) && text('overrideReason', t('keeper.override-reason'))}
      </div>
    </fieldset>
  );
}

function RejectReason({ verdict, set }: Pick<VerdictProps, 'verdict' | 'set'>) {
  return (
    <SelectField
      label={t('receiving.reject-reason')}
      required
      invalid={verdict.rejectReason === ''}
      value={verdict.rejectReason}
      set={(rejectReason) => set({ rejectReason })}
      none={t('form.choose')}
      options={REJECT_REASONS.map((reason) => ({ value: reason, words: t(`receiving.reject.${reason}`) }))}
    />
  );
}

/** The papers and both counts, and how far they are apart. */
function Counts({ line }: { line: ReceiptLineDto }) {
  const apart = line.countDifferenceUnits ?? 0;
  const off = line.paperDifferenceUnits ?? 0;
  const signed = (units: number) => `${units > 0 ? '+' : '−'}${count(Math.abs(units))}`;
  return (
    <dl className="receiving-counts numeric">
      <div>
        <dt>{t('receiving.announced')}</dt>
        <dd>{count(line.announcedUnits)}</dd>
      </div>
      {line.countedAUnits !== null && (
        <div>
          <dt>{t('receiving.count-a')}</dt>
          <dd>{count(line.countedAUnits)}</dd>
        </div>
      )}
      {line.countedBUnits !== null && (
        <div className={apart === 0 ? '' : 'apart'}>
          <dt>{t('receiving.count-b')}</dt>
          <dd>
            {count(line.countedBUnits)} {apart !== 0 && <small>{signed(apart)}</small>}
          </dd>
        </div>
      )}
      {off !== 0 && (
        <div className="apart">
          <dt>{t('receiving.to-papers')}</dt>
          <dd>{signed(off)}</dd>
        </div>
      )}
    </dl>
  );
}
