import { createContext, use } from 'react';

import type { DealView } from '../api/types';

/** The deal whose page the dialogs of its actions stand on. */
export const DealContext = createContext<DealView | null>(null);

/** Returns the deal of this page. */
export function useDeal(): DealView {
  const deal = use(DealContext);
  if (deal === null) throw new Error('Dialogs of a deal stand inside its page.');
  return deal;
}
