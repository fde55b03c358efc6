import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useCan, useSession } from '@/shared/session/session';
import { PageBody, PageHeader, Section } from '@/shared/ui/page';

import { ClosingRequests, OwnRequests } from '../components/request-lists';
import { WaitingList } from '../components/waiting-list';

/** What waits for the person, by what their role may do. */
export function DashboardPage(): ReactNode {
  const { t } = useTranslation('dashboard');
  const session = useSession();
  const can = useCan();
  return (
    <PageBody>
      <PageHeader
        title={t('welcome', { name: session?.user.display_name ?? '' })}
        documentTitle={t('title')}
        text={t('text')}
      />
      <Section title={t('waiting')}>
        <WaitingList />
      </Section>
      <div className="grid gap-6 lg:grid-cols-2">
        {can('requests:read') && (
          <Section title={t('buying')}>
            <OwnRequests />
          </Section>
        )}
        {can('board:read') && (
          <Section title={t('selling')}>
            <ClosingRequests />
          </Section>
        )}
      </div>
    </PageBody>
  );
}
