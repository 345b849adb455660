import { at } from '../../app/world.js';
import { t } from '../../i18n/i18n.js';
import { PrintMark } from '../../parts/PrintMark.js';

type Props = { papers: readonly string[]; id: string };

/** The forms of a paper as they are printed and signed. The server draws them; the browser opens them. */
export function PaperLinks({ papers, id }: Props) {
  return (
    <nav className="work-nav" aria-label={t('keeper.print')}>
      {papers.map((form) => (
        <a
          key={form}
          className="button"
          href={at(`/api/v1/stock/papers/${form}/${id}.pdf`)}
          target="_blank"
          rel="noreferrer"
        >
          <PrintMark /> {t(`keeper.paper.${form}`)}
        </a>
      ))}
    </nav>
  );
}
