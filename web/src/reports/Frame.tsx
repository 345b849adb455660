import type { ReactNode } from 'react';
import type { DutyLogDto, ReportName } from '../../../src/reports/reports.dto.js';
import { useFetched } from '../api/use-fetched.js';
import { at } from '../app/world.js';
import { stamp } from '../i18n/format.js';
import { locale, t } from '../i18n/i18n.js';
import { Loading } from '../parts/Loading.js';
import { PrintLink } from '../parts/PrintLink.js';
import { Refusal } from '../parts/Refusal.js';

type Head = Pick<DutyLogDto, 'asOf' | 'society'>;
type Props<T> = { report: ReportName; filters: string; children: (data: T) => ReactNode };

/** A report of the server: up to when it was read, what may be taken away, and what it says. */
export function Frame<T extends Head>({ report, filters, children }: Props<T>) {
  const { data, problem } = useFetched<T>(`/reports/${report}?${filters}`);
  if (!data) return problem ? <Refusal problem={problem} /> : <Loading />;
  const address = (kind: string) => at(`/api/v1/reports/${report}.${kind}?${filters}&locale=${locale()}`);
  return (
    <>
      <div className="report-head">
        <span className="quiet">
          {t('reports.as-of', { at: stamp(data.asOf), society: data.society ?? t('reports.all-mine') })}
        </span>
        <a className="button" download href={address('xlsx')}>
          <span aria-hidden="true">↓</span> {t('reports.excel')}
        </a>
        <PrintLink href={address('pdf')}>{t('reports.pdf')}</PrintLink>
      </div>
      {children(data)}
    </>
  );
}

/** Says that not everything is listed. */
export const Cut = ({ cut, most }: { cut: boolean; most: number }) =>
  cut ? (
    <p className="notice" role="status">
      {t('reports.cut', { most })}
    </p>
  ) : null;
