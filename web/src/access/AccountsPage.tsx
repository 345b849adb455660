import { lazy, Suspense } from 'react';
import { useRoute } from '../app/routes.js';
import { t } from '../i18n/i18n.js';
import { Loading } from '../parts/Loading.js';
import { BackTo } from '../relief-stock/parts/PaperList.js';
import { SidePage } from '../relief-stock/parts/SidePage.js';
import { AccountSheet } from './AccountSheet.js';
import { Accounts } from './Accounts.js';
import { NewAccount } from './NewAccount.js';
import { OwnPassword } from './OwnPassword.js';
import { useSession } from './session.js';

const ContactForm = lazy(() => import('../contact/ContactForm.js'));

/** One's own account and how one is told; for an administrator those of the society and below. `#/accounts[/new|/ID]` */
export default function AccountsPage() {
  const { parts } = useRoute();
  const { actor } = useSession();
  const manages = (actor?.grants ?? []).some(({ role }) => role === 'administrator');
  const open = manages ? parts[0] : undefined;
  return (
    <SidePage title={t('accounts.title')}>
      <div className="page">
        {open && <BackTo href="#/accounts" />}
        {open === 'new' && <NewAccount />}
        {open && open !== 'new' && <AccountSheet key={open} id={open} />}
        {!open && <OwnPassword />}
        {!open && (
          <Suspense fallback={<Loading />}>
            <ContactForm />
          </Suspense>
        )}
        {!open && manages && <Accounts />}
      </div>
    </SidePage>
  );
}
