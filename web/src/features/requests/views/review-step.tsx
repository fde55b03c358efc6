import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { wholeProblemText } from '@/shared/api/problem-text';
import { useIsUploading } from '@/shared/api/upload';
import { Banner } from '@/shared/ui/banner';
import { Button } from '@/shared/ui/button';
import { ButtonLink } from '@/shared/ui/link';
import { Card, Section } from '@/shared/ui/page';
import { showDone } from '@/shared/ui/toast';

import { usePublishRequest } from '../api/mutations';
import type { EditorStep, RequestView } from '../api/types';
import { InvitationList } from '../components/invitation-list';
import { MissingList } from '../components/missing-list';
import { RequestLines } from '../components/request-lines';
import { Attachments, RequestTerms } from '../components/request-terms';
import { isComplete, missingForPublish, type RequestValues } from '../model/values';

interface ReviewStepProps {
  request: RequestView;
  values: RequestValues;
  flush: () => Promise<number | null>;
  onStep: (step: EditorStep) => void;
  onPublished: () => void;
  approval: ReactNode;
}

/** The whole request as suppliers will see it, and the button that sends it to them. */
export function ReviewStep(props: ReviewStepProps): ReactNode {
  const { request, values, flush, onStep, onPublished, approval } = props;
  const { t } = useTranslation('requests');
  const [error, setError] = useState<string | null>(null);
  const publish = usePublishRequest(request.id);
  const isUploading = useIsUploading();
  const missing = missingForPublish(values, request.invitations ?? [], new Date());
  const mayPublish = request.actions.some(({ name }) => name === 'publish');
  const send = async (): Promise<void> => {
    setError(null);
    const version = await flush();
    if (version === null) return;
    try {
      await publish.mutateAsync(version);
      showDone(t('review.published'));
      onPublished();
    } catch (failure) {
      setError(wholeProblemText(failure));
    }
  };
  return (
    <Section title={t('review.title')} text={t('review.text')}>
      <MissingList missing={missing} onStep={onStep} />
      {approval}
      {error !== null && <Banner tone="stopped">{error}</Banner>}
      <Card className="flex flex-col gap-6">
        <div>
          <h3 className="text-title font-semibold">{values.title}</h3>
          <p className="mt-1 max-w-prose text-body whitespace-pre-line text-muted">
            {values.description === '' ? t('card.no_description') : values.description}
          </p>
        </div>
        <RequestTerms terms={{ ...values, ...blanks(values) }} />
        <RequestLines lines={values.lines.filter(isComplete)} />
        <Attachments files={values.attachments} />
        {(request.invitations ?? []).length > 0 && <InvitationList request={request} />}
      </Card>
      <p className="text-small text-muted">{t('review.publish_text')}</p>
      <div className="flex flex-wrap gap-2">
        {mayPublish && (
          <Button
            variant="primary"
            size="large"
            isPending={publish.isPending || isUploading}
            disabled={missing.length > 0}
            onClick={() => void send()}
          >
            {t('review.publish')}
          </Button>
        )}
        <ButtonLink to="/app/requests/$requestId" params={{ requestId: request.id }} size="large">
          {t('review.keep')}
        </ButtonLink>
      </div>
    </Section>
  );
}

function blanks(values: RequestValues) {
  return {
    quotes_due_at: values.quotes_due_at || null,
    needed_by: values.needed_by || null,
    delivery_country: values.delivery_country || null,
  };
}
