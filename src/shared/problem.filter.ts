import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { Request, Response } from 'express';
import { type Locale, localeOf, refusalSentence } from './i18n.js';
import { InvariantBroken, Problem } from './problem.js';

/** Text or numbers that PostgreSQL cannot hold; schemas refuse them first, this is the net below. */
const UNSTORABLE = new Set(['22021', '22P02', '22003', '22007', '22008', '22023', '22P05']);

/** The wire form of a problem (RFC 9457). */
export function problemBody(problem: Problem, locale: Locale, instance: string) {
  const words = refusalSentence(locale, problem.code, problem.params);
  return {
    type: `urn:chiyuan:problem:${problem.code}`,
    title: words,
    status: problem.status,
    detail: words,
    instance,
    code: problem.code,
    params: problem.params,
    ...(problem.errors ? { errors: problem.errors } : {}),
  };
}

/** Any error as a problem: ours as it is, the framework's translated, the rest 500 `internal` (logged by the caller). */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof InvariantBroken) return new Problem('internal', {}, { status: 500 });
  const { type, status, code, driverError } = error as {
    type?: string;
    status?: number;
    code?: string;
    driverError?: { code?: string; constraint?: string };
  };
  if (type === 'entity.too.large' || status === 413) return new Problem('upload.too-large');
  if (type?.startsWith('entity.') || type === 'encoding.unsupported' || type === 'charset.unsupported')
    return new Problem('request.malformed');
  const state = driverError?.code ?? code;
  if (state === '23505')
    return new Problem(
      driverError?.constraint?.endsWith('_pkey') ? 'idempotency.mismatch' : 'request.conflict',
      {},
      { status: 409 },
    );
  if (state && UNSTORABLE.has(state)) return new Problem('request.invalid');
  if (error instanceof HttpException) {
    const statusCode = error.getStatus();
    if (statusCode === 404) return new Problem('request.not-found');
    if (statusCode < 500) return new Problem('request.malformed', {}, { status: statusCode });
  }
  if (status === 400 || error instanceof URIError) return new Problem('request.malformed');
  return new Problem('internal', {}, { status: 500 });
}

@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly log = new Logger('http');

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request & { actor?: { locale: Locale } }>();
    const response = host.switchToHttp().getResponse<Response>();
    const problem = asProblem(error);
    if (problem.status >= 500 && !(error instanceof Problem))
      this.log.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    if (response.headersSent) return void response.end();
    if (problem.retryAfterS !== undefined) response.setHeader('Retry-After', problem.retryAfterS);
    const asked = request.headers['accept-language'];
    const locale = asked ? localeOf(asked) : (request.actor?.locale ?? 'zh-CN');
    response.setHeader('Content-Language', locale);
    response
      .status(problem.status)
      .type('application/problem+json')
      .send(JSON.stringify(problemBody(problem, locale, request.path)));
  }
}
