import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { type Problem, toProblem } from '@/shared/api/problem';
import { ApprovalProblem, isForApproval, isUndecided } from '@/shared/trade/approval-problem';
import { Banner } from '@/shared/ui/banner';
import { Button } from '@/shared/ui/button';
import { Dialog } from '@/shared/ui/dialog';
import { Field } from '@/shared/ui/field';
import { Textarea } from '@/shared/ui/input';
import { showDone } from '@/shared/ui/toast';
import { Money } from '@/shared/ui/values';

import { type ComparisonView, type RequestView, useAskToAward, useAward } from '../api/queries';
import { allocationsOf, type Share } from '../model/choice';

const REASON_MAX = 2000;

interface AwardDialogProps {
  isOpen: boolean;
  onClose: () => void;
  transition: 'award' | 'reaward';
  request: RequestView;
  view: ComparisonView;
  shares: readonly Share[];
  onAwarded: () => void;
}

/** Shows who gets what before the award, and asks for approval where a spending limit wants it. */
export function AwardDialog(props: AwardDialogProps): ReactNode {
  const { isOpen, onClose, transition, request, view, shares, onAwarded } = props;
  const { t } = useTranslation(['comparison', 'approvals', 'ui']);
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const award = useAward(request.id, transition);
  const ask = useAskToAward(request.id);
  const allocations = allocationsOf(shares);
  const close = (): void => {
    setProblem(null);
    onClose();
  };
  const attempt = async (work: () => Promise<unknown>, done: string): Promise<boolean> => {
    setProblem(null);
    try {
      await work();
      showDone(done);
      close();
      return true;
    } catch (error) {
      setProblem(toProblem(error));
      return false;
    }
  };
  const give = async (): Promise<void> => {
    const body = { allocations, reason: reason.trim() || null, version: request.version };
    if (await attempt(() => award.mutateAsync(body), t('award_dialog.done'))) onAwarded();
  };
  const needsApproval = problem !== null && isForApproval(problem);
  const isAsked = needsApproval && isUndecided(problem);
  return (
    <Dialog
      isOpen={isOpen}
      onClose={close}
      size="medium"
      title={t(transition === 'award' ? 'award_dialog.title' : 'award_dialog.reaward_title')}
      text={t('award_dialog.text')}
      footer={
        <>
          <Button onClick={close}>{t('ui:cancel')}</Button>
          {needsApproval && !isAsked ? (
            <Button
              variant="primary"
              isPending={ask.isPending}
              onClick={() =>
                void attempt(() => ask.mutateAsync(allocations), t('award_dialog.asked'))
              }
            >
              {t('approvals:needed.ask')}
            </Button>
          ) : (
            <Button
              variant="primary"
              isPending={award.isPending}
              disabled={shares.length === 0 || isAsked}
              onClick={() => void give()}
            >
              {t('award_dialog.submit')}
            </Button>
          )}
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {problem !== null && <ApprovalProblem problem={problem} subject="award" />}
        <AwardSummary view={view} shares={shares} />
        <Field label={t('award_dialog.reason')} hint={t('award_dialog.reason_hint')}>
          <Textarea
            value={reason}
            maxLength={REASON_MAX}
            onChange={(event) => setReason(event.target.value)}
          />
        </Field>
      </div>
    </Dialog>
  );
}

function AwardSummary({
  view,
  shares,
}: {
  view: ComparisonView;
  shares: readonly Share[];
}): ReactNode {
  const { t } = useTranslation('comparison');
  const given = new Set(shares.flatMap((share) => share.lineIds));
  const left = view.lines.filter((line) => !given.has(line.id));
  const total = shares.reduce((sum, share) => sum + share.amount.amount, 0);
  return (
    <>
      <ul className="divide-y divide-line rounded-base border border-line">
        {shares.map((share) => (
          <li key={share.quote.id} className="flex flex-wrap justify-between gap-x-4 px-4 py-3">
            <span>
              <span className="block font-medium">{share.quote.vendor.name}</span>
              <span className="block text-small text-muted">
                {t('award_dialog.lines', { count: share.lineIds.length })}
                {share.isWhole && ` · ${t('award_dialog.whole')}`}
              </span>
            </span>
            <Money value={share.amount} className="font-semibold" />
          </li>
        ))}
        <li className="flex flex-wrap justify-between gap-x-4 bg-sunken px-4 py-3 text-small">
          <span className="text-muted">{t('award_dialog.total')}</span>
          <Money value={{ amount: total, currency: view.currency }} className="font-semibold" />
        </li>
      </ul>
      {left.length > 0 && (
        <Banner tone="waiting">
          {t('award_dialog.not_awarded', { lines: left.map((line) => line.name).join(', ') })}
        </Banner>
      )}
    </>
  );
}
