import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { Problem } from '@/shared/api/problem';
import { wholeProblemText } from '@/shared/api/problem-text';
import { Banner } from '@/shared/ui/banner';

/** Whether a spending limit refuses, so that somebody can be asked to agree. */
export function isForApproval(problem: Problem): boolean {
  return problem.code === 'procurement.approval_required';
}

/** Whether somebody has been asked already and has not decided. */
export function isUndecided(problem: Problem): boolean {
  return isForApproval(problem) && problem.meta['state'] === 'pending';
}

interface ApprovalProblemProps {
  problem: Problem;
  subject: 'award' | 'terms';
}

/** Says whose agreement is missing, or what else is wrong. */
export function ApprovalProblem({ problem, subject }: ApprovalProblemProps): ReactNode {
  const { t } = useTranslation(['approvals', 'common']);
  const translate = t as unknown as (key: string, fallback: string) => string;
  if (!isForApproval(problem)) return <Banner tone="stopped">{wholeProblemText(problem)}</Banner>;
  if (isUndecided(problem)) return <Banner tone="waiting">{t('needed.undecided')}</Banner>;
  const steps: unknown = problem.meta['steps'];
  const roles = Array.isArray(steps) ? steps.filter((role) => typeof role === 'string') : [];
  return (
    <Banner tone="waiting">
      {t(`needed.${subject}`, {
        roles: roles.map((role) => translate(`common:roles.${role}`, role)).join(', '),
      })}
    </Banner>
  );
}
