import { messageText, type Say, type Told } from '../message-text.rules.js';

/** What a mail says: the words of the text message, and below them that nobody reads what is sent back. */
export function mailText(told: Told, sentence: Say): { subject: string; text: string } {
  const title = told.incidentTitle || told.placeText;
  const subject = sentence(`alert-text.mail.${told.kind}`, { title, teamName: told.teamName });
  const marked = told.exercise ? sentence('alert-text.exercise', { words: subject }) : subject;
  const end = sentence(told.link ? 'alert-text.mail.end' : 'alert-text.mail.end-no-link', {});
  return { subject: marked.replace(/\s+/g, ' ').trim(), text: `${messageText(told, sentence)}\n\n${end}\n` };
}

/**
 * The Message-ID: of the first attempt that may have left, so that a mail which goes again because nobody noted its result is the same one
 * for the reader's mailbox. `from`: our address, whose domain it bears.
 */
export const messageIdOf = ({ deliveryId, maybeSent }: { deliveryId: string; maybeSent: readonly string[] }, from: string): string =>
  `<${maybeSent[0] ?? deliveryId}@${from.slice(from.lastIndexOf('@') + 1)}>`; // prettier-ignore
