import { useId, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { ItemDto } from '../../../src/relief-stock/relief-stock.dto.js';
import { useMatcher } from '../app/pinyin.js';
import { named, t } from '../i18n/i18n.js';
import { useRow, useRows } from '../live/hooks.js';
import { FaultText } from './FaultText.js';
import { lineOfScan } from './scan/line.rules.js';
import { ScanFaults, ScanInto } from './scan/ScanInto.js';
import { useCodeScan } from './scan/use-code-scan.js';

const MOST_SHOWN = 8;
type Props = {
  itemId: string;
  choose: (itemId: string) => void;
  fault: string | null;
  /** No item is a choice too. */
  optional?: boolean;
  /** False where the form has a scanner of its own for more than the item. */
  camera?: boolean;
};

/**
 * Finds an item by Chinese, code or pinyin initials (C-23). A scanned code ends with Enter, which takes the first match; what no match has is
 * asked of the server as the code of a label or package. A camera or photo does the same.
 */
export function ItemPicker({ itemId, choose, fault, optional = false, camera = true }: Props) {
  const chosen = useRow('item', itemId);
  const [searching, setSearching] = useState(false);
  if (chosen && !searching) {
    return (
      <div className="item-chosen field">
        <span className="label">{t('keeper.item')}</span>
        <button type="button" className="button" onClick={() => setSearching(true)}>
          <b>{named(chosen)}</b>
          <span className="quiet">
            {chosen.code} · {t('keeper.change-item')}
          </span>
        </button>
        {optional && (
          <button type="button" className="button bare" onClick={() => choose('')}>
            {t('keeper.any-item')}
          </button>
        )}
      </div>
    );
  }
  const take = (id: string) => {
    choose(id);
    setSearching(false);
  };
  return <ItemSearch take={take} fault={fault} focus={searching} required={!optional} camera={camera} />;
}

/** What was typed, what it finds, and which of it Enter would take. */
function useItemSearch(take: (itemId: string) => void) {
  const [wanted, setWanted] = useState('');
  const [at, setAt] = useState(0);
  const items = useRows('item');
  const matches = useMatcher(wanted);
  const fits = ({ code, name, nameEn, gbCode, eicCode }: ItemDto) =>
    matches([code, name, nameEn, gbCode, eicCode].filter(Boolean).join(' '));
  const found = wanted.trim() === '' ? [] : items.filter(fits).slice(0, MOST_SHOWN);
  const current = found[Math.min(at, found.length - 1)];
  const [useless, setUseless] = useState(false);
  const scan = useCodeScan((result) => {
    const { itemId } = lineOfScan(result);
    setUseless(!itemId);
    if (itemId) take(itemId);
  });
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && found.length > 0) setAt((at + step + found.length) % found.length);
    else if (event.key === 'Enter') {
      if (current) take((exact(found, wanted) ?? current).id);
      else void scan.look(wanted);
    } else if (event.key === 'Escape') setWanted('');
    else return;
    event.preventDefault();
  };
  const type = (words: string) => {
    setWanted(words);
    setUseless(false);
    setAt(0);
  };
  return { wanted, found, current, press, type, scan, useless };
}

type SearchProps = {
  take: (itemId: string) => void;
  fault: string | null;
  focus: boolean;
  required: boolean;
  camera: boolean;
};

function ItemSearch({ take, fault, focus, required, camera }: SearchProps) {
  const id = useId();
  const { wanted, found, current, press, type, scan, useless } = useItemSearch(take);
  return (
    <div className="item-search field">
      <label className="label" htmlFor={id}>
        {t('keeper.item')} {required && <span className="required">*</span>}
      </label>
      <input
        id={id}
        className="input"
        role="combobox"
        aria-expanded={found.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={current ? `${id}-${current.id}` : undefined}
        aria-invalid={fault !== null}
        autoComplete="off"
        autoFocus={focus}
        placeholder={t('keeper.find-item')}
        value={wanted}
        onKeyDown={press}
        onChange={(event) => type(event.target.value)}
      />
      <ul id={`${id}-list`} role="listbox" aria-label={t('keeper.items-found')} className={found.length > 0 ? 'item-list' : ''}>
        {found.map((item) => (
          <li
            key={item.id}
            id={`${id}-${item.id}`}
            role="option"
            aria-selected={item === current}
            onClick={() => take(item.id)}
          >
            <b>{named(item)}</b> <span className="quiet">{item.code}</span>
          </li>
        ))}
      </ul>
      <ScanFaults scan={scan} />
      {useless && <p className="notice" role="status">{t('scan.no-item')}</p>}
      {camera && (
        <ScanInto
          take={({ itemId }) => {
            if (!itemId) return t('scan.no-item');
            take(itemId);
            return null;
          }}
        />
      )}
      {wanted.trim() !== '' && found.length === 0 && <span className="quiet">{t('keeper.no-item')}</span>}
      <FaultText words={fault} />
    </div>
  );
} // prettier-ignore

const exact = (items: ItemDto[], wanted: string): ItemDto | undefined =>
  items.find(({ code }) => code.toLowerCase() === wanted.trim().toLowerCase());
