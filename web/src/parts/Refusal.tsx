import type { ProblemError } from '../api/http.js';

/** A refusal in words, announced when it appears. */
export function Refusal({ problem }: { problem: ProblemError | null }) {
  if (!problem) return null;
  return (
    <div className="notice problem" role="alert">
      <p>{problem.words}</p>
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
