/** What is known of a mail that was not taken: the reply of the server, and to which command; or what became of the line. */
export interface MailFault {
  code?: string | undefined;
  originalCode?: string | undefined;
  command?: string | undefined;
  response?: string | undefined;
  responseCode?: number | false | undefined;
}

/** A 5xx to one of these is about this mail (RFC 5321, 4.2.1); one to the greeting or to a sign-in is about us, and may be mended. */
const ABOUT_THE_MAIL = new Set(['MAIL FROM', 'RCPT TO', 'DATA']);

/**
 * The failure of an attempt by the fault of the line or the server. Codes are those of the text messages where they mean the same, so that
 * a mail that may have left is known as such.
 */
export function mailFailure(fault: MailFault): { failure: string; forGood: boolean } {
  const { code = 'unknown', originalCode, command = '', response, responseCode } = fault;
  if (responseCode && responseCode >= 400 && responseCode < 600)
    return { failure: `ESMTP${responseCode}`, forGood: responseCode >= 500 && ABOUT_THE_MAIL.has(command) };
  if (response || code === 'EPROTOCOL') return { failure: 'EGARBLED', forGood: false };
  if (code === 'ECONNECTION') return { failure: 'ECONNRESET', forGood: false };
  return { failure: (originalCode ?? code).slice(0, 80), forGood: false };
}
