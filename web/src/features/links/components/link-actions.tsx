import type { ReactNode } from 'react';

import { ActionBar } from '@/shared/ui/action-bar';

import type { LinkListItem } from '../api/types';
import { AcceptDialog } from '../forms/terms-dialog';

const CUSTOM = { accept: AcceptDialog };

interface LinkActionsProps {
  link: LinkListItem;
  /** One of many in a list: none of its buttons is the page's primary one. */
  isListed?: boolean;
}

/** What this reader may do with a link now. */
export function LinkActions({ link, isListed = false }: LinkActionsProps): ReactNode {
  const partner = link.side === 'supplier' ? link.consumer : link.supplier;
  return (
    <ActionBar
      actions={link.actions}
      resourcePath={`/links/${link.id}`}
      version={link.version}
      subject={partner.name}
      {...(isListed ? {} : { primary: 'accept' })}
      custom={CUSTOM}
      staleKeys={[['links']]}
    />
  );
}
