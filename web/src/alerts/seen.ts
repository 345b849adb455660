import { request } from '../api/http.js';

/** The app is open and shows what it gets: the receipt of a silent test. Lost on the way it is no harm, the next start tells it again. */
export const noteSeen = (): void => void request('POST', '/channel-tests/seen').catch(() => undefined);
