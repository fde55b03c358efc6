import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useCan } from '@/shared/session/session';
import { Awaiting } from '@/shared/ui/awaiting';
import { StatusBadge } from '@/shared/ui/badge';
import { Banner } from '@/shared/ui/banner';
import { Button } from '@/shared/ui/button';
import { ButtonLink, Link } from '@/shared/ui/link';
import { Card, PageBody, PageHeader } from '@/shared/ui/page';
import { EmptyState, PageSkeleton } from '@/shared/ui/states';
import { Tabs } from '@/shared/ui/tabs';
import { DateTime } from '@/shared/ui/values';

import { linkQuery } from '../api/queries';
import type { LinkDetails, LinkTab } from '../api/types';
import { LinkActions } from '../components/link-actions';
import { LinkHistory } from '../components/link-history';
import { LinkNotes } from '../components/link-notes';
import { placeOf } from '../components/partner-place';
import { TermsList } from '../components/terms-list';
import { TermsVersions } from '../components/terms-versions';
import { RequestDialog } from '../forms/request-dialog';
import { ChangeTermsDialog } from '../forms/terms-dialog';

interface LinkPageProps {
  linkId: string;
  tab: LinkTab | undefined;
  onTab: (tab: LinkTab) => void;
}

/** A trading link: where it stands, what is agreed, and how it came to that. */
export function LinkPage({ linkId, ...rest }: LinkPageProps): ReactNode {
  const query = useQuery(linkQuery(linkId));
  const { data } = query;
  if (data === undefined) return <Awaiting query={query} skeleton={<PageSkeleton />} isInCard />;
  return <Loaded link={data} {...rest} />;
}

function Loaded({
  link,
  tab,
  onTab,
}: Omit<LinkPageProps, 'linkId'> & { link: LinkDetails }): ReactNode {
  const { t } = useTranslation('links');
  const [isChanging, setIsChanging] = useState(false);
  const sells = link.side === 'supplier';
  const partner = sells ? link.consumer : link.supplier;
  const isHidden = !sells && link.state === 'blocked';
  return (
    <PageBody>
      <PageHeader
        title={partner.name}
        eyebrow={
          sells ? (
            <Link to="/app/links">{t('inbox.title')}</Link>
          ) : (
            <Link to="/app/suppliers" search={{ tab: 'mine' }}>
              {t('suppliers.mine')}
            </Link>
          )
        }
        badge={<StatusBadge noun="link" status={link.state} withNext />}
        text={placeOf(partner)}
        actions={
          <>
            <AskAgain link={link} />
            <LinkActions link={link} />
            {!sells && link.state === 'accepted' && (
              <ButtonLink
                to="/app/catalogue"
                search={{ supplier: link.supplier.organisation_id }}
                variant="primary"
              >
                {t('to_catalogue')}
              </ButtonLink>
            )}
          </>
        }
      />
      <Notices link={link} />
      {isHidden ? (
        <Card>
          <EmptyState title={t('blocked.title')} text={t('blocked.text')} />
        </Card>
      ) : (
        <Tabs
          label={partner.name}
          value={tab === 'notes' && !sells ? 'terms' : (tab ?? 'terms')}
          onChange={(value) => onTab(value as LinkTab)}
          tabs={[
            {
              value: 'terms',
              label: t('tabs.terms'),
              content: <Terms link={link} onChange={() => setIsChanging(true)} />,
            },
            {
              value: 'versions',
              label: t('tabs.versions'),
              count: link.terms_versions.length,
              content: <TermsVersions link={link} />,
            },
            { value: 'history', label: t('tabs.history'), content: <LinkHistory link={link} /> },
            ...(sells
              ? [
                  {
                    value: 'notes',
                    label: t('tabs.notes'),
                    count: link.notes?.length,
                    content: <LinkNotes link={link} />,
                  },
                ]
              : []),
          ]}
        />
      )}
      <ChangeTermsDialog link={link} isOpen={isChanging} onClose={() => setIsChanging(false)} />
    </PageBody>
  );
}

function Terms({ link, onChange }: { link: LinkDetails; onChange: () => void }): ReactNode {
  const { t } = useTranslation('links');
  return (
    <Card className="flex flex-col gap-5">
      {link.terms === null ? (
        <EmptyState
          title={t('terms.none')}
          text={t(link.state === 'pending' ? 'terms.none_yet' : 'terms.none_text')}
        />
      ) : (
        <>
          <TermsList terms={link.terms} />
          <div className="flex flex-wrap items-center justify-between gap-3 border-t border-line pt-4">
            <p className="text-small text-muted">
              {t('terms.version', { number: String(link.terms.number) })}
            </p>
            {link.may_change_terms && <Button onClick={onChange}>{t('terms.change')}</Button>}
          </div>
        </>
      )}
    </Card>
  );
}

/** What was written, why it was denied, and when it lapses. */
function Notices({ link }: { link: LinkDetails }): ReactNode {
  const { t } = useTranslation('links');
  return (
    <>
      {link.state === 'denied' && link.reason !== null && (
        <Banner tone="stopped">{t('reason', { reason: link.reason })}</Banner>
      )}
      {link.state === 'denied' && link.retry_at !== null && link.side === 'consumer' && (
        <Banner>
          {t('retry_from')} <DateTime value={link.retry_at} />
        </Banner>
      )}
      {link.message !== null && link.message !== '' && (
        <Card>
          <h2 className="text-small text-muted">{t('request.message')}</h2>
          <p className="mt-1 max-w-3xl text-body whitespace-pre-line">{link.message}</p>
        </Card>
      )}
    </>
  );
}

/** A buyer whose link is over may ask anew, once the cooling period has passed. */
function AskAgain({ link }: { link: LinkDetails }): ReactNode {
  const { t } = useTranslation('links');
  const can = useCan();
  const [isOpen, setIsOpen] = useState(false);
  const isOver = ['withdrawn', 'left', 'denied'].includes(link.state) && link.retry_at === null;
  if (link.side !== 'consumer' || !isOver || !can('links:request')) return null;
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>{t('request.again')}</Button>
      <RequestDialog supplier={isOpen ? link.supplier : null} onClose={() => setIsOpen(false)} />
    </>
  );
}
