import { Download } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { toProblem } from '@/shared/api/problem';
import { problemMessage, problemText } from '@/shared/api/problem-text';
import { useCan } from '@/shared/session/session';
import { Banner } from '@/shared/ui/banner';
import { buttonClasses } from '@/shared/ui/button';
import { Card, PageBody, PageHeader } from '@/shared/ui/page';

import { EXPORT_URL, useImportReleases } from '../api/imports';
import { ReleaseDrop } from '../components/release-drop';
import { Report } from '../components/report';

/** Open contracting data in and out. */
export function OcdsPage(): ReactNode {
  const { t } = useTranslation('ocds');
  const can = useCan();
  const { mutate, data, error, variables, isPending } = useImportReleases();
  return (
    <PageBody>
      <PageHeader
        title={t('title')}
        text={t('text')}
        actions={
          <a href={EXPORT_URL} download="releases.json" className={buttonClasses()}>
            <Download aria-hidden className="size-4" />
            {t('export')}
          </a>
        }
      />
      {can('ocds:import') ? (
        <Card className="flex flex-col gap-3">
          <ReleaseDrop isPending={isPending} onFile={mutate} />
          <p className="text-small text-muted">{t('hint')}</p>
        </Card>
      ) : (
        <Banner>{t('not_allowed')}</Banner>
      )}
      {error !== null && <Banner tone="stopped">{refusalText(error)}</Banner>}
      {data !== undefined && <Report report={data} name={variables?.name ?? ''} />}
    </PageBody>
  );
}

/** What is wrong with the file as a whole, else what went wrong. */
function refusalText(error: unknown): string {
  const [first] = toProblem(error).errors;
  return first === undefined
    ? problemText(error).message
    : problemMessage(`field.ocds_${first.code}`, first.detail);
}
