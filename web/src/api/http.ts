import { at } from '../app/world.js';
import { hasMessage, locale, t } from '../i18n/i18n.js';
import type { Params } from '../i18n/i18n.js';

export type FieldError = { pointer: string; code: string };
type ProblemBody = { code?: string; title?: string; detail?: string; params?: Params; errors?: FieldError[] };

/** A refusal of the server (RFC 9457) or of the network (`network.unreachable`, status 0). */
export class ProblemError extends Error {
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly params: Params;
  readonly errors: FieldError[];

  constructor(
    readonly status: number,
    body: ProblemBody,
  ) {
    super(body.code ?? `http.${status}`);
    this.code = body.code ?? `http.${status}`;
    this.title = body.title ?? '';
    this.detail = body.detail ?? '';
    this.params = body.params ?? {};
    this.errors = body.errors ?? [];
  }

  /** The refusal in words: our own where the desk says what to do next, otherwise the server's. */
  get words(): string {
    const key = `problem.${this.code}`;
    if (hasMessage(key)) return t(key, this.params);
    return this.detail || this.title || t('problem.unknown', { code: this.code });
  }
}

export const problemOf = (error: unknown): ProblemError =>
  error instanceof ProblemError ? error : new ProblemError(0, { code: 'page.failed', detail: String(error) });

const API = '/api/v1';
let onSignedOut: () => void = () => {};
/** Called when a request other than a sign-in answers 401. */
export const whenSignedOut = (listener: () => void): void => void (onSignedOut = listener);

const doneListeners = new Set<(act: string) => void>();
/** Tells of every command that the server took, as `POST /incidents/ID/verify`, until the answer is called. */
export function whenDone(listener: (act: string) => void): () => void {
  doneListeners.add(listener);
  return () => void doneListeners.delete(listener);
}

let isShown: () => Promise<void> = async () => {};
/** What a command waits for before it is done: that the picture shows what it changed (`live.ts`). */
export const whenAnswered = (wait: () => Promise<void>): void => void (isShown = wait);

let onUnheard: () => void = () => {};
/** Called when a request did not reach the server, or its answer did not come (`live.ts` asks then whether there is any line at all). */
export const whenUnheard = (listener: () => void): void => void (onUnheard = listener);

export type RequestOptions = {
  body?: unknown;
  key?: string;
  signal?: AbortSignal;
  headers?: Record<string, string>;
  /** `false`: done with the answer of the server, not with the picture: others of the same act follow, or word of it may not be late. */
  shown?: boolean;
  /** Asks reality, also from within a drill: the register of drills is there. */ real?: boolean;
};

export async function request<T>(method: string, path: string, options: RequestOptions = {}): Promise<T> {
  const headers: Record<string, string> = {
    Accept: 'application/json',
    'Accept-Language': locale(),
    ...options.headers,
  };
  if (options.body !== undefined) headers['Content-Type'] = 'application/json';
  if (options.key) headers['Idempotency-Key'] = options.key;
  let response: Response;
  let text: string;
  try {
    response = await fetch(options.real ? API + path : at(API + path), {
      method,
      headers,
      credentials: 'same-origin',
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
      ...(options.signal ? { signal: options.signal } : {}),
    });
    text = await response.text(); // an answer that breaks off is none
  } catch (error) {
    if (options.signal?.aborted) throw error;
    onUnheard();
    throw new ProblemError(0, { code: 'network.unreachable' });
  }
  const body = text === '' ? undefined : parse(text);
  if (response.ok) {
    if (method === 'GET') return body as T;
    if (options.shown ?? true) await isShown();
    doneListeners.forEach((listener) => listener(`${method} ${path}`));
    return body as T;
  }
  if (response.status === 401 && path !== '/sessions' && !options.real) onSignedOut();
  throw new ProblemError(response.status, (body ?? {}) as ProblemBody);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return { title: text.slice(0, 200) };
  }
}

type Query = Record<string, string | number | boolean | undefined>;
export function query(values: Query): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(values))
    if (value !== undefined && value !== '') search.set(name, String(value));
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}
export const get = <T>(path: string, signal?: AbortSignal): Promise<T> =>
  request<T>('GET', path, signal ? { signal } : {});
