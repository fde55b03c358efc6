import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { MoneyValue } from '@/shared/api/types';
import { formatMoney } from '@/shared/money/money';
import { Card } from '@/shared/ui/page';
import { Timeline } from '@/shared/ui/progress';
import { statusTone } from '@/shared/ui/status-tones';

import type { ComplaintView } from '../api/types';

type Move = ComplaintView['moves'][number];

/** What has happened to a complaint and what was said with it, the newest first. */
export function ComplaintHistory({ complaint }: { complaint: ComplaintView }): ReactNode {
  const { t } = useTranslation('complaints');
  // Moves of a later server have no words yet: they show their own name.
  const translate = t as unknown as (key: string, fallback: string) => string;
  const whoOf = (move: Move): string =>
    move.side === 'system' ? t('by.system') : (move.actor_name ?? complaint[move.side].name);
  const factsOf = (move: Move): string[] => {
    const {
      outcome,
      amount,
      credit_note: note,
    } = move.facts as Partial<{
      outcome: string;
      amount: MoneyValue;
      credit_note: string;
    }>;
    return [
      ...(note === undefined ? [] : [note]),
      ...(outcome === undefined ? [] : [translate(`outcome.${outcome}`, outcome)]),
      ...(amount === undefined ? [] : [formatMoney(amount)]),
    ];
  };
  return (
    <Card>
      <Timeline
        entries={complaint.moves
          .map((move, index) => ({
            id: String(index),
            at: move.created_at,
            tone: statusTone('complaint', move.state),
            title: translate(`moves.${move.name}`, move.name),
            text: (
              <>
                <span className="block text-small">
                  {[whoOf(move), ...factsOf(move)].join(' · ')}
                </span>
                {move.text !== null && (
                  <span className="mt-1 block break-words whitespace-pre-line text-ink">
                    {move.text}
                  </span>
                )}
              </>
            ),
          }))
          .reverse()}
      />
    </Card>
  );
}
