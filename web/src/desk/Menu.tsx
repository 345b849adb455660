import { useEffect, useRef } from 'react';
import type { RefObject } from 'react';
import { IN_MENU, MENU_NEEDS } from '../app/pages.js';
import { inDrill } from '../app/world.js';
import { switchKeys, useKeysEnabled } from '../app/keys.js';
import { maySomewhere } from '../access/may.js';
import { signOut, useSession } from '../access/session.js';
import { chooseLocale, t, useLocale } from '../i18n/i18n.js';
import { useLive } from '../live/hooks.js';
import { chooseTheme, useThemeChoice } from '../theme/theme.js';
import type { ThemeChoice } from '../theme/theme.js';
import { TourButton } from '../tour/TourButton.js';
import { desk } from './desk-state.js';
import { tryOut, useSound } from './sound.js';

const THEMES: ThemeChoice[] = ['auto', 'dark', 'light'];

/** Settings that are seldom touched. A <details> needs no script to open and is a button for every reader. */
export function Menu() {
  const ref = useRef<HTMLDetailsElement>(null);
  const exercise = desk.use((state) => state.exercise);
  const drills = useLive(
    ['incident'],
    (store) => store.rows('incident').filter((incident) => incident.exercise).length,
  );
  useCloseOutside(ref);
  return (
    <details
      className="menu"
      data-tour="menu"
      ref={ref}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !ref.current?.open) return;
        event.stopPropagation();
        ref.current.open = false;
        ref.current.querySelector('summary')?.focus();
      }}
    >
      <summary className="button small" aria-label={t('menu.title')}>
        <span aria-hidden="true">☰</span>
      </summary>
      <div className="menu-body">
        <Settings />
        {!inDrill && (drills > 0 || exercise) && (
          <button
            type="button"
            className="button"
            aria-pressed={exercise}
            onClick={() => desk.set({ exercise: !exercise, selectedId: null })}
          >
            {t(exercise ? 'drill.leave' : 'drill.enter', { count: drills })}
          </button>
        )}
        <OtherPages />
        <TourButton />
        <button
          type="button"
          className="button"
          onClick={() => {
            ref.current!.open = false;
            // The focus comes back to what has it now: not to a button in a closed menu.
            ref.current!.querySelector('summary')?.focus();
            desk.set({ overlay: 'help' });
          }}
        >
          {t('menu.keys')} <kbd>?</kbd>
        </button>
        <button type="button" className="button" onClick={() => void signOut()}>
          {t('session.sign-out')}
        </button>
      </div>
    </details>
  );
}

/** A click anywhere else closes the menu. */
function useCloseOutside(ref: RefObject<HTMLDetailsElement | null>): void {
  useEffect(() => {
    const close = (event: Event) => {
      if (event.target instanceof Node && !ref.current?.contains(event.target)) ref.current!.open = false;
    };
    document.addEventListener('pointerdown', close);
    return () => document.removeEventListener('pointerdown', close);
  }, [ref]);
}

/** Pages beside the console. */
function OtherPages() {
  const { actor } = useSession();
  const offered = IN_MENU.filter((name) => {
    if (inDrill && name === 'past') return false; // a drill's clock is not that of its record
    const action = MENU_NEEDS[name];
    return action === undefined || maySomewhere(actor, action);
  });
  return (
    <>
      {offered.map((name) => (
        <a key={name} className="button" href={`#/${name}`}>
          {t(`menu.${name}`)}
        </a>
      ))}
      {inDrill && (
        <a className="button" href="/">
          {t('menu.leave-drill')}
        </a>
      )}
    </>
  );
}

function Settings() {
  const theme = useThemeChoice();
  const locale = useLocale();
  const keys = useKeysEnabled();
  const sound = useSound();
  return (
    <>
      <div role="group" aria-label={t('menu.theme')} className="presets">
        {THEMES.map((each) => (
          <button key={each} type="button" aria-pressed={each === theme} onClick={() => chooseTheme(each)}>
            {t(`theme.${each}`)}
          </button>
        ))}
      </div>
      <button type="button" className="button" onClick={() => void chooseLocale(locale === 'en' ? 'zh-CN' : 'en')}>
        {t('app.other-language')}
      </button>
      <button type="button" className="button" aria-pressed={keys} onClick={() => switchKeys(!keys)}>
        {t(keys ? 'menu.keys-off' : 'menu.keys-on')}
      </button>
      <button type="button" className="button" onClick={() => void tryOut()}>
        {t(sound === 'on' ? 'sound.try' : 'sound.switch-on')}
      </button>
    </>
  );
}
