type Next = { href: string; words: string };

/** A list with nothing in it: what that means and what to do next, with the way there. */
export const Empty = ({ words, next = [] }: { words: string; next?: readonly Next[] }) => (
  <div className="empty">
    <p>{words}</p>
    {next.length > 0 && (
      <p className="work-nav">
        {next.map((each) => (
          <a key={each.href} className="button" href={each.href}>
            {each.words}
          </a>
        ))}
      </p>
    )}
  </div>
);
