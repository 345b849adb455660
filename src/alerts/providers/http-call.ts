/** An answer is read to here; a provider that says more talks nonsense. */
const MOST_ANSWER_BYTES = 64 * 1024;

export interface HttpAnswer {
  status: number;
  /** Undefined where the answer is no JSON, or too much of it. */
  json: unknown;
}

/** A call that came to no answer. `code` is the system's, or ETIMEDOUT when it took too long. */
export class CallFailed extends Error {
  constructor(readonly code: string) {
    super(`the call came to no answer: ${code}`);
  }
}

/**
 * Sends JSON and reads the answer, `timeoutMs` for both together. No redirect is followed: what was to be told to one address is told to no
 * other. Fails with `CallFailed`; a refusal is an answer.
 */
export async function postJson(
  url: string,
  { body, headers = {}, timeoutMs }: { body: string; headers?: Record<string, string>; timeoutMs: number },
): Promise<HttpAnswer> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { status: response.status, json: jsonIn(await readUpTo(response, MOST_ANSWER_BYTES)) };
  } catch (error) {
    throw new CallFailed(codeOf(error));
  }
}

async function readUpTo(response: Response, mostBytes: number): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += (chunk as Uint8Array).length;
    if (bytes > mostBytes) return undefined; // leaving the loop hangs up
    chunks.push(chunk as Uint8Array);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function jsonIn(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function codeOf(error: unknown): string {
  const { name, code, cause } = error as { name?: string; code?: unknown; cause?: { code?: unknown } };
  if (name === 'TimeoutError' || name === 'AbortError') return 'ETIMEDOUT';
  const told = cause?.code ?? code;
  return typeof told === 'string' ? told.slice(0, 80) : 'ENETWORK';
}
