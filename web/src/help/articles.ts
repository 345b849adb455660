import { TOUR_ROLES, type TourRole } from '../tour/tour.rules.js';
import type { Article, Word } from './help.rules.js';
import words from './words.json';

const files = import.meta.glob<{ default: Article[] }>('./articles/*.json', { eager: true });

export const articlesOf = (role: TourRole): readonly Article[] => files[`./articles/${role}.json`]?.default ?? [];
export const articleNamed = (key: string): Article | undefined =>
  TOUR_ROLES.flatMap((role) => articlesOf(role)).find((article) => article.key === key);
export const GLOSSARY = words as Record<string, Word>;
