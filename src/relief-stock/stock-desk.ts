import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '../access/index.js';
import { CONFIG, type Config } from '../config.js';
import type { Tx } from '../database/index.js';
import type { Locale } from '../shared/i18n.js';
import type { Found } from './codes/codes.dto.js';
import { ownAddress, type OwnCode, type OwnKind } from './codes/own-code.rules.js';
import type { Words } from './paper/words.js';
import type { PaperForm } from './paper/paper.types.js';
import type { AnySheetList } from './sheets/sheet-lists.js';

/** The thing of an id, when it exists and the actor may see it. */
export type FindTarget = (tx: Tx, actor: Actor, id: string) => Promise<Found | undefined>;

export interface PaperRequest {
  actor: Actor;
  id: string;
  words: Words;
  locale: Locale;
  /** For forms of a period: days, both included. */
  from?: string | undefined;
  to?: string | undefined;
}
/** What a form says; the frame around it (page numbers, who printed it) is the same for all. */
export type PaperContent = Omit<PaperForm, 'printed' | 'words' | 'code'> & { code: OwnCode | null };
/** Reads what the actor may see, or refuses with 404. */
export type PaperSource = (tx: Tx, request: PaperRequest) => Promise<PaperContent>;

export interface LabelContent {
  title: string;
  lines: { label: string; value: string }[];
  foot: string;
  code: OwnCode;
  /** Number of a box: stands on its label as GS1-128. */
  sscc?: string;
}
export interface LabelRequest {
  actor: Actor;
  ids: string[];
  words: Words;
}
/** One label for each id, in their order, or a refusal with 404 for the first that the actor may not see. */
export type LabelSource = (tx: Tx, request: LabelRequest) => Promise<LabelContent[]>;

/** What can be scanned, labelled, printed and taken as a sheet, by kind. Each module adds what it keeps: one entry, and it opens, prints, sticks. */
@Injectable()
export class StockDesk {
  readonly codes = new Map<OwnKind, FindTarget>();
  readonly papers = new Map<string, PaperSource>();
  readonly labels = new Map<string, LabelSource>();
  readonly lists = new Map<string, AnySheetList>();
  private readonly publicUrl: string;

  constructor(@Inject(CONFIG) config: Config) {
    this.publicUrl = config.PUBLIC_URL ?? `http://${config.HOST}:${config.PORT}`;
  }

  /** The text of the QR code that names a thing. */
  addressOf(code: OwnCode): string {
    return ownAddress(this.publicUrl, code);
  }
}
