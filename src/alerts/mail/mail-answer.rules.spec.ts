import { describe, expect, it } from '@jest/globals';
import { mailFailure } from './mail-answer.rules.js';

describe('what became of a mail', () => {
  it.each([
    [{ code: 'EENVELOPE', command: 'RCPT TO', response: '550 no such user', responseCode: 550 }, 'ESMTP550', true],
    [{ code: 'EENVELOPE', command: 'MAIL FROM', response: '553 not yours', responseCode: 553 }, 'ESMTP553', true],
    [{ code: 'EMESSAGE', command: 'DATA', response: '554 refused', responseCode: 554 }, 'ESMTP554', true],
    [{ code: 'EENVELOPE', command: 'RCPT TO', response: '451 later', responseCode: 451 }, 'ESMTP451', false],
    [{ code: 'EAUTH', command: 'AUTH PLAIN', response: '535 wrong', responseCode: 535 }, 'ESMTP535', false],
    [{ code: 'EPROTOCOL', command: 'CONN', response: '554 no service', responseCode: 554 }, 'ESMTP554', false],
    [{ code: 'ECONNECTION', command: 'CONN', response: '421 closing', responseCode: 421 }, 'ESMTP421', false],
    [{ code: 'EPROTOCOL', command: 'CONN', response: 'HTTP/1.1 400', responseCode: false }, 'EGARBLED', false],
    [{ code: 'EMESSAGE', command: 'DATA', response: '999 what', responseCode: 999 }, 'EGARBLED', false],
    [{ code: 'ECONNECTION', command: 'CONN' }, 'ECONNRESET', false],
    [{ code: 'ESOCKET', originalCode: 'ECONNREFUSED', command: 'CONN' }, 'ECONNREFUSED', false],
    [{ code: 'ETIMEDOUT', command: 'CONN' }, 'ETIMEDOUT', false],
    [{}, 'unknown', false],
  ] as const)('is told from %j', (fault, failure, forGood) => {
    expect(mailFailure(fault)).toEqual({ failure, forGood });
  });
});
