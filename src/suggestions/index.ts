export { openSuggestionRows } from './suggestion.store.js';
export type { SuggestionDto } from './suggestions.dto.js';
export { SuggestionsModule } from './suggestions.module.js';
export { StructureModule } from './structure/structure.module.js';
