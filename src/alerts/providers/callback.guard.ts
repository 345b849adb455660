import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { CONFIG, type Config } from '../../config.js';
import { perMinute, takeFrom } from '../../shared/allowance.js';
import { Clock } from '../../shared/clock.js';
import { Problem } from '../../shared/problem.js';
import { CALLBACK_BYTES } from './providers.dto.js';
import { checkSignature } from './signature.rules.js';

/** Wrong signatures from one address. */
const STRANGERS_PER_MINUTE = 30;

/** Lets in who signed this very body a moment ago with the secret of call-backs; a provider is never kept out by strangers at its address. */
abstract class SignedBody implements CanActivate {
  private readonly strangers = perMinute(STRANGERS_PER_MINUTE);
  protected abstract readonly clock: Clock;
  protected abstract secret(): string | undefined;

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request & { rawBody?: Buffer }>();
    const secret = this.secret();
    if (!secret) throw new Problem('provider.not-found');
    const body = request.rawBody ?? Buffer.alloc(0);
    if (body.length > CALLBACK_BYTES) throw new Problem('upload.too-large', { most: CALLBACK_BYTES });
    const told = {
      timestamp: request.headers['chiyuan-timestamp'],
      signature: request.headers['chiyuan-signature'],
    };
    const verdict = checkSignature(told, { secret, body, now: this.clock.now() });
    if (verdict === 'good') return true;
    await takeFrom(this.strangers, request.ip ?? 'unknown');
    throw new Problem(verdict === 'wrong' ? 'provider.unknown' : 'provider.out-of-time', {}, { status: 401 });
  }
}

/** The gateway of text messages. */
@Injectable()
export class CallbackGuard extends SignedBody {
  constructor(
    protected readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    super();
  }

  protected secret(): string | undefined {
    return this.config.SMS_CALLBACK_SECRET;
  }
}

/** Who makes calls: another secret, so that neither can speak for the other. */
@Injectable()
export class VoiceCallbackGuard extends SignedBody {
  constructor(
    protected readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    super();
  }

  protected secret(): string | undefined {
    return this.config.VOICE_CALLBACK_SECRET;
  }
}
