import { type FormEvent, useState } from 'react';
import type { ContactSettingDto } from '../../../src/alerts/contact/contact.dto.js';
import type { UserDto } from '../../../src/access/access.dto.js';
import { useCommand } from '../api/use-command.js';
import { useFetched } from '../api/use-fetched.js';
import { named, t } from '../i18n/i18n.js';
import { contactWords } from '../contact/contact-words.js';
import { live } from '../live/live.js';
import { Act } from '../parts/Act.js';
import { Loading } from '../parts/Loading.js';
import { Refusal } from '../parts/Refusal.js';
import { TextField } from '../parts/TextField.js';
import { say } from '../parts/toast.js';
import { PaperRow } from '../relief-stock/parts/PaperList.js';
import { GrantForm } from './GrantForm.js';
import { LEAST_PASSWORD } from './OwnPassword.js';
import { useSession } from './session.js';

type Grant = UserDto['roles'][number];

/** One account: what the person may do, whether the account works, and a new password for who forgot it. */
export function AccountSheet({ id }: { id: string }) {
  const { data, problem, reload } = useFetched<UserDto>(`/users/${id}`);
  const own = useSession().actor?.userId === id;
  if (!data) return problem ? <Refusal problem={problem} /> : <Loading />;
  const blocked = own ? t('accounts.not-own') : null;
  return (
    <>
      <header>
        <h2>{data.name}</h2>
        <p className="quiet">
          {[data.account, data.phone, data.email, live.store.row('society', data.societyId)?.name]
            .filter(Boolean)
            .join(' · ')}
        </p>
        <Contact userId={id} />
        {data.disabled && <p className="notice warning">{t('accounts.is-disabled')}</p>}
      </header>
      <h3>{t('accounts.roles')}</h3>
      {data.roles.length === 0 && <p className="empty">{t('accounts.no-roles')}</p>}
      <ul className="papers">
        {data.roles.map((grant) => (
          <li key={`${grant.role} ${grant.societyId} ${grant.teamId} ${grant.warehouseId}`}>
            <PaperRow title={t(`role.${grant.role}`)} aside={grant.societyName} detail={placeOf(grant)}>
              <Revoke userId={id} grant={grant} done={reload} blocked={blocked} />
            </PaperRow>
          </li>
        ))}
      </ul>
      <GrantForm user={data} done={reload} blocked={blocked} />
      <MailAddress key={data.version} user={data} done={reload} />
      <ResetPassword user={data} blocked={own ? t('accounts.own-above') : null} />
      <Act
        look="plain"
        label={t(data.disabled ? 'accounts.enable' : 'accounts.disable')}
        path={`/users/${id}/${data.disabled ? 'enable' : 'disable'}`}
        mark="account-off"
        said={t(data.disabled ? 'accounts.said-enabled' : 'accounts.said-disabled', { name: data.name })}
        done={reload}
        blocked={blocked}
      />
    </>
  );
}

/** How the person wants to be told. */
function Contact({ userId }: { userId: string }) {
  const { data } = useFetched<ContactSettingDto>(`/users/${userId}/contact`);
  return (
    data && (
      <p className="quiet" data-contact-of>
        {t('contact.of', { words: contactWords(data) })}
      </p>
    )
  );
}

function placeOf({ teamId, warehouseId }: Grant): string | undefined {
  if (warehouseId) return named(live.store.row('warehouse', warehouseId));
  return teamId ? live.store.row('team', teamId)?.name : undefined;
}

type RevokeProps = { userId: string; grant: Grant; done: () => void; blocked: string | null };

function Revoke({ userId, grant, done, blocked }: RevokeProps) {
  const { role, societyId, teamId, warehouseId } = grant;
  return (
    <Act
      look="plain"
      label={t('accounts.revoke')}
      path={`/users/${userId}/roles/revoke`}
      body={{ role, societyId, ...(teamId ? { teamId } : {}), ...(warehouseId ? { warehouseId } : {}) }}
      said={t('accounts.said-revoked', { role: t(`role.${role}`) })}
      done={done}
      blocked={blocked}
    />
  );
}

/** Where mails to the person go. */
function MailAddress({ user, done }: { user: UserDto; done: () => void }) {
  const [email, setEmail] = useState(user.email ?? '');
  const { busy, problem, send } = useCommand();
  const keep = async (event: FormEvent) => {
    event.preventDefault();
    if (!(await send(`/users/${user.id}/email`, { email: email.trim() || null }))) return;
    say(t('accounts.said-email', { name: user.name }));
    done();
  };
  return (
    <form className="receipt-line" data-account-email onSubmit={(event) => void keep(event)} noValidate>
      <TextField
        label={t('accounts.email')}
        hint={t('accounts.email-hint')}
        type="code"
        maxLength={254}
        value={email}
        set={setEmail}
      />
      <Refusal problem={problem} />
      <div className="act act-plain">
        <button type="submit" className="button" disabled={busy || email.trim() === (user.email ?? '')}>
          {t('accounts.email-keep')}
        </button>
      </div>
    </form>
  );
}

function ResetPassword({ user, blocked }: { user: UserDto; blocked: string | null }) {
  const [password, setPassword] = useState('');
  const { busy, problem, send } = useCommand();
  const reset = async () => {
    if (!(await send(`/users/${user.id}/password`, { password }))) return;
    setPassword('');
    say(t('accounts.said-reset', { name: user.name }));
  };
  return (
    <form
      className="receipt-line"
      onSubmit={(event) => {
        event.preventDefault();
        void reset();
      }}
    >
      <h3>{t('accounts.reset')}</h3>
      <TextField
        label={t('accounts.next')}
        hint={t('accounts.reset-hint', { least: LEAST_PASSWORD })}
        type="password"
        autoComplete="new-password"
        maxLength={200}
        value={password}
        set={setPassword}
      />
      <Refusal problem={problem} />
      <div className="act act-plain">
        <button
          type="submit"
          className="button"
          disabled={busy || blocked !== null || password.length < LEAST_PASSWORD}
        >
          {t('accounts.reset')}
        </button>
        {blocked !== null && <span className="act-why">{blocked}</span>}
      </div>
    </form>
  );
}
