import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Card } from '@/shared/ui/page';
import { Timeline } from '@/shared/ui/progress';
import type { Tone } from '@/shared/ui/status-tones';

import type { LinkDetails, LinkMove } from '../api/types';

const TONES: Record<string, Tone> = {
  request: 'open',
  accept: 'done',
  unblock: 'done',
  deny: 'stopped',
  block: 'stopped',
  'change-terms': 'waiting',
};

/** What has happened to a link, newest first. */
export function LinkHistory({ link }: { link: LinkDetails }): ReactNode {
  const { t } = useTranslation('links');
  // Moves of later versions of the server are shown by their own name.
  const translate = t as unknown as (key: string, fallback: string) => string;
  const nameOf = (side: LinkMove['side']): string =>
    side === 'system' ? t('moves.system') : link[side].name;
  return (
    <Card>
      <Timeline
        entries={[...link.moves].reverse().map((move) => ({
          id: `${move.created_at} ${move.name}`,
          at: move.created_at,
          tone: TONES[move.name] ?? 'draft',
          title: translate(`moves.${move.name}`, move.name),
          text: [move.actor_name ?? nameOf(move.side), move.reason]
            .filter((part) => part !== null)
            .join(': '),
        }))}
      />
    </Card>
  );
}
