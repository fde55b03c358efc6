import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

import { api, unwrap } from '@/shared/api/client';
import type { components } from '@/shared/api/schema';

export type StockPlace = components['schemas']['LocationView'];

/** Where the organisation's goods lie, in the order in which orders are served. */
export const stockPlacesQuery = queryOptions({
  queryKey: ['products', 'places'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/stock-locations', { signal })),
});

function useRefresh(): () => Promise<unknown> {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: ['products'] });
}

interface Saved {
  place: StockPlace | null;
  name: string;
  address: string;
  position: number;
}

/** Adds a place, or names one anew. */
export function useSavePlace() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ place, ...body }: Saved) =>
      place === null
        ? unwrap(api.POST('/api/v1/stock-locations', { body }))
        : unwrap(
            api.PATCH('/api/v1/stock-locations/{location_id}', {
              params: { path: { location_id: place.id } },
              body: { ...body, version: place.version },
            }),
          ),
    meta: { showsProblem: true },
    onSettled: refresh,
  });
}

/** Writes down the order of the places: each whose place in it has changed. */
export function useOrderPlaces() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: async (places: readonly StockPlace[]) => {
      for (const [index, place] of places.entries()) {
        if (place.position === index + 1) continue;
        await unwrap(
          api.PATCH('/api/v1/stock-locations/{location_id}', {
            params: { path: { location_id: place.id } },
            body: { position: index + 1, version: place.version },
          }),
        );
      }
    },
    onSettled: refresh,
  });
}

/** Gives up a place that holds nothing. */
export function useRemovePlace() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (place: StockPlace) =>
      unwrap(
        api.DELETE('/api/v1/stock-locations/{location_id}', {
          params: {
            path: { location_id: place.id },
            header: { 'if-match': `"${String(place.version)}"` },
          },
        }),
      ),
    onSettled: refresh,
  });
}
