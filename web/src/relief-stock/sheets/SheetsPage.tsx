import { at } from '../../app/world.js';
import { useState } from 'react';
import type { ImportReport } from '../../../../src/relief-stock/sheets/sheets.dto.js';
import { problemOf, type ProblemError, query } from '../../api/http.js';
import { count } from '../../i18n/format.js';
import { locale, t } from '../../i18n/i18n.js';
import { Field } from '../../parts/Field.js';
import { Refusal } from '../../parts/Refusal.js';
import { Busy } from '../../parts/Busy.js';
import { SelectField } from '../../parts/TextField.js';
import { useBins } from '../parts/BinField.js';
import { setCarbon, useCarbon } from '../parts/paper-size.js';
import { PaperLinks } from '../parts/PaperLinks.js';
import { sendWorkbook } from './upload.js';
import { PrintLink } from '../../parts/PrintLink.js';

const EXPORTS = ['levels', 'lots', 'movements', 'receipts', 'items', 'warehouses'] as const;
const IMPORTS = ['items', 'bins', 'opening'] as const;
const OF_WAREHOUSE = new Set<string>(['levels', 'movements', 'receipts']);

/** Lists as workbooks, workbooks into the catalogue, labels and forms to print. `#/keeper/sheets` */
export default function SheetsPage({ warehouseId }: { warehouseId: string }) {
  return (
    <div className="page">
      <section aria-labelledby="sheets-out">
        <h2 id="sheets-out">{t('sheets.export')}</h2>
        <p className="quiet">{t('sheets.export-about')}</p>
        <p className="work-nav">
          {EXPORTS.map((list) => (
            <a
              key={list}
              className="button"
              download
              href={at(`/api/v1/stock/exports/${list}.xlsx${query(OF_WAREHOUSE.has(list) ? { warehouseId } : {})}`)}
            >
              <span aria-hidden="true">↓</span> {t(`sheets.list.${list}`)}
            </a>
          ))}
        </p>
      </section>
      <Print warehouseId={warehouseId} />
      <Import warehouseId={warehouseId} />
    </div>
  );
}

/** As many labels as the server draws at once. */
const AT_ONCE = 200;
const sheaves = (ids: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(ids.length / AT_ONCE) }, (_, n) => ids.slice(n * AT_ONCE, (n + 1) * AT_ONCE));

function Print({ warehouseId }: { warehouseId: string }) {
  const bins = useBins(warehouseId);
  const carbon = useCarbon();
  return (
    <section aria-labelledby="sheets-print">
      <h2 id="sheets-print">{t('sheets.print')}</h2>
      <label className="check">
        <input type="checkbox" checked={carbon} onChange={({ target }) => setCarbon(target.checked)} />{' '}
        {t('keeper.carbon')}
      </label>
      <PaperLinks papers={['count-sheet']} id={warehouseId} />
      <p className="work-nav">
        <PrintLink href={at(`/api/v1/stock/labels/warehouse.pdf${query({ ids: warehouseId })}`)}>
          {t('sheets.label.warehouse')}
        </PrintLink>
        {sheaves(bins.map(({ id }) => id)).map((ids) => (
          <PrintLink key={ids[0]} href={at(`/api/v1/stock/labels/bin.pdf${query({ ids: ids.join(','), size: 'a4' })}`)}>
            {t('sheets.label.bin', { count: count(ids.length) })}
          </PrintLink>
        ))}
      </p>
    </section>
  );
}

/** A workbook is read first and nothing changes; only one without a flaw can be taken over. */
function Import({ warehouseId }: { warehouseId: string }) {
  const [kind, setKind] = useState<string>('items');
  const [file, setFile] = useState<File | null>(null);
  const [report, setReport] = useState<ImportReport | null>(null);
  const [problem, setProblem] = useState<ProblemError | null>(null);
  const [busy, setBusy] = useState(false);
  const send = async (chosen: File, dryRun: boolean) => {
    setBusy(true);
    setProblem(null);
    try {
      setReport(await sendWorkbook(kind, chosen, { dryRun, warehouseId }));
    } catch (error) {
      setReport(null);
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  const choose = (chosen: File | null) => {
    setFile(chosen);
    setReport(null);
    if (chosen) void send(chosen, true);
  };
  const template = at(`/api/v1/stock/imports/${kind}/template.xlsx`);
  return (
    <section className="receipt-line" aria-labelledby="sheets-in">
      <h2 id="sheets-in">{t('sheets.import')}</h2>
      <p className="quiet">{t('sheets.import-about')}</p>
      <div className="form-grid">
        <SelectField
          label={t('sheets.kind')}
          value={kind}
          set={(next) => {
            setKind(next);
            choose(null);
          }}
          options={IMPORTS.map((each) => ({ value: each, words: t(`sheets.import.${each}`) }))}
        />
        <Field label={t('sheets.file')}>
          <input
            key={kind}
            className="input"
            type="file"
            accept=".xlsx"
            disabled={busy}
            onChange={(event) => choose(event.target.files?.[0] ?? null)}
          />
        </Field>
      </div>
      <p>
        <a className="button bare" download href={template} hrefLang={locale()}>
          <span aria-hidden="true">↓</span> {t('sheets.template')}
        </a>
      </p>
      {busy && <Busy words={t(report ? 'sheets.loading' : 'sheets.checking')} />}
      <Refusal problem={problem} />
      {report && <Report report={report} busy={busy} load={() => file && void send(file, false)} />}
    </section>
  );
}

function Report({ report, busy, load }: { report: ImportReport; busy: boolean; load: () => void }) {
  if (report.loaded)
    return (
      <p className="notice good" role="status">
        {t('sheets.loaded', { rows: count(report.rows) })}
      </p>
    );
  if (report.flawCount > 0)
    return (
      <div className="notice problem" role="alert">
        <p>{t('sheets.flaws', { count: count(report.flawCount), rows: count(report.rows) })}</p>
        <ul>
          {report.flaws.map((flaw) => (
            <li key={`${flaw.sheet} ${flaw.cell} ${flaw.code}`}>
              <b>
                {flaw.sheet} {flaw.cell}
              </b>{' '}
              {flaw.sentence}
            </li>
          ))}
        </ul>
      </div>
    );
  return (
    <div className="act act-huge">
      <p className="notice good" role="status">
        {t('sheets.no-flaws', { rows: count(report.rows) })}
      </p>
      <button type="button" className="button primary huge" disabled={busy} onClick={load}>
        {t('sheets.load')}
      </button>
    </div>
  );
}
