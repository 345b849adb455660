import { ProblemError, query } from '../api/http.js';
import { at } from '../app/world.js';
import { locale } from '../i18n/i18n.js';

type Query = Parameters<typeof query>[0];

/** The file itself is the body, how it is to be read stands in the address. Refusals are problems, as of any other command. */
export async function sendFile<T>(path: string, file: File, how: Query): Promise<T> {
  let response: Response;
  try {
    response = await fetch(at(`/api/v1${path}${query(how)}`), {
      method: 'POST',
      credentials: 'same-origin',
      headers: { Accept: 'application/json', 'Accept-Language': locale(), 'Content-Type': 'application/geo+json' },
      body: file,
    });
  } catch {
    throw new ProblemError(0, { code: 'network.unreachable' });
  }
  const body: unknown = await response.json().catch(() => ({}));
  if (!response.ok) throw new ProblemError(response.status, body as ConstructorParameters<typeof ProblemError>[1]);
  return body as T;
}
