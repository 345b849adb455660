import { createHash } from 'node:crypto';
import {
  type CanActivate, createParamDecorator, type ExecutionContext, Inject, Injectable, SetMetadata,
} from '@nestjs/common'; // prettier-ignore
import { Reflector } from '@nestjs/core';
import { parse } from 'cookie';
import type { Request } from 'express';
import type { RateLimiterMemory } from 'rate-limiter-flexible';
import { CONFIG, type Config } from '../config.js';
import { perMinute, takeFrom } from '../shared/allowance.js';
import { Problem } from '../shared/problem.js';
import type { Role } from './access.dto.js';
import { AccessService } from './access.service.js';
import { type Action, ACTIONS } from './actions.data.js';
import type { Actor } from './actor.js';

const SESSION_COOKIE = 'chiyuan_session';
/** What stands before every address of a drill. */
export const drillPath = (number: number): string => `/drill/${number}`;
/** The cookie of a session of a drill has its own name, and reaches the drill's addresses alone. */
export const drillCookie = (number: number) => ({ name: `${SESSION_COOKIE}_drill_${number}`, path: drillPath(number) });
/** The cookie of a session of this application, and where a browser sends it. */
export const sessionCookie = ({ drill }: Pick<Config, 'drill'>): { name: string; path: string } =>
  drill ? drillCookie(drill.number) : { name: SESSION_COOKIE, path: '/' };
export const WHO = 'who may call';
export type Who = { kind: 'anyone' } | { kind: 'signed-in' } | { kind: 'roles'; roles: readonly Role[] };

/** Every route carries exactly one of these three; a test looks. */
export const Anyone = () => SetMetadata<string, Who>(WHO, { kind: 'anyone' });
export const SignedIn = () => SetMetadata<string, Who>(WHO, { kind: 'signed-in' });
/** Someone who may do the action somewhere; the service asks again with the row in hand. */
export const MayDo = (action: Action) => SetMetadata<string, Who>(WHO, { kind: 'roles', roles: ACTIONS[action] });

export type ActorRequest = Request & { actor?: Actor };
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const { actor } = context.switchToHttp().getRequest<ActorRequest>();
  if (!actor) throw new Problem('auth.required');
  return actor;
});

const MAX_KEY = 100;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** One guard for all routes: rate, session, declared roles, same-origin for cookies, idempotency key. */
@Injectable()
export class AccessGuard implements CanActivate {
  private readonly requests: RateLimiterMemory;

  constructor(
    private readonly reflector: Reflector,
    private readonly access: AccessService,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    this.requests = perMinute(config.REQUESTS_PER_MINUTE);
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<ActorRequest>();
    const who = this.reflector.getAllAndOverride<Who | undefined>(WHO, [context.getHandler(), context.getClass()]);
    if (!who) throw new Problem('access.denied', { action: 'undeclared' });
    const address = `address ${request.ip ?? 'unknown'}`;
    const { token, fromCookie } = sessionToken(request, this.config);
    if (who.kind === 'anyone' || !token) await this.limit(address);
    if (who.kind === 'anyone') return true;
    if (!token) throw new Problem('auth.required');
    if (fromCookie && !SAFE.has(request.method) && isFromOtherSite(request.headers))
      throw new Problem('access.denied', { action: 'other-site' });
    const actor = await this.actorOf(token, address);
    mustBePerson(request.headers['as-person'], actor);
    if (who.kind === 'roles' && !actor.grants.some((grant) => who.roles.includes(grant.role)))
      throw new Problem('access.denied');
    const command = commandOf(request);
    request.actor = command ? { ...actor, command } : actor;
    return true;
  }

  /** Each session has its own allowance; tokens that open nothing share that of their address, or making them up would be free. */
  private async actorOf(token: string, address: string): Promise<Actor> {
    const stranger = (await this.requests.get(token)) === null;
    if (stranger && ((await this.requests.get(address))?.remainingPoints ?? 1) <= 0) await this.limit(address);
    const actor = await this.access.actorOf(token);
    await this.limit(actor ? token : address);
    if (!actor) throw new Problem('auth.required');
    return actor;
  }

  private async limit(key: string): Promise<void> {
    await takeFrom(this.requests, key);
  }
}

export function sessionToken(
  request: { headers: { authorization?: string; cookie?: string } },
  config: Pick<Config, 'drill'>,
): { token?: string; fromCookie: boolean } {
  const bearer = /^Bearer ([\w-]{20,200})$/.exec(request.headers.authorization ?? '')?.[1];
  if (bearer) return { token: bearer, fromCookie: false };
  return { token: parse(request.headers.cookie ?? '')[sessionCookie(config).name], fromCookie: true };
}

/** A cookie is sent by any page of this browser, also one of another site; its origin tells them apart. */
export function isFromOtherSite({ origin, host }: { origin?: string | undefined; host?: string | undefined }): boolean {
  if (!origin) return false;
  return !URL.canParse(origin) || new URL(origin).host !== host;
}

/**
 * `As-Person`: in whose name a request was written down. A device that was away sends what one person did there after another may have signed
 * in on it: 409 `auth.other-person`, so that nothing is ever done in the name of who happens to be signed in.
 */
function mustBePerson(told: string | string[] | undefined, { userId }: Pick<Actor, 'userId'>): void {
  if (told !== undefined && told !== userId) throw new Problem('auth.other-person');
}

/** The key of a write: the header, or the id that the caller made for the new thing. */
function commandOf(request: ActorRequest): Actor['command'] {
  if (SAFE.has(request.method)) return undefined;
  const header = request.headers['idempotency-key'];
  const body = request.body as { id?: unknown } | undefined;
  const own = typeof body?.id === 'string' && UUID.test(body.id) ? `id:${request.path}:${body.id}` : undefined;
  const key = typeof header === 'string' ? header : own;
  if (key === undefined) return undefined;
  if (key.length === 0 || key.length > MAX_KEY + request.path.length || !/^[\x21-\x7e]+$/.test(key)) {
    throw new Problem(
      'request.invalid',
      {},
      { errors: [{ pointer: '/headers/idempotency-key', code: 'too_big', params: { maximum: MAX_KEY } }] },
    );
  }
  const content = JSON.stringify([request.method, request.path, request.body ?? null]);
  return { key, fingerprint: createHash('sha256').update(content).digest() };
}
