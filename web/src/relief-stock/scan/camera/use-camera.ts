import { type RefObject, useEffect, useRef, useState } from 'react';
import { bestOf, type CameraFault, faultOf } from './camera.rules.js';
import { Decoder } from './decoder.js';
import { pointsOf } from './picture.js';

/** Between two looks: a phone that only looks must stay cool. */
const PAUSE_MS = 120;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

type Told = { found: (text: string) => void; failed: (fault: CameraFault) => void };

/** Shows what the camera sees while it is mounted, and looks for codes on it until it finds one. The camera is off again afterwards. */
export function useCamera(told: Told): { video: RefObject<HTMLVideoElement | null>; ready: boolean } {
  const video = useRef<HTMLVideoElement>(null);
  const [ready, setReady] = useState(false);
  useEffect(() => {
    const ended = new AbortController();
    void film(video.current!, { ...told, ended: ended.signal, ready: () => setReady(true) });
    return () => ended.abort();
  }, []);
  return { video, ready };
}

async function film(video: HTMLVideoElement, { ended, found, failed, ready }: Told & { ended: AbortSignal; ready: () => void }) {
  const stream = await open().catch((error: unknown) => faultOf(error));
  if (typeof stream === 'string') return ended.aborted ? undefined : failed(stream);
  const decoder = new Decoder();
  try {
    if (ended.aborted) return;
    video.srcObject = stream;
    await video.play();
    ready();
    const text = await lookFor(video, decoder, ended);
    if (text !== null && !ended.aborted) found(text);
  } catch {
    if (!ended.aborted) failed('reader');
  } finally {
    decoder.close();
    stream.getTracks().forEach((track) => track.stop());
  }
} // prettier-ignore

const open = (): Promise<MediaStream> =>
  navigator.mediaDevices.getUserMedia({
    video: { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } },
  });

async function lookFor(video: HTMLVideoElement, decoder: Decoder, ended: AbortSignal): Promise<string | null> {
  const canvas = document.createElement('canvas');
  while (!ended.aborted) {
    const { videoWidth: width, videoHeight: height } = video;
    const text = width > 0 ? bestOf(await decoder.read(pointsOf({ image: video, width, height }, canvas))) : null;
    if (text !== null) return text;
    await pause(PAUSE_MS);
  }
  return null;
}
