/** What is wrong with a file, and where. */
export class FormatFault extends Error {
  override readonly name = 'FormatFault';
}

/** More digits than any published file has; keeps every sum of ours exact enough to be compared. */
const LARGEST = 1e12;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
/** Control-Z, with which files end that came through DOS. */
const DOS_END = '\u001a';
const SHOWN_CHARACTERS = 24;

/** The numbers of a file, one after another. The published files break their lines anywhere, so only the order counts. */
export class Tokens {
  private readonly tokens: string[];
  private at = 0;

  constructor(private readonly text: string) {
    this.tokens = text.match(/\S+/g) ?? [];
    if (this.tokens.at(-1) === DOS_END) this.tokens.pop();
  }

  get count(): number {
    return this.tokens.length;
  }

  get left(): number {
    return this.tokens.length - this.at;
  }

  /** The token `ahead` places on, not taken. */
  peek(ahead = 0): string | undefined {
    return this.tokens[this.at + ahead];
  }

  number(what: string): number {
    const token = this.peek();
    if (token === undefined) throw new FormatFault(`token ${this.at + 1}: the file ends where ${what} should be`);
    const value = NUMBER.test(token) ? Number(token) : Number.NaN;
    if (Number.isNaN(value)) throw this.fault(what, 'a number');
    if (Math.abs(value) > LARGEST) throw this.fault(what, `a number of at most ${LARGEST}`);
    this.at += 1;
    return value;
  }

  amount(what: string): number {
    const value = this.number(what);
    if (value >= 0) return value;
    throw this.back().fault(what, 'a number that is not negative');
  }

  whole(what: string, from: number, to: number): number {
    const value = this.number(what);
    if (Number.isInteger(value) && value >= from && value <= to) return value;
    throw this.back().fault(what, `a whole number from ${from} to ${to}`);
  }

  /** Takes a word that stands in the place of a number. */
  word(word: string): boolean {
    if (this.peek()?.toLowerCase() !== word) return false;
    this.at += 1;
    return true;
  }

  end(after: string): void {
    if (this.left > 0) throw this.fault(`nothing after ${after}`, 'the end of the file');
  }

  fault(what: string, wanted: string): FormatFault {
    const token = this.peek() ?? '';
    const shown = token.length > SHOWN_CHARACTERS ? `${token.slice(0, SHOWN_CHARACTERS)}…` : token;
    return new FormatFault(`token ${this.at + 1} (line ${this.line()}): ${what}: expected ${wanted}, found "${shown}"`);
  }

  private back(): this {
    this.at -= 1;
    return this;
  }

  /** Counted only for a fault. */
  private line(): number {
    const pattern = /\S+/g;
    for (let skipped = 0; skipped <= this.at; skipped += 1) pattern.exec(this.text);
    const end = pattern.lastIndex || this.text.length;
    return this.text.slice(0, end).split('\n').length;
  }
}
