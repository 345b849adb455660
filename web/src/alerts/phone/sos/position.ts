/** A radius of more than this is no place any more, in metres. */
const MOST_ACCURACY_M = 1_000_000;

/**
 * Where the phone is, once it knows, or null. Asked after the call has left: a question of the browser, or a satellite that is slow to come,
 * must not hold it back.
 */
export const whereAmI = (): Promise<{ lon: number; lat: number; accuracyM: number } | null> =>
  new Promise((resolve) => {
    if (!navigator.geolocation) return resolve(null);
    navigator.geolocation.getCurrentPosition(
      ({ coords: { longitude: lon, latitude: lat, accuracy } }) =>
        resolve({ lon, lat, accuracyM: Math.min(MOST_ACCURACY_M, Math.round(accuracy)) }),
      () => resolve(null),
      { enableHighAccuracy: true, maximumAge: 60_000, timeout: 60_000 },
    );
  });
