import { createContext, use } from 'react';

import type { ComplaintView } from '../api/types';

/** The complaint whose page is open, for the dialogs of its actions. */
export const ComplaintContext = createContext<ComplaintView | null>(null);

export function useComplaint(): ComplaintView {
  const complaint = use(ComplaintContext);
  if (complaint === null) throw new Error('useComplaint stands outside of ComplaintContext');
  return complaint;
}
