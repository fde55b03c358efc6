import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { wholeProblemText } from '@/shared/api/problem-text';
import { Banner } from '@/shared/ui/banner';
import { Button } from '@/shared/ui/button';

import type { SaveState } from '../forms/use-autosave';

/** Says whether what was typed is kept. */
export function AutosaveNote({ state }: { state: SaveState }): ReactNode {
  const { t } = useTranslation('requests');
  return (
    <span role="status" className="text-small text-muted">
      {state.name === 'failed' ? '' : t(`autosave.${state.name}`)}
    </span>
  );
}

interface AutosaveProblemProps {
  state: SaveState;
  onRetry: () => void;
  /** Gives up what was typed here and shows what the server has. */
  onReload: () => void;
}

/** Says why a draft could not be kept, and what to do about it. */
export function AutosaveProblem({ state, onRetry, onReload }: AutosaveProblemProps): ReactNode {
  const { t } = useTranslation(['requests', 'ui']);
  if (state.name !== 'failed') return null;
  const isConflict = state.problem.status === 409;
  return (
    <Banner
      tone="stopped"
      action={
        <Button size="small" onClick={isConflict ? onReload : onRetry}>
          {isConflict ? t('autosave.reload') : t('ui:retry')}
        </Button>
      }
    >
      {isConflict
        ? t('autosave.conflict')
        : t('autosave.failed', { problem: wholeProblemText(state.problem) })}
    </Banner>
  );
}
