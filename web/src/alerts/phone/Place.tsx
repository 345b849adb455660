import { useEffect, useState } from 'react';
import type { Point } from '../../../../src/shared/fields.dto.js';
import { t } from '../../i18n/i18n.js';
import { coordinatesText } from './face.rules.js';
import { distanceM, kmText } from '../../map/distance.rules.js';

/** Where it is: in words, as WGS 84 coordinates to copy, and how far from here when the phone already may say where it is. */
export function Place({ placeText, location }: { placeText: string; location: Point }) {
  const here = useGrantedPosition();
  const [copied, setCopied] = useState(false);
  const coordinates = coordinatesText(location);
  const copy = async () => {
    setCopied(await copyText(coordinates));
  };
  return (
    <section className="alert-place" aria-label={t('phone.place')}>
      <p className="place-text">{placeText}</p>
      <div className="coordinates">
        <span className="numeric">
          {coordinates} <span className="quiet">{t('phone.datum')}</span>
        </span>
        <button type="button" className="button" onClick={() => void copy()}>
          {t(copied ? 'phone.copied' : 'phone.copy')}
        </button>
      </div>
      {here && <p>{t('phone.distance', { km: kmText(distanceM(here, location)) })}</p>}
    </section>
  );
}

/** Never asks: a permission dialog is the last thing a woken person needs. */
function useGrantedPosition(): Point | null {
  const [here, setHere] = useState<Point | null>(null);
  useEffect(() => {
    let gone = false;
    void (async () => {
      const permission = await navigator.permissions?.query({ name: 'geolocation' }).catch(() => null);
      if (permission?.state !== 'granted' || gone) return;
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => !gone && setHere({ lon: coords.longitude, lat: coords.latitude }),
        () => {},
        { maximumAge: 300_000, timeout: 10_000 },
      );
    })();
    return () => {
      gone = true;
    };
  }, []);
  return here;
}

/** In-app browsers and plain http in a LAN have no clipboard API; the old command still works there. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement('textarea');
    field.value = text;
    field.style.position = 'fixed';
    field.style.opacity = '0';
    document.body.append(field);
    field.select();
    const done = document.execCommand('copy');
    field.remove();
    return done;
  }
}
