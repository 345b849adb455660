import type { MouseEvent } from 'react';
import { locale, t } from '../i18n/i18n.js';
import { PrintMark } from './PrintMark.js';

type Props = { href: string; children: string };

/** A form that the server draws, in a window of its own. Drawing may take a second or two: until it comes, the window says so. */
export const PrintLink = ({ href, children }: Props) => (
  <a className="button" href={href} target="_blank" rel="noreferrer" onClick={openSaying}>
    <PrintMark /> {children}
  </a>
);

/** The window keeps showing our words until the first byte of the form; without a window of ours the link works as any link. */
function openSaying(event: MouseEvent<HTMLAnchorElement>): void {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const page = window.open('', '_blank');
  if (!page) return;
  event.preventDefault();
  page.opener = null;
  const { document } = page;
  document.documentElement.lang = locale();
  document.documentElement.style.colorScheme = 'light dark';
  document.title = t('print.making');
  const words = document.createElement('p');
  words.setAttribute('role', 'status');
  words.style.font = '1.25rem system-ui, sans-serif';
  words.style.padding = '1rem';
  words.textContent = `${t('print.making')} ${t('print.where')}`;
  document.body.append(words);
  page.location.replace(event.currentTarget.href);
}
