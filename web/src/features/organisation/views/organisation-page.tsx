import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useCan } from '@/shared/session/session';
import { Awaiting } from '@/shared/ui/awaiting';
import { Banner } from '@/shared/ui/banner';
import { Card, PageBody, PageHeader } from '@/shared/ui/page';
import { SkeletonText } from '@/shared/ui/states';
import { Tabs } from '@/shared/ui/tabs';

import { type Organisation, organisationQuery, settingsQuery } from '../api/queries';
import { ProfileForm } from '../forms/profile-form';
import { RequisitesForm } from '../forms/requisites-form';
import { TradingForm } from '../forms/trading-form';
import type { OrganisationTab } from '../model/search';

interface OrganisationPageProps {
  organisationId: string;
  tab: OrganisationTab;
  onTab: (tab: OrganisationTab) => void;
}

/** What others see of one's organisation, what stands on its documents, and how it trades. */
export function OrganisationPage({ organisationId, tab, onTab }: OrganisationPageProps): ReactNode {
  const { t } = useTranslation('settings');
  const can = useCan();
  const query = useQuery(organisationQuery(organisationId));
  const { data } = query;
  return (
    <PageBody>
      <PageHeader title={t('organisation.title')} text={t('organisation.text')} />
      {!can('organisation:update') && <Banner>{t('organisation.read_only')}</Banner>}
      {data === undefined ? (
        <Card>
          <Awaiting query={query} skeleton={<SkeletonText lines={10} />} />
        </Card>
      ) : (
        <Tabs
          label={t('organisation.title')}
          value={tab}
          onChange={(value) => onTab(value as OrganisationTab)}
          tabs={[
            {
              value: 'profile',
              label: t('organisation.tabs.profile'),
              content: <ProfileForm key={data.id} organisation={data} />,
            },
            {
              value: 'requisites',
              label: t('organisation.tabs.requisites'),
              content: <Requisites key={data.id} organisation={data} />,
            },
            {
              value: 'trading',
              label: t('organisation.tabs.trading'),
              content: <TradingForm key={data.id} organisation={data} />,
            },
          ]}
        />
      )}
    </PageBody>
  );
}

/** Bank details are read apart, because fewer people may see them. */
function Requisites({ organisation }: { organisation: Organisation }): ReactNode {
  const mayRead = useCan()('organisation:read_settings');
  const query = useQuery({
    ...settingsQuery(organisation.id),
    enabled: mayRead,
  });
  const { data } = query;
  if (!mayRead) return <RequisitesForm organisation={organisation} bank={null} />;
  if (data === undefined)
    return (
      <Card>
        <Awaiting query={query} skeleton={<SkeletonText lines={10} />} />
      </Card>
    );
  return <RequisitesForm organisation={organisation} bank={data} />;
}
