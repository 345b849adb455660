import { useSession } from '../access/session.js';
import { at } from '../app/world.js';
import { useRoute } from '../app/routes.js';
import { t, useLocale } from '../i18n/i18n.js';
import { BackTo, WorkNav } from '../relief-stock/parts/PaperList.js';
import { SidePage } from '../relief-stock/parts/SidePage.js';
import { startTour, tour } from '../tour/tour-state.js';
import { TOUR_ROLES, toursOf, type TourRole } from '../tour/tour.rules.js';
import { articleNamed, articlesOf, GLOSSARY } from './articles.js';
import { ownFirst, pictureOf } from './help.rules.js';
import type { Article, Said } from './help.rules.js';
import './help.css';
import './messages.js';

/** How each work is done. `#/help`, `#/help/words`, `#/help/ROLE.WORK` */
export default function HelpPage() {
  const [open = ''] = useRoute().parts;
  const article = articleNamed(open);
  return (
    <SidePage title={t('menu.help')}>
      <div className="page help-page">
        <WorkNav
          label={t('menu.help')}
          base="help"
          open={open}
          pages={['', 'words'].map((key) => ({ key, words: t(`help.page-${key || 'works'}`) }))}
        />
        {article && <BackTo href="#/help" />}
        {article && <OneArticle article={article} />}
        {!article && open === 'words' && <Words keys={Object.keys(GLOSSARY)} />}
        {!article && open !== 'words' && <Shelf />}
      </div>
    </SidePage>
  );
}

/** A sentence of the help in the reader's language. */
function useSaid(): (said: Said) => string {
  const locale = useLocale();
  return (said) => said[locale];
}

function Shelf() {
  const { actor } = useSession();
  const say = useSaid();
  const own = (actor?.grants ?? []).map(({ role }) => role);
  return (
    <div data-tour="help-roles">
      {ownFirst(TOUR_ROLES, own).map((role) => (
        <section key={role} aria-labelledby={`help-${role}`}>
          <h2 id={`help-${role}`}>
            {t(`role.${role}`)} {own.includes(role) && <small className="quiet">{t('help.own')}</small>}
          </h2>
          <ul className="papers">
            {articlesOf(role).map((article) => (
              <li key={article.key}>
                <a className="paper-row" href={`#/help/${article.key}`}>
                  <b className="paper-title">{say(article.title)}</b>
                  <span className="paper-detail quiet">{say(article.what)}</span>
                </a>
              </li>
            ))}
          </ul>
          {toursOf(own).includes(role) && <TourOf role={role} />}
        </section>
      ))}
      <p className="quiet">{t('help.keys-about')}</p>
    </div>
  );
}

/** The tour of a role that one holds: begun, resumed, or done once more. */
function TourOf({ role }: { role: TourRole }) {
  const { running, finished, role: held, step } = tour.use((standing) => standing);
  if (running) return null;
  const words = finished.includes(role) ? 'help.tour-again' : held === role && step > 0 ? 'help.tour-resume' : 'menu.tour'; // prettier-ignore
  return (
    <button type="button" className="button" onClick={() => startTour(role)}>
      {t(words)}
    </button>
  );
}

function OneArticle({ article }: { article: Article }) {
  const say = useSaid();
  return (
    <article className="help-article">
      <h2>{say(article.title)}</h2>
      <p>{say(article.what)}</p>
      <h3>{t('help.steps')}</h3>
      <ol className="help-steps">
        {article.steps.map((step) => (
          <li key={step['zh-CN']}>{say(step)}</li>
        ))}
      </ol>
      <Ways article={article} />
      {article.picture && <Picture name={article.picture} title={say(article.title)} />}
      <h3>{t('help.wrong')}</h3>
      <ul className="help-wrong">
        {article.wrong.map((line) => (
          <li key={line['zh-CN']}>{say(line)}</li>
        ))}
      </ul>
      {article.words.length > 0 && <h3>{t('help.page-words')}</h3>}
      <Words keys={article.words} />
    </article>
  );
}

/** Where the work is done, and what the server offers for it. */
function Ways({ article: { pages, links = [] } }: { article: Article }) {
  const say = useSaid();
  return (
    <p className="work-nav" data-tour={links.length > 0 ? 'help-links' : undefined}>
      {pages.map((page) => (
        <a key={page} className="button" href={`#/${page}`}>
          {t(`help.to.${page === '' ? 'console' : page.replace('/', '-')}`)}
        </a>
      ))}
      {links.map(({ href, words }) => (
        <a key={href} className="button" download href={at(href)}>
          <span aria-hidden="true">↓</span> {say(words)}
        </a>
      ))}
    </p>
  );
}

const PICTURE = { width: 1366, height: 768 };
function Picture({ name, title }: { name: string; title: string }) {
  const locale = useLocale();
  return (
    <img
      className={name === 'phone' ? 'help-picture narrow' : 'help-picture'}
      src={at(pictureOf(name, locale))}
      alt={t('help.picture-of', { title })}
      loading="lazy"
      {...(name === 'phone' ? {} : PICTURE)}
    />
  );
}

function Words({ keys }: { keys: readonly string[] }) {
  const say = useSaid();
  return (
    <dl className="help-words">
      {keys.map((key) => (
        <div key={key}>
          <dt>{say(GLOSSARY[key]!.name)}</dt>
          <dd>{say(GLOSSARY[key]!.meaning)}</dd>
        </div>
      ))}
    </dl>
  );
}
