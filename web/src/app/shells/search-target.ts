import { useNavigate } from '@tanstack/react-router';

import type { SearchTarget } from '@/features/search/components/search-box';

/** Returns a function that leads from a search box to results, or straight to a thing. */
export function useGoTo(): (target: SearchTarget) => void {
  const navigate = useNavigate();
  return (target) => {
    if (target.kind === 'query')
      void navigate({ to: '/search', search: target.words === '' ? {} : { q: target.words } });
    else if (target.kind === 'category')
      void navigate({ to: '/catalogue/$category', params: { category: target.id } });
    else if (target.kind === 'product')
      void navigate({ to: '/products/$productId', params: { productId: target.id } });
    else void navigate({ to: '/sellers/$sellerId', params: { sellerId: target.id } });
  };
}
