import type { SheetItemDto } from '../../../../src/drills/sheet/sheet.dto.js';
import { locale } from '../../i18n/i18n.js';

/** In our language; an item of the drill's own as it was written. */
export const itemWords = ({ words, wordsEn }: Pick<SheetItemDto, 'words' | 'wordsEn'>): string =>
  locale() === 'en' && wordsEn !== null ? wordsEn : words;
