import { Injectable } from '@nestjs/common';
import type { Actor } from '../../access/index.js';
import type { Tx } from '../../database/index.js';
import type { Found } from './codes.dto.js';
import type { OwnKind } from './own-code.rules.js';

/** The thing of an id, when it exists and the actor may see it. */
export type FindTarget = (tx: Tx, actor: Actor, id: string) => Promise<Found | undefined>;

/** What our own codes may point at beside the stock itself: each module adds what it keeps, so that a code of it opens. */
@Injectable()
export class ScanTargets {
  private readonly finders = new Map<OwnKind, FindTarget>();

  register(kind: OwnKind, find: FindTarget): void {
    this.finders.set(kind, find);
  }

  of(kind: OwnKind): FindTarget | undefined {
    return this.finders.get(kind);
  }
}
