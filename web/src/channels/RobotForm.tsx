import { type FormEvent, useState } from 'react';
import type { Role } from '../../../src/access/access.dto.js';
import {
  ROBOT_KINDS,
  type RobotDto,
  type RobotKind,
  type RobotStateDto,
} from '../../../src/alerts/robots/robots.dto.js';
import { SocietyField } from '../access/SocietyField.js';
import { useCommand } from '../api/use-command.js';
import { t } from '../i18n/i18n.js';
import { Submit } from '../parts/Act.js';
import { Refusal } from '../parts/Refusal.js';
import { SelectField, TextField } from '../parts/TextField.js';
import { say } from '../parts/toast.js';

const KEEPERS: readonly Role[] = ['administrator'];
const SEVERITIES = ['IV', 'III', 'II', 'I'] as const;
type Values = {
  kind: RobotKind | '';
  name: string;
  societyId: string;
  severity: string;
  webhook: string;
  secret: string;
};
const EMPTY: Values = { kind: '', name: '', societyId: '', severity: 'IV', webhook: '', secret: '' };
type SetValues = (part: Partial<Values>) => void;

/** A new robot: from whom, for which society, and what its group's settings show once. */
export function AddRobotForm({ done, back }: { done: (robot: RobotDto) => void; back: () => void }) {
  const [values, setValues] = useState(EMPTY);
  const { busy, problem, send } = useCommand();
  const set: SetValues = (part) => setValues({ ...values, ...part });
  const { kind, name, societyId, severity, webhook, secret } = values;
  const whole = [kind, name.trim(), societyId, webhook.trim()].every((value) => value !== '');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const given = secret.trim() === '' || kind === 'wecom' ? {} : { secret: secret.trim() };
    const robot = await send<RobotDto>('/robots', { kind, name: name.trim(), societyId, severity, webhook: webhook.trim(), ...given }); // prettier-ignore
    if (!robot) return;
    say(t('robots.said-added', { name: robot.name }));
    done(robot);
  };
  return (
    <form className="keeper-form" onSubmit={(event) => void submit(event)} noValidate>
      <h3>{t('robots.new')}</h3>
      <div className="form-grid">
        <SelectField
          label={t('robots.provider')}
          required
          none={t('form.choose')}
          value={kind}
          set={(chosen) => set({ kind: chosen as RobotKind | '' })}
          options={ROBOT_KINDS.map((value) => ({ value, words: t(`robots.kind.${value}`) }))}
        />
        <SocietyField roles={KEEPERS} value={societyId} set={(chosen) => set({ societyId: chosen })} />
        <Named values={values} set={set} />
        <Opening values={values} set={set} required />
      </div>
      <p className="quiet">{kind === '' ? t('robots.hint') : t(`robots.hint.${kind}`)}</p>
      <Refusal problem={problem} />
      <div className="form-acts">
        <Submit label={t('robots.keep')} look="primary" busy={busy} lacks={whole ? null : t('form.incomplete')} />
        <button type="button" className="button bare" onClick={back}>
          {t('act.back')}
        </button>
      </div>
    </form>
  );
}

type ChangeProps = { robot: RobotStateDto; done: () => void; back: () => void };

/** Another name or severity; a new address where the group's robot was made anew. What opens it is never shown. */
export function ChangeRobotForm({ robot, done, back }: ChangeProps) {
  const { id, kind, societyId, version } = robot;
  const [values, setValues] = useState<Values>({
    ...EMPTY,
    kind,
    societyId,
    name: robot.name,
    severity: robot.severity,
  });
  const { busy, problem, send } = useCommand();
  const set: SetValues = (part) => setValues({ ...values, ...part });
  const { name, severity, webhook, secret } = values;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const address = webhook.trim() === '' ? {} : { webhook: webhook.trim() };
    const signing = secret.trim() === '' ? {} : { secret: secret.trim() };
    if (!(await send(`/robots/${id}`, { version, name: name.trim(), severity, ...address, ...signing }, 'PATCH')))
      return;
    say(t('robots.said-changed', { name: name.trim() }));
    done();
  };
  return (
    <form className="keeper-form" onSubmit={(event) => void submit(event)} noValidate>
      <div className="form-grid">
        <Named values={values} set={set} />
        <Opening values={values} set={set} />
      </div>
      <p className="quiet">{t('robots.kept')}</p>
      <Refusal problem={problem} />
      <div className="form-acts">
        <Submit label={t('robots.save')} look="primary" busy={busy} lacks={name.trim() === '' ? t('form.incomplete') : null} />
        <button type="button" className="button bare" onClick={back}>
          {t('act.back')}
        </button>
      </div>
    </form>
  ); // prettier-ignore
}

function Named({ values, set }: { values: Values; set: SetValues }) {
  return (
    <>
      <TextField label={t('robots.name')} hint={t('robots.name-hint')} required maxLength={80} value={values.name} set={(name) => set({ name })} />
      <SelectField
        label={t('robots.severity')}
        value={values.severity}
        set={(severity) => set({ severity })}
        options={SEVERITIES.map((value) => ({ value, words: t(`robots.from.${value}`) }))}
      />
    </>
  ); // prettier-ignore
}

function Opening({ values, set, required = false }: { values: Values; set: SetValues; required?: boolean }) {
  return (
    <>
      <TextField label={t('robots.webhook')} type="code" maxLength={500} required={required} value={values.webhook} set={(webhook) => set({ webhook })} />
      {values.kind !== 'wecom' && (
        <TextField label={t('robots.secret')} type="password" autoComplete="new-password" maxLength={200} value={values.secret} set={(secret) => set({ secret })} />
      )}
    </>
  ); // prettier-ignore
}
