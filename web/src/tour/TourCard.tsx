import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { KeyboardEvent, RefObject } from 'react';
import { createPortal } from 'react-dom';
import { whenDone } from '../api/http.js';
import { useKeys } from '../app/keys.js';
import { at } from '../app/world.js';
import { currentRoute, go, useRoute } from '../app/routes.js';
import { t, useLocale } from '../i18n/i18n.js';
import './messages.js';
import './tour.css';
import { finishTour, goToStep, leaveTour, tour } from './tour-state.js';
import { fits, isOn, placeCard } from './tour.rules.js';
import type { Box, Size, TourStep } from './tour.rules.js';
import { tourOf } from './tours.js';
import { findMark, markSelector, useEachChange, useMark } from './use-mark.js';

/** The tour that runs: one step after another, each ended by an act of the user. */
export default function TourCard() {
  const { role, step } = tour.use((standing) => standing);
  const steps = role ? tourOf(role).steps : [];
  const current = steps[step];
  useFirstPage(steps[0], step);
  if (!current) return null;
  const next = () => (step + 1 < steps.length ? goToStep(step + 1) : finishTour());
  return <StepCard key={`${role} ${step}`} step={current} at={step} of={steps.length} next={next} />;
}

/** A tour begins where its first step is. */
function useFirstPage(first: TourStep | undefined, step: number): void {
  useEffect(() => {
    if (step === 0 && first?.page !== undefined && !isOn(first.page, currentRoute().text)) go(first.page);
  }, []);
}

type CardProps = { step: TourStep; at: number; of: number; next: () => void };

function StepCard({ step, at: number, of, next }: CardProps) {
  const { box, free, dialog } = useMark(step.mark);
  const card = useRef<HTMLElement>(null);
  const size = useSize(card);
  useEnd(step, next);
  // Escape leaves the tour, unless a dialog stands above it: then it closes that. With the focus in the card it always leaves.
  useKeys({ Escape: leaveTour, G: () => card.current?.focus() });
  const leave = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    leaveTour();
  };
  const spot = placeCard(box, size, { width: innerWidth, height: innerHeight }, free);
  return createPortal(
    <>
      {box && <Ring box={box} />}
      <aside
        ref={card}
        className="tour-card"
        tabIndex={-1}
        aria-label={t('tour.title')}
        style={{ left: spot.left, top: spot.top }}
        onKeyDown={leave}
      >
        <p className="quiet numeric">
          {t('tour.at', { step: number + 1, of })}
          <span className="tour-key"> · {t('tour.key')}</span>
        </p>
        <StepWords step={step} there={box !== null} />
        <div className="tour-acts">
          {'read' in step.ends && (
            <button type="button" className="button primary" onClick={next}>
              {t(number + 1 < of ? 'tour.read' : 'tour.finish')}
            </button>
          )}
          {number > 0 && (
            <button type="button" className="button small" onClick={() => goToStep(number - 1)}>
              {t('tour.back')}
            </button>
          )}
          {!('read' in step.ends) && (
            <button type="button" className="button small" onClick={next}>
              {t('tour.skip')}
            </button>
          )}
          <button type="button" className="button bare small" onClick={leaveTour}>
            {t('tour.leave')} <kbd>Esc</kbd>
          </button>
        </div>
      </aside>
    </>,
    dialog ?? document.body,
  );
}

function StepWords({ step, there }: { step: TourStep; there: boolean }) {
  const locale = useLocale();
  const route = useRoute();
  const away = step.page !== undefined && !isOn(step.page, route.text);
  return (
    <div role="status" className="tour-words">
      <p>{step.words[locale]}</p>
      {away && (
        <p>
          <a className="button small" href={`${at('/')}#/${step.page}`}>
            {t('tour.go-there')}
          </a>
        </p>
      )}
      {!away && !there && <p className="quiet">{t('tour.not-there')}</p>}
    </div>
  );
}

const Ring = ({ box }: { box: Box }) => (
  <div
    className="tour-ring"
    aria-hidden="true"
    style={{ left: box.left, top: box.top, width: box.right - box.left, height: box.bottom - box.top }}
  />
);

/** Waits for the act that ends a step, and for nothing else: no step ends by a clock. */
function useEnd({ ends, mark, optional }: TourStep, next: () => void): void {
  const over = useRef(false);
  const end = () => {
    if (over.current) return;
    over.current = true;
    next();
  };
  useEachChange(() => {
    if ('seen' in ends && findMark(ends.seen)) end();
    else if (optional && !findMark(mark)) end();
  });
  useEffect(() => {
    if ('did' in ends) return whenDone((act) => ends.did.some((pattern) => fits(pattern, act)) && end());
    if (!('press' in ends)) return;
    // After what the press does by itself: a link has led to its page before the next step asks where it is.
    const press = (event: Event) => event.target instanceof Element && event.target.closest(markSelector(ends.press)) && setTimeout(end); // prettier-ignore
    document.addEventListener('click', press);
    return () => document.removeEventListener('click', press);
  }, []);
}

/** The size of the card as it is drawn, so that it can stand where it has room. */
function useSize(card: RefObject<HTMLElement | null>): Size {
  const [size, setSize] = useState<Size>({ width: 340, height: 180 });
  useLayoutEffect(() => {
    const width = card.current?.offsetWidth ?? 0;
    const height = card.current?.offsetHeight ?? 0;
    if (width !== size.width || height !== size.height) setSize({ width, height });
  });
  return size;
}
