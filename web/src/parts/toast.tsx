import { useEffect } from 'react';
import { createState } from '../app/state.js';

type Toast = { id: number; words: string; undo?: { label: string; act: () => void } };
const state = createState<{ toast: Toast | null }>({ toast: null });
const SHOWN_MS = 10_000;
let last = 0;

/** Says once what was done; a reversible act offers its undo for ten seconds (C-24). */
export const say = (words: string, undo?: Toast['undo']): void =>
  state.set({ toast: { id: (last += 1), words, ...(undo ? { undo } : {}) } });

export function ToastHost() {
  const toast = state.use((held) => held.toast);
  useEffect(() => {
    if (!toast) return;
    const timer = window.setTimeout(() => state.set({ toast: null }), SHOWN_MS);
    return () => window.clearTimeout(timer);
  }, [toast]);
  return (
    <div className="toast-host" role="status">
      {toast && (
        <div className="toast" key={toast.id}>
          <span>{toast.words}</span>
          {toast.undo && (
            <button
              type="button"
              className="button small"
              onClick={() => {
                toast.undo?.act();
                state.set({ toast: null });
              }}
            >
              {toast.undo.label}
            </button>
          )}
        </div>
      )}
    </div>
  );
}
