import { cutText, textWidth, wrapText } from './measure.rules.js';
import { LINE, Page, type SheetSize } from './page.rules.js';
import type { Drawing, Fact, PaperForm } from './paper.types.js';
import { TableWriter } from './table-layout.rules.js';

const GAP = 6;
const SIGN_ROOM = 26;

/**
 * Sets a form on paper: head and QR on every page, facts on the first, tables that break between and, if they must, within rows with
 * their head repeated, totals, notes and signatures kept whole, `page x of y` at the foot. A form for several copies is set once a copy,
 * on carbon paper once.
 */
export function layoutForm(form: PaperForm, size: SheetSize): Drawing {
  const copies = size.carbon || form.copies.length === 0 ? [form.copies.join('   ')] : form.copies;
  const pages = copies.flatMap((copy) => new FormWriter(form, size, copy).write());
  const { width, height, left, right, top, bottom } = size;
  const inset = { left, right, top, bottom };
  return { width, height, inset, title: form.title, pages: pages.map((page) => page.ops) };
}

class FormWriter {
  private readonly pages: Page[] = [];
  private page = new Page();
  private y = 0;
  private readonly bodyWidth: number;
  private readonly bottom: number;
  private readonly lineHeight: number;

  constructor(
    private readonly form: PaperForm,
    private readonly size: SheetSize,
    private readonly copy: string,
  ) {
    this.bodyWidth = size.width - size.left - size.right;
    this.lineHeight = size.text * LINE;
    this.bottom = size.height - size.bottom - this.lineHeight - GAP;
  }

  write(): Page[] {
    this.newPage();
    this.facts();
    for (const table of this.form.tables) this.table(table);
    this.notes();
    this.signatures();
    this.feet();
    return this.pages;
  }

  private newPage(): void {
    this.page = new Page();
    this.pages.push(this.page);
    const { size, form } = this;
    const { left, top, codeSide } = size;
    const side = form.code ? codeSide : 0;
    const titleWidth = this.bodyWidth - 2 * side;
    this.page.text({ text: cutText(form.society, titleWidth, size.text), x: left + side, y: top, size: size.text, align: 'center', width: titleWidth }); // prettier-ignore
    const titleY = top + this.lineHeight;
    this.page.text({ text: cutText(form.title, titleWidth, size.title, true), x: left + side, y: titleY, size: size.title, bold: true, align: 'center', width: titleWidth }); // prettier-ignore
    this.y = titleY + size.title * LINE;
    if (form.number) {
      const number = `${form.words.number}${form.number}`;
      this.page.text({ text: number, x: left, y: this.y, size: size.text, bold: true });
    }
    if (form.code) this.page.code(form.code, size.width - size.right - side, top, side);
    this.y = Math.max(this.y + this.lineHeight, top + side) + GAP / 2;
  }

  private room(): number {
    return this.bottom - this.y;
  }

  /** Label and value, several side by side; a wide one has the line for itself. */
  private facts(): void {
    const { factColumns, text, left } = this.size;
    const width = this.bodyWidth / factColumns;
    let column = 0;
    let tallest = 0;
    const end = () => {
      this.y += tallest;
      [column, tallest] = [0, 0];
    };
    for (const fact of this.form.facts) {
      if (fact.wide && column > 0) end();
      const lines = factLines(fact, fact.wide ? this.bodyWidth : width - GAP, text);
      if (lines.length * this.lineHeight > this.room() && this.room() < this.size.height / 2) this.newPage();
      lines.forEach((line, n) => this.page.text({ text: line, x: left + column * width, y: this.y + n * this.lineHeight, size: text })); // prettier-ignore
      tallest = Math.max(tallest, lines.length * this.lineHeight);
      column = fact.wide ? factColumns : column + 1;
      if (column >= factColumns) end();
    }
    if (column > 0) end();
    this.y += GAP / 2;
  }

  private table(table: PaperForm['tables'][number]): void {
    const writer = new TableWriter(table, { left: this.size.left, width: this.bodyWidth, size: this.size.text });
    const begin = () => (this.y = writer.head(this.page, this.y));
    const turn = () => {
      this.newPage();
      begin();
    };
    if (this.room() < writer.headHeight + 2 * writer.leastHeight) this.newPage();
    begin();
    for (let rest = writer.rows(); rest.length > 0;) {
      const { used, left } = writer.take(rest, this.room());
      for (const row of used) this.y = writer.row(this.page, this.y, row);
      rest = left;
      if (rest.length > 0) turn();
    }
    const totals = writer.totals();
    if (totals) {
      if (writer.heightOf(totals) > this.room()) turn();
      this.y = writer.row(this.page, this.y, totals);
    }
    if (this.room() >= writer.leastHeight && !table.blankRows) this.y = writer.note(this.page, this.y, this.form.words.blankBelow); // prettier-ignore
    this.y += GAP;
  }

  private notes(): void {
    const { text, left } = this.size;
    for (const note of this.form.notes) {
      for (const line of wrapText(note, this.bodyWidth, text)) {
        if (this.room() < this.lineHeight) this.newPage();
        this.page.text({ text: line, x: left, y: this.y, size: text });
        this.y += this.lineHeight;
      }
    }
    if (this.form.notes.length > 0) this.y += GAP;
  }

  /** A box for each who signs: name of the role, room to sign, date. At most five side by side. */
  private signatures(): void {
    const { signatures, words } = this.form;
    const { text, left } = this.size;
    const height = this.lineHeight * 2 + SIGN_ROOM;
    const perRow = Math.min(5, signatures.length);
    const width = this.bodyWidth / Math.max(1, perRow);
    for (let n = 0; n < signatures.length; n += perRow) {
      if (this.room() < height) this.newPage();
      const row = signatures.slice(n, n + perRow);
      const right = left + row.length * width;
      for (const y of [this.y, this.y + height]) this.page.line(left, y, right, y);
      for (let edge = 0; edge <= row.length; edge++) {
        this.page.line(left + edge * width, this.y, left + edge * width, this.y + height);
      }
      row.forEach((role, at) => {
        const x = left + at * width + 3;
        this.page.text({ text: cutText(role, width - GAP, text), x, y: this.y + 2, size: text });
        this.page.text({ text: words.date, x, y: this.y + height - this.lineHeight - 2, size: text });
      });
      this.y += height;
    }
  }

  private feet(): void {
    const { size, form } = this;
    const y = size.height - size.bottom - this.lineHeight;
    this.pages.forEach((page, n) => {
      const place = form.words.page.replace('{page}', String(n + 1)).replace('{pages}', String(this.pages.length));
      const placeWidth = textWidth(place, size.text);
      const shared = { y, size: size.text };
      page.text({ ...shared, text: place, x: size.left, align: 'right', width: this.bodyWidth });
      page.text({ ...shared, text: cutText(form.printed, this.bodyWidth * 0.45, size.text), x: size.left });
      const [from, to] = [size.left + this.bodyWidth * 0.46, size.left + this.bodyWidth - placeWidth - GAP];
      page.text({
        ...shared,
        text: cutText(this.copy, to - from, size.text),
        x: from,
        align: 'center',
        width: to - from,
      });
    });
  }
}

function factLines(fact: Fact, width: number, size: number): string[] {
  return wrapText(`${fact.label}${fact.value}`, width, size);
}
