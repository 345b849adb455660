import { useState } from 'react';
import type { MadeScreen } from '../../../src/screens/screens.dto.js';
import { at } from '../app/world.js';
import { t } from '../i18n/i18n.js';
import { Field } from '../parts/Field.js';

/** The link of a screen that was just made. The token stands behind the #, which a browser sends to nobody. */
export function ScreenLink({ made: { screen, token } }: { made: MadeScreen }) {
  const [copied, setCopied] = useState(false);
  const { name } = screen;
  if (token === null) return <p className="notice warning" role="alert">{t('screens.link-lost', { name })}</p>; // prettier-ignore
  const link = `${location.origin}${at('/screen.html')}#${token}`;
  return (
    <div className="notice good screen-link">
      <Field label={t('screens.link', { name })} hint={t('screens.link-hint')}>
        <input className="input" readOnly value={link} onFocus={({ target }) => target.select()} />
      </Field>
      <div className="form-acts">
        {/* Browsers hand out the clipboard on https and on this computer only; the field can always be marked and copied. */}
        {navigator.clipboard && (
          <button
            type="button"
            className="button primary"
            onClick={() => void navigator.clipboard.writeText(link).then(() => setCopied(true))}
          >
            {t(copied ? 'screens.copied' : 'screens.copy')}
          </button>
        )}
        <a className="button" href={link} target="_blank" rel="noopener">
          {t('screens.open')}
        </a>
      </div>
    </div>
  );
}
