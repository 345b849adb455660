import { useEffect, useMemo, useState } from 'react';

type Match = (text: string, wanted: string) => boolean;
/** Its types fit a bundler or Node, not both. */
type Pinyin = { match(text: string, wanted: string): [number, number] | false };
let loaded: Match | null = null;
let loading: Promise<Match> | null = null;
const plain: Match = (text, wanted) => text.toLowerCase().includes(wanted.toLowerCase());

/** The pinyin table comes with the first search, not with the page. */
export function loadPinyin(): Promise<Match> {
  loading ??= import('pinyin-match').then((table) => {
    const pinyin = table.default as unknown as Pinyin;
    loaded = (text, wanted) => plain(text, wanted) || pinyin.match(text, wanted) !== false;
    return loaded;
  });
  return loading;
}

/** Finds by Chinese, code, digits or pinyin initials, as in C-23. */
export function useMatcher(wanted: string): (text: string) => boolean {
  const [match, setMatch] = useState<Match>(() => loaded ?? plain);
  const needed = wanted !== '' && match === plain;
  useEffect(() => {
    if (needed) void loadPinyin().then((found) => setMatch(() => found));
  }, [needed]);
  return useMemo(() => {
    const words = wanted.trim();
    return words === '' ? () => true : (text: string) => match(text, words);
  }, [match, wanted]);
}
