import { useId, useState } from 'react';
import { t } from '../../../i18n/i18n.js';
import { Busy } from '../../../parts/Busy.js';
import './camera.css';
import { bestOf, type CameraFault } from './camera.rules.js';
import { Decoder } from './decoder.js';
import { pointsOfPhoto } from './picture.js';
import { useCamera } from './use-camera.js';

/** Codes by the camera of the phone, or by a photo where a browser gives no camera. Scanners and typing stay beside it. */
export function CameraScan({ found }: { found: (text: string) => void }) {
  const [filming, setFilming] = useState(false);
  const [fault, setFault] = useState<CameraFault | null>(null);
  const ended = (next: CameraFault | null) => {
    setFilming(false);
    setFault(next);
  };
  const done = (text: string) => {
    ended(null);
    navigator.vibrate?.(80);
    found(text);
  };
  const begin = () => (navigator.mediaDevices ? setFilming(true) : ended('insecure'));
  return (
    <section className="camera" aria-label={t('camera.title')}>
      {filming ? (
        <Finder found={done} failed={ended} close={() => ended(null)} />
      ) : (
        <div className="camera-ways">
          <button
            type="button"
            className="button"
            onClick={() => {
              setFault(null);
              begin();
            }}
          >
            {t('camera.film')}
          </button>
          <Photo found={done} failed={setFault} />
        </div>
      )}
      {fault && (
        <p className="notice problem" role="alert">
          {t(`camera.fault.${fault}`)}
        </p>
      )}
    </section>
  );
}

type Told = { found: (text: string) => void; failed: (fault: CameraFault | null) => void };

function Finder({ found, failed, close }: Told & { close: () => void }) {
  const { video, ready } = useCamera({ found, failed });
  return (
    <>
      <div className="camera-frame">
        <video ref={video} muted playsInline aria-label={t('camera.picture')} />
      </div>
      <p role="status">{t(ready ? 'camera.aim' : 'camera.starting')}</p>
      <button type="button" className="button" onClick={close}>
        {t('camera.close')}
      </button>
    </>
  );
}

/** The camera of the system, by way of a file: works without https and in browsers inside other apps. */
function Photo({ found, failed }: Told) {
  const [busy, setBusy] = useState(false);
  const id = useId();
  const read = async (file: File | undefined) => {
    if (!file) return;
    failed(null);
    setBusy(true);
    const text = await textOn(file);
    setBusy(false);
    if ('fault' in text) failed(text.fault);
    else found(text.text);
  };
  return (
    <>
      <input
        id={id}
        className="camera-file"
        type="file"
        accept="image/*"
        capture="environment"
        disabled={busy}
        onChange={({ target }) => {
          void read(target.files?.[0]);
          target.value = '';
        }}
      />
      <label htmlFor={id} className="button" aria-busy={busy}>
        {t('camera.photo')}
        {busy && <Busy />}
      </label>
    </>
  );
}

async function textOn(file: Blob): Promise<{ text: string } | { fault: CameraFault }> {
  const points = await pointsOfPhoto(file).catch(() => null);
  if (!points) return { fault: 'unreadable' };
  const decoder = new Decoder();
  try {
    const text = bestOf(await decoder.read(points));
    return text === null ? { fault: 'no-code' } : { text };
  } catch {
    return { fault: 'reader' };
  } finally {
    decoder.close();
  }
}
