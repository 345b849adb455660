import { ASPECTS, type DrillSheetDto, GRADES } from '../../../../src/drills/sheet/sheet.dto.js';
import { useFetched } from '../../api/use-fetched.js';
import { at } from '../../app/world.js';
import { locale, t } from '../../i18n/i18n.js';
import { useChanged } from '../../live/use-changed.js';
import { Loading } from '../../parts/Loading.js';
import { PrintLink } from '../../parts/PrintLink.js';
import { Refusal } from '../../parts/Refusal.js';
import { Improvements } from './Improvements.js';
import { NewItem } from './NewItem.js';
import { Remarks } from './Remarks.js';
import { SheetItem } from './SheetItem.js';

/** What people who run a drill saw of it: item by item, in their own words, and what must become better. Others read it after the end. */
export function Evaluation({ id, began, runs }: { id: string; began: boolean; runs: boolean }) {
  const { data: sheet, problem, reload } = useFetched<DrillSheetDto>(`/drills/${id}/sheet`, useChanged('drill-sheet', 'drill-improvement', 'drill')); // prettier-ignore
  if (!sheet) return problem ? <Refusal problem={problem} /> : <Loading />;
  const may = runs && began;
  const report = (kind: string) => at(`/api/v1/drills/${id}/report.${kind}?locale=${locale()}`);
  return (
    <section className="drill-sheet" aria-label={t('drills.sheet')}>
      <h3>{t('drills.sheet')}</h3>
      <p className="quiet">{t(runs ? 'drills.sheet-what' : 'drills.sheet-read')}</p>
      {may && (
        <div className="drill-acts">
          <a className="button" download href={report('xlsx')}>
            <span aria-hidden="true">↓</span> {t('drills.report-excel')}
          </a>
          <PrintLink href={report('pdf')}>{t('drills.report-pdf')}</PrintLink>
        </div>
      )}
      <Sums sheet={sheet} />
      {ASPECTS.map((aspect) => (
        <div key={aspect}>
          <h4>{t(`drill-aspect.${aspect}`)}</h4>
          <ul className="drill-items">
            {sheet.items
              .filter((item) => item.aspect === aspect && (!item.leftOut || runs))
              .map((item) => (
                <SheetItem key={item.key} item={item} drillId={id} runs={runs} may={may} done={reload} />
              ))}
          </ul>
        </div>
      ))}
      {runs && <NewItem drillId={id} done={reload} />}
      <Remarks remarks={sheet.remarks} drillId={id} may={may} done={reload} />
      <Improvements improvements={sheet.improvements} items={sheet.items} drillId={id} may={may} done={reload} />
    </section>
  );
}

function Sums({ sheet }: { sheet: DrillSheetDto }) {
  const sums = sheet.sums.filter(({ items }) => items > 0);
  if (sums.every(({ grades }) => GRADES.every((grade) => !grades[grade])))
    return <p className="quiet">{t('drills.nothing-judged')}</p>;
  return (
    <table className="drill-score drill-sums">
      <thead>
        <tr>
          <th>{t('drills.column-aspect')}</th>
          {GRADES.map((grade) => (
            <th key={grade}>{t(`drill-grade.${grade}`)}</th>
          ))}
          <th>{t('drills.column-unjudged')}</th>
          <th>{t('drills.column-good')}</th>
        </tr>
      </thead>
      <tbody>
        {sums.map(({ aspect, grades, unjudged, goodPct }) => (
          <tr key={aspect ?? ''}>
            <td>{aspect ? t(`drill-aspect.${aspect}`) : t('drills.all-aspects')}</td>
            {GRADES.map((grade) => (
              <td key={grade} className="numeric">
                {grades[grade] ?? 0}
              </td>
            ))}
            <td className="numeric">{unjudged}</td>
            <td className="numeric">{goodPct === null ? '—' : `${goodPct}%`}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
