import type { ReactNode } from 'react';
import type { Action } from '../../../../src/access/actions.data.js';
import { maySomewhere } from '../../access/may.js';
import { useSession } from '../../access/session.js';
import type { Fetched } from '../../api/use-fetched.js';
import { t } from '../../i18n/i18n.js';
import { Loading } from '../../parts/Loading.js';
import { Refusal } from '../../parts/Refusal.js';

export type Section<Row> = { title: string | null; rows: readonly Row[] };
type Props<Row> = {
  of: Pick<Fetched<{ items: Row[] }>, 'data' | 'problem' | 'loading'>;
  /** Shown when there is nothing at all: what it means and what to do next. */
  empty: ReactNode;
  row: (row: Row) => ReactNode;
  /** Rows by who has to act first; without it one section. */
  sections?: (rows: readonly Row[]) => readonly Section<Row>[];
  /** What tells rows apart; their id, unless they have none. */
  keyOf?: (row: Row) => string;
};

const idOf = (row: object): string => ('id' in row ? String(row.id) : '');

/** A list of papers: loading, refused, empty, or in sections with how many there are. */
export function PaperList<Row extends object>({ of, empty, row, sections, keyOf = idOf }: Props<Row>) {
  const { data, problem } = of;
  if (!data) return problem ? <Refusal problem={problem} /> : <Loading />;
  if (data.items.length === 0) return <p className="empty">{empty}</p>;
  const parts = sections ? sections(data.items) : [{ title: null, rows: data.items }];
  return (
    <>
      <Refusal problem={problem} />
      {parts.map(({ title, rows }) =>
        rows.length === 0 ? null : (
          <section key={title ?? ''} aria-label={title ?? undefined}>
            {title !== null && (
              <h3 className="paper-section">
                {title} <span className="numeric">{rows.length}</span>
              </h3>
            )}
            <ul className="papers" data-tour="papers">
              {rows.map((each) => (
                <li key={keyOf(each)}>{row(each)}</li>
              ))}
            </ul>
          </section>
        ),
      )}
    </>
  );
}

type RowProps = {
  /** Where the paper is; without it the row only tells. */
  href?: string;
  title: ReactNode;
  /** At the right of the title: since when, or how much. */
  aside?: ReactNode;
  state?: ReactNode;
  detail?: ReactNode;
  /** Acts and what they open, below the row. */
  children?: ReactNode;
};

/** One paper in a list: what it is, how it stands, the figures that matter. */
export function PaperRow({ href, title, aside, state, detail, children }: RowProps) {
  const words = (
    <>
      <b className="paper-title">{title}</b>
      <span className="paper-aside numeric">{aside}</span>
      {state !== undefined && <span className="paper-state">{state}</span>}
      {detail !== undefined && <span className="paper-detail quiet">{detail}</span>}
    </>
  );
  return (
    <>
      {href === undefined ? (
        <div className="paper-row">{words}</div>
      ) : (
        <a className="paper-row" href={href}>
          {words}
        </a>
      )}
      {children && <div className="paper-acts">{children}</div>}
    </>
  );
}

type ToolProps = { href: string; words: string; may: Action; children?: ReactNode };

/** The way to a new paper, above the list; for whoever may do it somewhere, because others would fill in a form that is refused. */
export function NewPaper({ href, words, may, children }: ToolProps) {
  const { actor } = useSession();
  if (!maySomewhere(actor, may)) return null;
  return (
    <div className="form-acts">
      <a className="button primary" href={href} data-tour="new-paper">
        <span aria-hidden="true">+</span> {words}
      </a>
      {children}
    </div>
  );
}

/** Instead of a form that would be refused: who may fill it in. */
export const NotYours = ({ words }: { words: string }) => (
  <p className="empty" role="status" data-not-yours>
    {words}
  </p>
);

/** The way back from a paper to its list. */
export const BackTo = ({ href, words = t('form.to-list') }: { href: string; words?: string }) => (
  <a className="button bare paper-back" href={href}>
    <span aria-hidden="true">‹</span> {words}
  </a>
);

type NavProps = { label: string; base: string; open: string; pages: readonly { key: string; words: string }[] };

/** The pages of one work, side by side. */
export function WorkNav({ label, base, open, pages }: NavProps) {
  return (
    <nav className="work-nav" aria-label={label}>
      {pages.map(({ key, words }) => (
        <a
          key={key}
          className="button"
          href={`#/${base}${key === '' ? '' : `/${key}`}`}
          aria-current={key === open ? 'page' : undefined}
        >
          {words}
        </a>
      ))}
    </nav>
  );
}
