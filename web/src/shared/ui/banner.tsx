import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

import { classes } from './classes';
import type { Tone } from './status-tones';

const LOOKS = {
  draft: { icon: Info, ground: 'bg-draft-soft text-draft' },
  open: { icon: Info, ground: 'bg-open-soft text-open' },
  waiting: { icon: TriangleAlert, ground: 'bg-waiting-soft text-waiting' },
  done: { icon: CircleCheck, ground: 'bg-done-soft text-done' },
  stopped: { icon: CircleAlert, ground: 'bg-stopped-soft text-stopped' },
} as const satisfies Record<Tone, object>;

interface BannerProps {
  tone?: Tone;
  children: ReactNode;
  /** A button or link at the end. */
  action?: ReactNode;
}

/** Tells something about the whole page or form. A red one is announced at once. */
export function Banner({ tone = 'open', children, action }: BannerProps): ReactNode {
  const { icon: Icon, ground } = LOOKS[tone];
  return (
    <div
      role={tone === 'stopped' ? 'alert' : 'status'}
      className={classes(
        'flex flex-wrap items-center gap-x-3 gap-y-2 rounded-base px-3.5 py-2.5 text-body',
        ground,
      )}
    >
      <Icon aria-hidden className="size-4.5 shrink-0" />
      <div className="min-w-0 flex-1 basis-40">{children}</div>
      {action}
    </div>
  );
}
