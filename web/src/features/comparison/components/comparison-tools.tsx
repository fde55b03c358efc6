import { Download, SlidersHorizontal } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { CURRENCIES } from '@/shared/money/money';
import { useCan } from '@/shared/session/session';
import { Button } from '@/shared/ui/button';
import { Select } from '@/shared/ui/input';
import { showProblem } from '@/shared/ui/toast';

import { type ComparisonView, downloadComparison, type RequestView } from '../api/queries';
import { CriteriaDialog } from './criteria-dialog';

const WEIGHABLE = ['draft', 'published', 'shortlist'];

interface ComparisonToolsProps {
  request: RequestView;
  view: ComparisonView | undefined;
  currency: string | undefined;
  onCurrency: (currency: string | undefined) => void;
}

/** Currency, criteria and the spreadsheet. */
export function ComparisonTools(props: ComparisonToolsProps): ReactNode {
  const { request, view, currency, onCurrency } = props;
  const { t } = useTranslation('comparison');
  const can = useCan();
  const [isWeighing, setIsWeighing] = useState(false);
  const [isLoading, setIsLoading] = useState(false);
  const codes = [...new Set<string>([request.currency, ...CURRENCIES])];
  const download = async (): Promise<void> => {
    setIsLoading(true);
    try {
      await downloadComparison(request.id, currency, `${request.number ?? 'comparison'}.csv`);
    } catch (error) {
      showProblem(error);
    } finally {
      setIsLoading(false);
    }
  };
  return (
    <>
      <Select
        className="w-28"
        aria-label={t('currency')}
        value={currency ?? request.currency}
        choices={codes.map((code) => ({ value: code, label: code }))}
        onChange={(event) =>
          onCurrency(event.target.value === request.currency ? undefined : event.target.value)
        }
      />
      {view !== undefined && can('requests:award') && WEIGHABLE.includes(request.state) && (
        <>
          <Button icon={SlidersHorizontal} onClick={() => setIsWeighing(true)}>
            {t('criteria')}
          </Button>
          <CriteriaDialog isOpen={isWeighing} onClose={() => setIsWeighing(false)} view={view} />
        </>
      )}
      {view !== undefined && (
        <Button icon={Download} isPending={isLoading} onClick={() => void download()}>
          {t('csv')}
        </Button>
      )}
    </>
  );
}
