import { useEffect, useMemo, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { loadPinyin, useMatcher } from '../app/pinyin.js';
import { go } from '../app/routes.js';
import { named, t } from '../i18n/i18n.js';
import { live } from '../live/live.js';
import { Dialog } from '../parts/Dialog.js';
import { chooseTheme } from '../theme/theme.js';
import { choosePreset, desk, PRESETS } from './desk-state.js';

type Entry = { key: string; kind: string; words: string; search: string; act: () => void };
const SHOWN = 12;

const showOnMap = (picked: { lon: number; lat: number }) => () => {
  go('');
  desk.set({ picked });
};

function commands(): Entry[] {
  const entry = (key: string, act: () => void): Entry => ({
    key,
    kind: 'command',
    words: t(`command.${key}`),
    search: t(`command.${key}`),
    act,
  });
  return [
    entry('new', () => go('incidents/new')),
    entry('together', () => go('together')),
    ...PRESETS.map((preset) => entry(`preset-${preset}`, () => choosePreset(preset))),
    entry('theme-dark', () => chooseTheme('dark')),
    entry('theme-light', () => chooseTheme('light')),
    entry('theme-auto', () => chooseTheme('auto')),
    entry('help', () => desk.set({ overlay: 'help' })),
  ];
}

function things(): Entry[] {
  const { store } = live;
  return [
    ...store.rows('incident').map((row) => ({
      key: row.id,
      kind: 'incident',
      words: `${row.number} ${row.title}`,
      search: `${row.number} ${row.title} ${row.placeText} ${row.reporter.phone ?? ''}`,
      act: () => {
        desk.set({ selectedId: row.id });
        go(`incidents/${row.id}`);
      },
    })),
    ...store.rows('team').map((row) => ({
      key: row.id,
      kind: 'team',
      words: `${row.name} · ${row.leaderName ?? ''} ${row.leaderPhone ?? ''}`,
      search: `${row.name} ${row.code} ${row.leaderName ?? ''} ${row.leaderPhone ?? ''}`,
      act: showOnMap(row.base),
    })),
    ...store.rows('warehouse').map((row) => ({
      key: row.id,
      kind: 'warehouse',
      words: `${row.name} · ${row.keeperName ?? ''} ${row.keeperPhone ?? ''}`,
      search: `${row.name} ${row.code} ${row.keeperName ?? ''} ${row.keeperPhone ?? ''}`,
      act: showOnMap(row.location),
    })),
    ...store.rows('item').map((row) => ({
      key: row.id,
      kind: 'item',
      words: `${row.code} ${named(row)}`,
      search: `${row.code} ${row.name} ${row.nameEn}`,
      act: () => {
        go('');
        desk.set({ itemId: row.id, tab: 'stock' });
      },
    })),
    ...store.rows('society').map((row) => ({
      key: row.id,
      kind: 'society',
      words: row.name,
      search: `${row.name} ${row.adcode}`,
      act: showOnMap(row.location),
    })),
  ];
}

/** One box for everything: type Chinese, a code, the tail of a phone number or pinyin initials, press Enter. */
export function CommandBar() {
  const [wanted, setWanted] = useState('');
  const [at, setAt] = useState(0);
  const matches = useMatcher(wanted);
  useEffect(() => void loadPinyin(), []);
  const all = useMemo(() => [...commands(), ...things()], []);
  const found = useMemo(() => (wanted.trim() === '' ? all.slice(0, SHOWN) : all.filter((entry) => matches(entry.search)).slice(0, SHOWN)), [all, wanted, matches]); // prettier-ignore
  const close = () => desk.set({ overlay: 'none' });
  const run = (entry: Entry | undefined) => {
    if (!entry) return;
    close();
    entry.act();
  };
  const steer = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      setAt((held) => Math.max(0, Math.min(found.length - 1, held + step)));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      run(found[at]);
    }
  };
  return (
    <Dialog title={t('command.title')} close={close} className="command-dialog">
      <input
        className="input"
        data-focus
        role="combobox"
        aria-expanded="true"
        aria-controls="command-list"
        aria-activedescendant={found[at] ? `command-${at}` : undefined}
        aria-label={t('command.placeholder')}
        placeholder={t('command.placeholder')}
        value={wanted}
        onChange={(event) => {
          setWanted(event.target.value);
          setAt(0);
        }}
        onKeyDown={steer}
      />
      <Found found={found} at={at} point={setAt} run={run} />
      {found.length === 0 && <p className="empty">{t('command.nothing')}</p>}
    </Dialog>
  );
}

type FoundProps = { found: Entry[]; at: number; point: (at: number) => void; run: (entry: Entry) => void };
function Found({ found, at, point, run }: FoundProps) {
  return (
    <ul id="command-list" role="listbox" aria-label={t('command.title')} className="command-list">
      {found.map((entry, index) => (
        <li
          key={entry.key}
          id={`command-${index}`}
          role="option"
          aria-selected={index === at}
          onPointerMove={() => point(index)}
          onClick={() => run(entry)}
        >
          <span className="command-kind quiet">{t(`command.kind-${entry.kind}`)}</span>
          <span className="clip">{entry.words}</span>
        </li>
      ))}
    </ul>
  );
}
