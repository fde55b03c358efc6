import { ClipboardList, Inbox, Search } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useCan, useSession } from '@/shared/session/session';
import { Card, PageBody, PageHeader, Section } from '@/shared/ui/page';
import { EmptyState } from '@/shared/ui/states';

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
        <Card>
          <EmptyState icon={Inbox} title={t('waiting_empty')} text={t('waiting_empty_text')} />
        </Card>
      </Section>
      <div className="grid gap-6 lg:grid-cols-2">
        {can('requests:write') && (
          <Section title={t('buying')}>
            <Card className="flex-1">
              <EmptyState
                icon={ClipboardList}
                title={t('buying_empty')}
                text={t('buying_empty_text')}
              />
            </Card>
          </Section>
        )}
        {can('quotes:submit') && (
          <Section title={t('selling')}>
            <Card className="flex-1">
              <EmptyState icon={Search} title={t('selling_empty')} text={t('selling_empty_text')} />
            </Card>
          </Section>
        )}
      </div>
    </PageBody>
  );
}
