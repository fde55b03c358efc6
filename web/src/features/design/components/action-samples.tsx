import { Bell, Plus, Settings } from 'lucide-react';
import type { ReactNode } from 'react';

import { Banner } from '@/shared/ui/banner';
import { Badge, StatusBadge } from '@/shared/ui/badge';
import { Button } from '@/shared/ui/button';
import { IconButton } from '@/shared/ui/icon-button';
import { Link } from '@/shared/ui/link';
import { Card, Section } from '@/shared/ui/page';

/** Buttons, badges and banners. */
export function ActionSamples(): ReactNode {
  return (
    <Section title="Actions and status">
      <Card className="flex flex-col gap-5">
        <div className="flex flex-wrap items-center gap-2">
          <Button variant="primary" icon={Plus}>
            New request
          </Button>
          <Button>Compare</Button>
          <Button variant="quiet">Cancel</Button>
          <Button variant="danger">Withdraw</Button>
          <Button variant="primary" isPending>
            Publishing
          </Button>
          <Button disabled>Disabled</Button>
          <Button size="small">Small</Button>
          <Button size="large" variant="primary">
            Large
          </Button>
          <IconButton icon={Settings} label="Settings" />
          <IconButton icon={Bell} label="Notifications" badge={12} />
          <Link to="/">A link in text</Link>
        </div>
        <div className="flex flex-wrap gap-2">
          <Badge tone="draft">Draft</Badge>
          <Badge tone="open">Open</Badge>
          <Badge tone="waiting">Waiting</Badge>
          <Badge tone="done">Done</Badge>
          <Badge tone="stopped">Stopped</Badge>
        </div>
        <div className="flex flex-col gap-2">
          <StatusBadge noun="request" status="published" withNext />
          <StatusBadge noun="deal" status="invoiced" withNext />
          <StatusBadge noun="quote" status="accepted" withNext />
          <StatusBadge noun="invoice" status="overdue" withNext />
        </div>
        <div className="flex flex-col gap-2">
          <Banner tone="open">The request was amended after your quote.</Banner>
          <Banner tone="waiting" action={<Button size="small">Reconfirm</Button>}>
            Your quote waits to be confirmed again.
          </Banner>
          <Banner tone="done">The contract is signed by both sides.</Banner>
          <Banner tone="stopped">The deadline has passed.</Banner>
        </div>
      </Card>
    </Section>
  );
}
