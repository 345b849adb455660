import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '../../access/index.js';
import { CONFIG, type Config } from '../../config.js';
import { Database, inSnapshot } from '../../database/index.js';
import { Clock } from '../../shared/clock.js';
import type { Locale } from '../../shared/i18n.js';
import { notFound, Problem } from '../../shared/problem.js';
import { StockDesk } from '../stock-desk.js';
import { layoutForm } from './form-layout.rules.js';
import { minuteOf } from './format.rules.js';
import { layoutLabels } from './label-layout.rules.js';
import { type LabelQuery, MOST_LABELS, type PaperQuery } from './paper.dto.js';
import { SHEET_SIZES } from './page.rules.js';
import { PdfPrinter } from './pdf-printer.js';
import { type Words, wordsOf } from './words.js';

@Injectable()
export class PaperService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly desk: StockDesk,
    private readonly printer: PdfPrinter,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** A form of a thing as PDF. 404 `paper.not-found` for a form that does not exist; what the form itself refuses. */
  async paper(actor: Actor, what: { form: string; id: string; locale: Locale }, query: PaperQuery): Promise<Buffer> {
    const source = this.desk.papers.get(what.form);
    if (!source) throw notFound('paper', what.form.slice(0, 80));
    const words = wordsOf(what.locale);
    const { id, locale } = what;
    const { from, to } = query;
    const content = await inSnapshot(this.db, (tx) => source(tx, { actor, id, words, locale, from, to }));
    const now = this.clock.now();
    const form = {
      ...content,
      code: content.code && this.desk.addressOf(content.code),
      printed: words('paper.printed', { name: actor.name, at: minuteOf(now) }),
      words: frameWords(words),
    };
    return this.printer.print(layoutForm(form, SHEET_SIZES[query.size]), now);
  }

  /** Labels as PDF. 404 `label.not-found` for a kind that has none; 422 `label.none`, `label.too-many`. */
  async labels(actor: Actor, what: { kind: string; locale: Locale }, query: LabelQuery): Promise<Buffer> {
    const source = this.desk.labels.get(what.kind);
    if (!source) throw notFound('label', what.kind.slice(0, 80));
    if (query.ids.length === 0) throw new Problem('label.none');
    const count = query.ids.length * query.copies;
    if (count > MOST_LABELS) throw new Problem('label.too-many', { count, most: MOST_LABELS });
    const words = wordsOf(what.locale);
    const labels = await inSnapshot(this.db, (tx) => source(tx, { actor, ids: query.ids, words }));
    // A label that is cut out leaves the frame of its sheet behind.
    const before = this.config.drill ? words('paper.exercise') : '';
    const printed = labels.flatMap(({ code, title, ...label }) =>
      Array.from({ length: query.copies }, () => ({
        ...label,
        title: before + title,
        code: this.desk.addressOf(code),
      })),
    );
    return this.printer.print(layoutLabels(printed, query.size, words('label.title')), this.clock.now());
  }
}

const frameWords = (words: Words) => ({
  number: words('paper.number'), page: words('paper.page'), blankBelow: words('paper.blank-below'), date: words('paper.date'),
}); // prettier-ignore
