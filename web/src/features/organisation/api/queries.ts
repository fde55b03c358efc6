import { queryOptions, useQueryClient } from '@tanstack/react-query';

import { api, unwrap } from '@/shared/api/client';
import type { components } from '@/shared/api/schema';
import { sessionKey } from '@/shared/session/session';

export type Organisation = components['schemas']['OrganisationView'];
export type OrganisationChange = components['schemas']['OrganisationBody'];
export type OrganisationSettings = components['schemas']['SettingsView'];
export type SettingsChange = components['schemas']['SettingsBody'];
export type TradingProfile = components['schemas']['TradingProfileView'];
export type Rate = components['schemas']['RateView'];

const KEY = ['organisations'] as const;
const RATES_KEY = ['exchange-rates'] as const;

const oneKey = (id: string) => [...KEY, 'one', id] as const;
const settingsKey = (id: string) => [...KEY, 'settings', id] as const;

/** An organisation's profile, with its details for members. */
export const organisationQuery = (id: string) =>
  queryOptions({
    queryKey: oneKey(id),
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/organisations/{organisation_id}', {
          params: { path: { organisation_id: id } },
          signal,
        }),
      ),
  });

/** Bank details of one's own organisation. */
export const settingsQuery = (id: string) =>
  queryOptions({
    queryKey: settingsKey(id),
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/organisations/{organisation_id}/settings', {
          params: { path: { organisation_id: id } },
          signal,
        }),
      ),
  });

/** The exchange rates that apply today. */
export const ratesQuery = queryOptions({
  queryKey: RATES_KEY,
  queryFn: async ({ signal }) => {
    const { rates } = await unwrap(api.GET('/api/v1/exchange-rates', { signal }));
    return rates;
  },
});

interface OrganisationWrites {
  change: (change: OrganisationChange) => Promise<Organisation>;
  changeLogo: (logo: string | null) => Promise<Organisation>;
  changeSettings: (change: SettingsChange) => Promise<OrganisationSettings>;
}

/** Returns what changes one's own organisation; name and logo show everywhere at once. */
export function useOrganisationWrites(id: string): OrganisationWrites {
  const client = useQueryClient();
  const params = { path: { organisation_id: id } };
  const keep = async (organisation: Organisation): Promise<Organisation> => {
    client.setQueryData(oneKey(id), organisation);
    await client.invalidateQueries({ queryKey: sessionKey });
    return organisation;
  };
  return {
    change: async (body) =>
      keep(await unwrap(api.PATCH('/api/v1/organisations/{organisation_id}', { params, body }))),
    changeLogo: async (logo) =>
      keep(
        await unwrap(
          api.PUT('/api/v1/organisations/{organisation_id}/logo', { params, body: { logo } }),
        ),
      ),
    changeSettings: async (body) => {
      const settings = await unwrap(
        api.PATCH('/api/v1/organisations/{organisation_id}/settings', { params, body }),
      );
      client.setQueryData(settingsKey(id), settings);
      return settings;
    },
  };
}

/** Returns what enters one rate of the organisation's own. */
export function useEnterRate(): (
  rate: components['schemas']['RateBody'],
) => Promise<readonly Rate[]> {
  const client = useQueryClient();
  return async (rate) => {
    const { rates } = await unwrap(api.PUT('/api/v1/exchange-rates', { body: { rates: [rate] } }));
    client.setQueryData(RATES_KEY, rates);
    // Comparisons count with these rates.
    await client.invalidateQueries({ queryKey: ['requests'] });
    return rates;
  };
}

/** Returns what takes one rate of the organisation's own away. */
export function useRemoveRate(): (rate: Rate) => Promise<void> {
  const client = useQueryClient();
  return async ({ base, quote, effective_on }) => {
    await unwrap(
      api.DELETE('/api/v1/exchange-rates/{base}/{quote}/{effective_on}', {
        params: { path: { base, quote, effective_on } },
      }),
    );
    await client.invalidateQueries({ queryKey: RATES_KEY });
    await client.invalidateQueries({ queryKey: ['requests'] });
  };
}
