import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Card, Section } from '@/shared/ui/page';

import type { RequestView } from '../api/types';
import { RequestLines } from './request-lines';
import { Attachments, RequestTerms } from './request-terms';
import { Revisions } from './revisions';

/** What the request says. */
export function OverviewTab({ request }: { request: RequestView }): ReactNode {
  const { t } = useTranslation('requests');
  return (
    <div className="flex flex-col gap-8">
      <p className="max-w-prose text-reading whitespace-pre-line">
        {request.description === '' ? (
          <span className="text-muted">{t('card.no_description')}</span>
        ) : (
          request.description
        )}
      </p>
      <Section title={t('card.lines')}>
        <RequestLines lines={request.lines} />
      </Section>
      <Section title={t('card.terms')}>
        <Card>
          <RequestTerms terms={request} />
        </Card>
      </Section>
      <Section title={t('card.attachments')}>
        <Attachments files={request.attachments} />
      </Section>
      {request.revisions.length > 0 && (
        <Section title={t('card.revisions')}>
          <Card>
            <Revisions request={request} />
          </Card>
        </Section>
      )}
    </div>
  );
}
