import { at } from '../../app/world.js';
import { t } from '../../i18n/i18n.js';
import { PrintLink } from '../../parts/PrintLink.js';

type Props = { papers: readonly string[]; id: string };

/** The forms of a paper as they are printed and signed. */
export function PaperLinks({ papers, id }: Props) {
  return (
    <nav className="work-nav" aria-label={t('keeper.print')}>
      {papers.map((form) => (
        <PrintLink key={form} href={at(`/api/v1/stock/papers/${form}/${id}.pdf`)}>
          {t(`keeper.paper.${form}`)}
        </PrintLink>
      ))}
    </nav>
  );
}
