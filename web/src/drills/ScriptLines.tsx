import type { InjectDto } from '../../../src/drills/drills.dto.js';
import { stamp } from '../i18n/format.js';
import { t } from '../i18n/i18n.js';

/** What a drill lets happen, newest last: when, what kind, in which words, and whether it happened. */
export function ScriptLines({ lines }: { lines: readonly InjectDto[] }) {
  if (lines.length === 0) return <p className="quiet">{t('drills.no-script')}</p>;
  return (
    <ul className="drill-script" aria-label={t('drills.script')}>
      {lines.map(({ id, dueAt, state, refusal, call, enteredBy }) => (
        <li key={id}>
          <time dateTime={dueAt} className="numeric">
            {stamp(dueAt)}
          </time>
          <span>{t(`inject-kind.${call.kind}`)}</span>
          <span>
            {wordsOf(call, lines)}
            {enteredBy && <span className="quiet"> · {t('drills.by-hand', { name: enteredBy })}</span>}
          </span>
          <span className={refusal ? 'unmet' : 'quiet'}>{refusal ?? t(`inject-state.${state}`)}</span>
        </li>
      ))}
    </ul>
  );
}

/** In words: of an incident, the title under which the script reported it. */
function wordsOf(call: InjectDto['call'], lines: readonly InjectDto[]): string {
  if (call.kind === 'report') return call.title;
  if ('words' in call) return call.kind === 'reply' ? `${call.unitCode}: ${call.words}` : call.words;
  if ('incidentKey' in call) return titleOf(call.incidentKey, lines);
  return call.place;
}

const titleOf = (key: string, lines: readonly InjectDto[]): string =>
  lines.flatMap(({ call }) => (call.kind === 'report' && call.key === key ? [call.title] : []))[0] ?? key;
