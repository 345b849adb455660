import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { Locale } from '../../shared/i18n.js';
import { type Words, wordsOf } from '../paper/words.js';
import { IMPORT_COLUMNS } from './import-columns.data.js';
import { importerOf } from './import.service.js';
import { headOf } from './import-words.js';
import type { SheetColumn } from './sheets.types.js';
import { type CellStyle, type OutColumn, writeWorkbook } from './workbook-writer.js';

const STYLE: Record<SheetColumn['kind'], CellStyle> = { text: 'text', whole: 'units', scaled: 'decimal', day: 'day', choice: 'text', months: 'text' }; // prettier-ignore
const WIDTH = 18;

/** An empty sheet to fill in, and a second one that says what each column takes. */
@Injectable()
export class TemplateService {
  /** 404 `import.not-found`. */
  template(asked: string, locale: Locale): Readable {
    const { kind } = importerOf(asked);
    const words = wordsOf(locale);
    const columns = IMPORT_COLUMNS[kind].map((column): OutColumn => ({
      label: headOf(kind, column.key, locale), style: STYLE[column.kind], width: WIDTH, required: column.required ?? false,
      ...(column.kind === 'choice' ? { choices: column.choices.map((choice) => words(column.words + choice)) } : {}),
    })); // prettier-ignore
    const help = (['column', 'required', 'takes'] as const).map((key): OutColumn => ({
      label: words(`import.help.${key}`), style: 'text', width: key === 'takes' ? 60 : WIDTH,
    })); // prettier-ignore
    const rows = IMPORT_COLUMNS[kind].map((column) => [
      headOf(kind, column.key, locale), words(column.required ? 'import.help.yes' : 'import.help.no'), takes(column, words),
    ]); // prettier-ignore
    return writeWorkbook([
      { name: words(`import.${kind}`), columns, rows: [] },
      { name: words('import.help'), columns: help, rows },
    ]);
  }
}

function takes(column: SheetColumn, words: Words): string {
  if (column.kind === 'text') return words('import.takes.text', { most: column.longest });
  if (column.kind === 'whole') return words('import.takes.whole', { least: column.least, most: column.most });
  if (column.kind === 'scaled') return words('import.takes.scaled', { places: Math.log10(column.scale), most: column.most / column.scale }); // prettier-ignore
  if (column.kind === 'choice') return column.choices.map((choice) => words(column.words + choice)).join(' / ');
  return words(`import.takes.${column.kind}`);
}
