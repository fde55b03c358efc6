import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Awaiting } from '@/shared/ui/awaiting';
import { StatusBadge } from '@/shared/ui/badge';
import { Link } from '@/shared/ui/link';
import { PageBody, PageHeader } from '@/shared/ui/page';
import { Stepper } from '@/shared/ui/progress';
import { PageSkeleton } from '@/shared/ui/states';

import { importQuery } from '../api/queries';
import { CheckStep } from '../components/check-step';
import { MappingStep } from '../components/mapping-step';
import { ResultStep } from '../components/result-step';
import { Working } from '../components/working';
import { stepOf } from '../model/steps';

interface ImportWizardProps {
  importId: string;
  /** A step that the reader went back to; nothing to follow the import. */
  step: 'mapping' | undefined;
  onStep: (step: 'mapping' | undefined) => void;
}

/** One import from the file to its result. Everything is on the server: a page that is loaded again goes on. */
export function ImportWizard({ importId, step, onStep }: ImportWizardProps): ReactNode {
  const { t } = useTranslation('imports');
  const query = useQuery(importQuery(importId));
  if (query.data === undefined)
    return <Awaiting query={query} skeleton={<PageSkeleton />} isInCard />;
  const run = query.data;
  const reached = stepOf(run.state);
  const canGoBack = run.state === 'checked';
  const current = step === 'mapping' && canGoBack ? 'mapping' : reached;
  return (
    <PageBody>
      <PageHeader
        title={run.file_name}
        eyebrow={<Link to="/app/products/import">{t('title')}</Link>}
        badge={<StatusBadge noun="import" status={run.state} withNext />}
      />
      <Stepper
        label={t('steps.label')}
        current={current}
        steps={(['mapping', 'check', 'result'] as const).map((id) => ({
          id,
          label: t(`steps.${id}`),
        }))}
        {...(canGoBack ? { onSelect: () => onStep('mapping') } : {})}
      />
      {run.state === 'reading' && <Working run={run} text={t('reading')} />}
      {current === 'mapping' && run.mapping !== null && run.state !== 'reading' && (
        <MappingStep
          key={run.version}
          run={run}
          mapping={run.mapping}
          onDone={() => onStep(undefined)}
        />
      )}
      {current === 'check' && <CheckStep run={run} onBack={() => onStep('mapping')} />}
      {current === 'result' && <ResultStep run={run} />}
    </PageBody>
  );
}
