import { useId } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';

type Tab = { key: string; label: ReactNode; panel: () => ReactNode; /** For a guided tour. */ mark?: string };

/** Tabs after the ARIA pattern: one tab stop, arrows move, only the open panel exists. */
export function Tabs({
  tabs,
  open,
  choose,
  label,
}: {
  tabs: Tab[];
  open: string;
  choose: (key: string) => void;
  label: string;
}) {
  const id = useId();
  const current = tabs.find((tab) => tab.key === open) ?? tabs[0]!;
  const move = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = tabs[(tabs.indexOf(current) + step + tabs.length) % tabs.length]!;
    choose(next.key);
    document.getElementById(`${id}-${next.key}`)?.focus();
  };
  return (
    <div className="tabs">
      <div role="tablist" aria-label={label} className="tab-list" onKeyDown={move}>
        {tabs.map((tab) => (
          <button
            key={tab.key}
            type="button"
            role="tab"
            data-tour={tab.mark}
            id={`${id}-${tab.key}`}
            aria-selected={tab === current}
            aria-controls={`${id}-panel`}
            tabIndex={tab === current ? 0 : -1}
            onClick={() => choose(tab.key)}
          >
            {tab.label}
          </button>
        ))}
      </div>
      <div
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-${current.key}`}
        className="tab-panel"
        tabIndex={0}
      >
        {current.panel()}
      </div>
    </div>
  );
}
