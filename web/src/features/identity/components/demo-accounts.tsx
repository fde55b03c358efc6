import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { api } from '@/shared/api/client';
import { showProblem } from '@/shared/ui/toast';
import { Avatar } from '@/shared/ui/values';

import { useEnter } from '../api/entering';
import { demoAccountsQuery } from '../api/queries';

/** The accounts of the demo data, one click each; only a development server tells them. */
export function DemoAccounts({ next }: { next: string | undefined }): ReactNode {
  const { t } = useTranslation(['auth', 'common']);
  const accounts = useQuery({ ...demoAccountsQuery, retry: false }).data ?? [];
  const enter = useEnter(next);
  const [entering, setEntering] = useState<string | null>(null);
  if (accounts.length === 0) return null;
  const enterAs = async (email: string, password: string): Promise<void> => {
    setEntering(email);
    try {
      await api.POST('/api/v1/auth/login', { body: { email, password } });
      await enter();
    } catch (error) {
      setEntering(null);
      showProblem(error);
    }
  };
  return (
    <section aria-labelledby="demo-accounts" className="flex flex-col gap-2">
      <h2 id="demo-accounts" className="text-body font-semibold">
        {t('demo.title')}
      </h2>
      <p className="text-small text-muted">{t('demo.text')}</p>
      <ul className="grid gap-2 sm:grid-cols-2">
        {accounts.map((account) => (
          <li key={account.email}>
            <button
              type="button"
              disabled={entering !== null}
              aria-busy={entering === account.email}
              onClick={() => void enterAs(account.email, account.password)}
              className="flex w-full items-center gap-3 rounded-base border border-line bg-surface p-2.5 text-left hover:bg-hover disabled:opacity-55"
            >
              <Avatar name={account.display_name} />
              <span className="min-w-0">
                <span className="block truncate text-body font-medium">{account.display_name}</span>
                <span className="block truncate text-small text-muted">
                  {account.platform_role === null
                    ? `${account.organisation_name} · ${t(`common:roles.${account.role}`)}`
                    : t('demo.platform')}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
