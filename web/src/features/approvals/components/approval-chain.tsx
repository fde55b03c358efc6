import { Check, Circle, CircleDot, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { ApprovalView } from '../api/queries';

const ICONS = { approved: Check, rejected: X, next: CircleDot, pending: Circle } as const;
const COLOURS = {
  approved: 'text-done',
  rejected: 'text-stopped',
  next: 'text-waiting',
  pending: 'text-muted',
} as const;

/** Who has agreed and whose turn it is, in order. */
export function ApprovalChain({ approval }: { approval: ApprovalView }): ReactNode {
  const { t } = useTranslation(['approvals', 'common']);
  const turn =
    approval.state === 'pending'
      ? approval.steps.findIndex((step) => step.state === 'pending')
      : -1;
  return (
    <ol className="flex flex-col gap-1 text-small">
      {approval.steps.map((step, index) => {
        const state =
          index === turn
            ? 'next'
            : step.state === 'approved' || step.state === 'rejected'
              ? step.state
              : 'pending';
        const Icon = ICONS[state];
        return (
          <li key={index} className="flex items-start gap-1.5">
            <Icon aria-hidden className={`mt-0.5 size-3.5 shrink-0 ${COLOURS[state]}`} />
            <span>
              {t(`common:roles.${step.role}`)}
              {step.decided_by_name !== '' && ` · ${step.decided_by_name}`}{' '}
              <span className="text-muted">({t(`step.${state}`)})</span>
              {step.reason !== null && step.reason !== '' && (
                <span className="block text-muted">{step.reason}</span>
              )}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
