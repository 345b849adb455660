import { query } from '../../api/http.js';
import { at } from '../../app/world.js';
import { t } from '../../i18n/i18n.js';
import { PrintLink } from '../../parts/PrintLink.js';
import { useCarbon } from './paper-size.js';

type Props = { papers: readonly string[]; id: string };

/** The forms of a paper as they are printed and signed. */
export function PaperLinks({ papers, id }: Props) {
  const size = useCarbon() ? '241x140' : undefined;
  return (
    <nav className="work-nav" aria-label={t('keeper.print')}>
      {papers.map((form) => (
        <PrintLink key={form} href={at(`/api/v1/stock/papers/${form}/${id}.pdf${query({ size })}`)}>
          {t(`keeper.paper.${form}`)}
        </PrintLink>
      ))}
    </nav>
  );
}
