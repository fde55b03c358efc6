import { Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useCan, useSession } from '@/shared/session/session';
import { ButtonLink } from '@/shared/ui/link';
import { PageBody, PageHeader, Section } from '@/shared/ui/page';

import { Figures } from '../components/figures';
import { ClosingRequests, OwnRequests } from '../components/request-lists';
import { WaitingList } from '../components/waiting-list';
import { sidesOf } from '../model/sides';

/** What waits for the person, by the sides on which their organisation trades and by what their role may do. */
export function DashboardPage(): ReactNode {
  const { t } = useTranslation('dashboard');
  const session = useSession();
  const can = useCan();
  const { buys, sells } = sidesOf(session?.organisation);
  const mayAsk = buys && can('requests:write');
  const ownRequests = buys && can('requests:read');
  const openRequests = sells && can('board:read');
  return (
    <PageBody>
      <PageHeader
        title={t('welcome', { name: session?.user.display_name ?? '' })}
        documentTitle={t('title')}
        text={t('text')}
        actions={
          mayAsk ? (
            <ButtonLink to="/app/requests/new" variant="primary">
              <Plus aria-hidden className="size-4" />
              {t('new_request')}
            </ButtonLink>
          ) : (
            openRequests &&
            can('quotes:submit') && (
              <ButtonLink to="/app/board" variant="primary">
                {t('browse_board')}
              </ButtonLink>
            )
          )
        }
      />
      <Figures buys={ownRequests} sells={sells && can('quotes:read')} />
      <Section title={t('waiting')}>
        <WaitingList />
      </Section>
      <div className="grid gap-6 lg:auto-cols-fr lg:grid-flow-col">
        {ownRequests && (
          <Section title={t('buying')}>
            <OwnRequests />
          </Section>
        )}
        {openRequests && (
          <Section title={t('selling')}>
            <ClosingRequests />
          </Section>
        )}
      </div>
    </PageBody>
  );
}
