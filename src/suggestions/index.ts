import type { Tx } from '../database/index.js';
import type { SuggestionDto } from './suggestions.dto.js';
export { SuggestionsModule } from './suggestions.module.js';
export const openSuggestionRows = async (_tx: Tx, _keys: string[]): Promise<SuggestionDto[]> => [];
