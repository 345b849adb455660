import type { Role } from '../../../src/access/access.dto.js';

export type Said = Record<'zh-CN' | 'en', string>;

/** How one work of a role is done. Plain words: nothing here is markup. */
export type Article = {
  /** `role.work`, also its address: `#/help/role.work`. */
  key: string;
  title: Said;
  /** What it is for. */
  what: Said;
  steps: readonly Said[];
  /** What to do when it goes wrong. */
  wrong: readonly Said[];
  /** Words of the glossary that it uses. */
  words: readonly string[];
  /** Pages where it is done, as after `#/`; '' is the console. */
  pages: readonly string[];
  /** A picture made from the demonstration: `public/help/NAME.LOCALE.webp`. */
  picture?: string;
  /** What the server offers for it, to download. */
  links?: readonly { href: string; words: Said }[];
};
export type Word = { name: Said; meaning: Said };

/** One's own roles first, in the order of the shelf. */
export const ownFirst = <R extends Role>(shelf: readonly R[], own: readonly Role[]): R[] => [
  ...shelf.filter((role) => own.includes(role)),
  ...shelf.filter((role) => !own.includes(role)),
];

export const pictureOf = (name: string, locale: 'zh-CN' | 'en'): string => `/help/${name}.${locale}.webp`;
