import type { ProblemError } from '../api/http.js';
import { tCode } from '../i18n/i18n.js';

/** A refusal in words, announced when it appears. */
export function Refusal({ problem }: { problem: ProblemError | null }) {
  if (!problem) return null;
  return (
    <div className="notice problem" role="alert">
      <p>{problem.words}</p>
      {problem.params.cause && <p>{tCode('stale-because.', String(problem.params.cause), problem.params, '')}</p>}
      {problem.errors.length > 0 && (
        <ul>
          {problem.errors.map((error) => (
            <li key={error.pointer}>
              <code>{error.pointer}</code> {error.code}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
