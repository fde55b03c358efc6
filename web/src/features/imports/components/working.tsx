import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { formatNumber } from '@/shared/money/money';
import { Button } from '@/shared/ui/button';
import { Card } from '@/shared/ui/page';
import { ProgressBar } from '@/shared/ui/progress';

import { type ImportView, useImportStep } from '../api/queries';

/** A batch takes under a second: whoever sees nothing move for this long wonders whether anybody is at work. */
const STILL_AFTER_MS = 15_000;

interface WorkingProps {
  run: ImportView;
  text: string;
  rows?: number | undefined;
}

/** A job is at work: how far it is, and a way to stop it. */
export function Working({ run, text, rows }: WorkingProps): ReactNode {
  const { t } = useTranslation('imports');
  const step = useImportStep(run.id);
  const canCancel = run.actions.some((action) => action.name === 'cancel');
  return (
    <Card className="flex flex-col gap-4">
      <p role="status">{text}</p>
      <ProgressBar label={text} value={run.progress} />
      <div className="flex flex-wrap items-center justify-between gap-3">
        <span className="text-small text-muted tabular">
          {rows !== undefined && t('rows_count', { count: rows, formatted: formatNumber(rows) })}
        </span>
        {canCancel && (
          <Button size="small" isPending={step.isPending} onClick={() => step.mutate('cancel')}>
            {t('cancel')}
          </Button>
        )}
      </div>
      <Still key={`${run.state}-${String(run.progress)}`} />
    </Card>
  );
}

/** Says, once nothing has moved for a while, that nothing is lost and nobody needs to do anything. */
function Still(): ReactNode {
  const { t } = useTranslation('imports');
  const [isStill, setIsStill] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsStill(true), STILL_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <p role="status" className="text-small text-waiting empty:hidden">
      {isStill ? t('still') : ''}
    </p>
  );
}
