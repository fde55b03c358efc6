import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Banner } from '@/shared/ui/banner';
import { Button } from '@/shared/ui/button';
import { ButtonLink } from '@/shared/ui/link';
import { Card } from '@/shared/ui/page';

import { type ImportView, useImportStep } from '../api/queries';
import { hasFaults } from '../model/faults';
import { Counts } from './counts';
import { Pictures } from './pictures';
import { RowErrors } from './row-errors';
import { Working } from './working';

/** How the import goes, and what came of it. */
export function ResultStep({ run }: { run: ImportView }): ReactNode {
  const { t } = useTranslation('imports');
  const step = useImportStep(run.id);
  const failure = t as unknown as (key: string, fallback: string) => string;
  if (run.state === 'running') {
    return (
      <>
        <Working run={run} text={t('running')} rows={run.report.rows} />
        <p className="text-small text-muted">{t('may_leave')}</p>
      </>
    );
  }
  const canResume = run.mapping !== null && run.actions.some(({ name }) => name === 'resume');
  return (
    <>
      {run.state === 'failed' && (
        <Banner tone="stopped">
          {failure(`failures.${run.failure ?? 'internal'}`, t('failures.internal'))}
        </Banner>
      )}
      <Card className="flex flex-col gap-5">
        <Counts report={run.report} />
        <div className="flex flex-wrap gap-3">
          {canResume && (
            <Button isPending={step.isPending} onClick={() => step.mutate('resume')}>
              {t('resume')}
            </Button>
          )}
          <ButtonLink to="/app/products/import" variant="primary">
            {t('another')}
          </ButtonLink>
          {run.state === 'finished' && <ButtonLink to="/app/products">{t('products')}</ButtonLink>}
        </div>
      </Card>
      {run.state === 'finished' && <Pictures run={run} />}
      {hasFaults(run.report) && <RowErrors run={run} checked={false} />}
    </>
  );
}
