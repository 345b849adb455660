import { useState } from 'react';
import type { UserDto } from '../../../src/access/access.dto.js';
import { query } from '../api/http.js';
import { useFetched } from '../api/use-fetched.js';
import { useMatcher } from '../app/pinyin.js';
import { t } from '../i18n/i18n.js';
import { live } from '../live/live.js';
import { TextField } from '../parts/TextField.js';
import { NewPaper, PaperList, PaperRow } from '../relief-stock/parts/PaperList.js';

const PAGE = 500;
type Users = { items: UserDto[]; nextCursor: string | null };

/** Accounts of the administrator's societies: found by name or account, a page of the list at a time. */
export function Accounts() {
  const [cursor, setCursor] = useState<string | null>(null);
  const users = useFetched<Users>(`/users${query({ limit: PAGE, cursor: cursor ?? undefined })}`);
  const [wanted, setWanted] = useState('');
  const matches = useMatcher(wanted);
  const found = users.data?.items.filter(({ account, name }) => matches(`${account} ${name}`));
  const next = users.data?.nextCursor ?? null;
  return (
    <>
      <h2>{t('accounts.others')}</h2>
      <NewPaper href="#/accounts/new" may="user.manage" words={t('accounts.new')} />
      <TextField label={t('accounts.find')} value={wanted} set={setWanted} />
      <PaperList
        of={{ ...users, data: found ? { items: found } : null }}
        empty={t('accounts.none')}
        sections={(rows) => [
          { title: t('accounts.active'), rows: rows.filter(({ disabled }) => !disabled) },
          { title: t('accounts.disabled'), rows: rows.filter(({ disabled }) => disabled) },
        ]}
        row={(user) => (
          <PaperRow
            href={`#/accounts/${user.id}`}
            title={user.name}
            aside={user.account}
            detail={[
              live.store.row('society', user.societyId)?.shortName,
              ...new Set(user.roles.map(({ role }) => t(`role.${role}`))),
            ]
              .filter(Boolean)
              .join(' · ')}
          />
        )}
      />
      <p className="form-acts">
        {cursor !== null && (
          <button type="button" className="button" onClick={() => setCursor(null)}>
            {t('accounts.first')}
          </button>
        )}
        {next !== null && (
          <button type="button" className="button" onClick={() => setCursor(next)}>
            {t('accounts.more')}
          </button>
        )}
      </p>
    </>
  );
}
