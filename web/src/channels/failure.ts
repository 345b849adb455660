import { t } from '../i18n/i18n.js';

/** Codes that have words of their own; the others are told as they are, for whoever runs the server. */
const TOLD = [
  'ETIMEDOUT',
  'ECONNREFUSED',
  'ENOTFOUND',
  'EGARBLED',
  'EHTTP401',
  'EHTTP403',
  'E310000',
  'E19021',
  'E300001',
  'E93000',
  'EDRILL',
  'EBUSY',
  'ECONNRESET',
  'ESMTP535',
  'ESMTP550',
  'ETLS',
  'EKEYLOST',
];

/** Why a provider did not take a message: in words where there are some, and always with the code. */
export const failureWords = (code: string): string =>
  TOLD.includes(code) ? t('channels.failure-told', { words: t(`channels.failure.${code}`), code }) : code;
