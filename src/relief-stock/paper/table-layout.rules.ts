import { wrapText } from './measure.rules.js';
import { LINE, type Page } from './page.rules.js';
import type { PaperColumn, PaperTable } from './paper.types.js';

const PAD = 2.5;
const EDGE = 0.6;

/** A row wrapped to the width of its columns: the lines of each cell. */
export interface WrappedRow {
  cells: string[][];
  bold: boolean;
}

/** Sets one table: knows how tall its rows are, draws them, and cuts them where a page ends. */
export class TableWriter {
  private readonly columns: (PaperColumn & { x: number; width: number })[];
  private readonly lineHeight: number;
  private readonly headRow: WrappedRow;

  constructor(
    private readonly table: PaperTable,
    private readonly at: { left: number; width: number; size: number },
  ) {
    const shares = table.columns.reduce((sum, column) => sum + column.share, 0);
    let x = at.left;
    this.columns = table.columns.map((column) => {
      const width = (at.width * column.share) / shares;
      x += width;
      return { ...column, x: x - width, width };
    });
    this.lineHeight = at.size * LINE;
    this.headRow = this.wrap(table.columns.map((column) => column.label), true); // prettier-ignore
  }

  get leastHeight(): number {
    return this.lineHeight + 2 * PAD;
  }
  get headHeight(): number {
    return this.heightOf(this.headRow);
  }

  rows(): WrappedRow[] {
    const blank = Array.from({ length: this.table.blankRows ?? 0 }, () => this.columns.map(() => ''));
    return [...this.table.rows, ...blank].map((row) => this.wrap(row, false));
  }

  totals(): WrappedRow | null {
    return this.table.totals ? this.wrap(this.table.totals, true) : null;
  }

  heightOf(row: WrappedRow): number {
    return Math.max(1, ...row.cells.map((lines) => lines.length)) * this.lineHeight + 2 * PAD;
  }

  /** As many rows as there is room for. A row goes to the next page whole, unless it is taller than what a page has. */
  take(rows: WrappedRow[], room: number): { used: WrappedRow[]; left: WrappedRow[] } {
    const used: WrappedRow[] = [];
    let free = room;
    for (const [n, row] of rows.entries()) {
      const height = this.heightOf(row);
      if (height <= free) {
        used.push(row);
        free -= height;
        continue;
      }
      if (used.length > 0) return { used, left: rows.slice(n) };
      const lines = Math.max(1, Math.floor((free - 2 * PAD) / this.lineHeight));
      const part = (from: number, to?: number) => ({ ...row, cells: row.cells.map((cell) => cell.slice(from, to)) });
      return { used: [part(0, lines)], left: [part(lines), ...rows.slice(n + 1)] };
    }
    return { used, left: [] };
  }

  head(page: Page, y: number): number {
    page.line(this.at.left, y, this.at.left + this.at.width, y, EDGE * 1.6);
    return this.row(page, y, this.headRow, true);
  }

  row(page: Page, y: number, row: WrappedRow, isHead = false): number {
    const bottom = y + this.heightOf(row);
    for (const [n, { x, width, align = 'left' }] of this.columns.entries()) {
      page.line(x, y, x, bottom, EDGE);
      (row.cells[n] ?? []).forEach(
        (text, line) =>
        page.text({
          text, x: x + PAD, y: y + PAD + line * this.lineHeight, size: this.at.size, bold: row.bold, align: isHead ? 'center' : align,
          width: width - 2 * PAD,
        }), // prettier-ignore
      );
    }
    const right = this.at.left + this.at.width;
    page.line(right, y, right, bottom, EDGE);
    page.line(this.at.left, bottom, right, bottom, EDGE);
    return bottom;
  }

  /** One line over the whole width, such as "nothing below". */
  note(page: Page, y: number, text: string): number {
    const { left, width, size } = this.at;
    page.text({ text, x: left, y: y + PAD, size, align: 'center', width });
    return y + this.leastHeight;
  }

  private wrap(cells: string[], bold: boolean): WrappedRow {
    const wrapped = this.columns.map(({ width }, n) => wrapText(cells[n] ?? '', width - 2 * PAD, this.at.size, bold));
    return { cells: wrapped, bold };
  }
}
