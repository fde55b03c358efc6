import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Button } from '@/shared/ui/button';
import { Card } from '@/shared/ui/page';

import { type ImportView, useImportStep } from '../api/queries';
import { hasFaults } from '../model/faults';
import { Counts } from './counts';
import { UnusedFiles } from './pictures';
import { RowErrors } from './row-errors';
import { SectionList } from './section-list';
import { Working } from './working';

/** What an import would do, before anything is changed. */
export function CheckStep({ run, onBack }: { run: ImportView; onBack: () => void }): ReactNode {
  const { t } = useTranslation('imports');
  const step = useImportStep(run.id);
  if (run.state === 'checking') {
    return <Working run={run} text={t('checking')} rows={run.check_report.rows} />;
  }
  const canStart = run.actions.some((action) => action.name === 'start');
  return (
    <>
      <Card className="flex flex-col gap-5">
        <p className="text-muted">{t('check_text')}</p>
        <Counts report={run.check_report} />
        {canStart && (
          <div className="flex flex-wrap gap-3">
            <Button
              variant="primary"
              isPending={step.isPending}
              onClick={() => step.mutate('start')}
            >
              {t('start')}
            </Button>
            <Button onClick={onBack}>{t('back')}</Button>
          </div>
        )}
      </Card>
      <SectionList key={run.version} run={run} />
      <UnusedFiles run={run} />
      {hasFaults(run.check_report) && <RowErrors run={run} checked />}
    </>
  );
}
