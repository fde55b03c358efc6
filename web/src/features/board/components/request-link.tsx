import type { ReactNode } from 'react';

import { Link } from '@/shared/ui/link';

import type { BoardPlace } from '../api/types';

interface RequestLinkProps {
  requestId: string;
  place: BoardPlace;
  className?: string;
  children: ReactNode;
}

/** Opens a request where the reader is: on the public site or in the workspace. */
export function RequestLink({
  requestId,
  place,
  className,
  children,
}: RequestLinkProps): ReactNode {
  return (
    <Link
      to={place === 'public' ? '/requests/$requestId' : '/app/board/$requestId'}
      params={{ requestId }}
      className={className}
    >
      {children}
    </Link>
  );
}
