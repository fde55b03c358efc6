import type { ReactNode } from 'react';

import { Card } from './page';
import { ErrorState } from './states';

interface AwaitingProps {
  /** The read whose answer is not there. */
  query: { error: unknown; refetch: () => unknown };
  /** The outline of what is about to come. */
  skeleton: ReactNode;
  /** A failure stands in a card of its own: where what comes brings its own cards. */
  isInCard?: boolean;
}

/**
 * What stands where an answer will: its outline, and when it cannot be had, why, with a way to try again.
 *
 * Ask `data === undefined` before: what was read once stays while it is read anew, and when that fails.
 */
export function Awaiting({ query, skeleton, isInCard = false }: AwaitingProps): ReactNode {
  if (query.error === null) return skeleton;
  const failure = <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  return isInCard ? <Card>{failure}</Card> : failure;
}
