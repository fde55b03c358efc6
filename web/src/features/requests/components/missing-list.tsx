import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Banner } from '@/shared/ui/banner';
import { Button } from '@/shared/ui/button';

import type { EditorStep } from '../api/types';
import type { Missing } from '../model/values';

const PLACES = {
  lines: 'lines',
  deadline: 'deadline',
  past_deadline: 'deadline',
  invitations: 'vendors',
} as const satisfies Record<Missing, EditorStep>;

const WORDS = {
  lines: 'review.missing_lines',
  deadline: 'review.missing_deadline',
  past_deadline: 'review.past_deadline',
  invitations: 'review.missing_invitations',
} as const satisfies Record<Missing, string>;

/** What is still missing, each with the way to mend it. */
export function MissingList({
  missing,
  onStep,
}: {
  missing: readonly Missing[];
  onStep: (step: EditorStep) => void;
}): ReactNode {
  const { t } = useTranslation('requests');
  if (missing.length === 0) return null;
  return (
    <Banner tone="waiting">
      <p className="font-medium">{t('review.missing')}</p>
      <ul className="mt-1 flex flex-col gap-1">
        {missing.map((one) => (
          <li key={one} className="flex flex-wrap items-center gap-2">
            <span>{t(WORDS[one])}</span>
            <Button size="small" onClick={() => onStep(PLACES[one])}>
              {t(`steps.${PLACES[one]}`)}
            </Button>
          </li>
        ))}
      </ul>
    </Banner>
  );
}
