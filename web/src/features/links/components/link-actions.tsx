import type { ReactNode } from 'react';

import { ActionBar } from '@/shared/ui/action-bar';

import type { LinkListItem } from '../api/types';
import { AcceptDialog } from '../forms/terms-dialog';

const CUSTOM = { accept: AcceptDialog };

/** What this reader may do with a link now. */
export function LinkActions({ link }: { link: LinkListItem }): ReactNode {
  const partner = link.side === 'supplier' ? link.consumer : link.supplier;
  return (
    <ActionBar
      actions={link.actions}
      resourcePath={`/links/${link.id}`}
      version={link.version}
      subject={partner.name}
      primary="accept"
      custom={CUSTOM}
      staleKeys={[['links']]}
    />
  );
}
