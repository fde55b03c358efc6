import { useMutation, useQueryClient } from '@tanstack/react-query';

import { api, unwrap } from '@/shared/api/client';
import { withoutPrefix } from '@/shared/trade/problems';

import type { OfferBody, QuoteView } from './types';

/** Where an offer goes: a first quote, its next version, or the answer to an amended request. */
export type OfferTarget =
  | { kind: 'submit'; requestId: string }
  | { kind: 'update' | 'reconfirm'; quoteId: string; version: number };

/** Sends an offer. Refusals of later versions point at the same fields as those of a first quote. */
export function useSendOffer(target: OfferTarget) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (offer: OfferBody) => send(target, offer),
    meta: { showsProblem: true },
    onSettled: () =>
      Promise.all(
        ['quotes', 'requests', 'board', 'dashboard'].map((noun) =>
          client.invalidateQueries({ queryKey: [noun] }),
        ),
      ),
  });
}

async function send(target: OfferTarget, offer: OfferBody): Promise<QuoteView> {
  if (target.kind === 'submit') {
    return unwrap(
      api.POST('/api/v1/requests/{request_id}/quotes', {
        params: { path: { request_id: target.requestId } },
        body: offer,
      }),
    );
  }
  const params = { path: { resource_id: target.quoteId } };
  const body = { offer, version: target.version };
  try {
    return await (target.kind === 'update'
      ? unwrap(api.POST('/api/v1/quotes/{resource_id}/update', { params, body }))
      : unwrap(api.POST('/api/v1/quotes/{resource_id}/reconfirm', { params, body })));
  } catch (error) {
    throw withoutPrefix(error, 'offer');
  }
}
