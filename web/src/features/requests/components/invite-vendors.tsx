import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useDebounced } from '@/shared/hooks/browser';
import { Button } from '@/shared/ui/button';
import { MultiCombobox } from '@/shared/ui/combobox';
import { Field } from '@/shared/ui/field';
import { showDone } from '@/shared/ui/toast';

import { useInviteVendors } from '../api/mutations';
import { vendorsQuery } from '../api/queries';
import type { RequestView } from '../api/types';

interface InviteVendorsProps {
  request: RequestView;
  beforeInvite?: () => Promise<unknown>;
  onVersion?: (version: number) => void;
}

/** Finds vendors in the directory and invites them. */
export function InviteVendors({ request, beforeInvite, onVersion }: InviteVendorsProps): ReactNode {
  const { t } = useTranslation('requests');
  const [words, setWords] = useState('');
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>({});
  const settled = useDebounced(words.trim());
  const { data, isFetching } = useQuery(vendorsQuery(settled));
  const invite = useInviteVendors(request.id);
  const invited = new Set(request.invitations?.map(({ organisation }) => organisation.id));
  const found = (data?.items ?? []).filter(
    ({ id }) => id !== request.organisation.id && !invited.has(id),
  );
  const ids = Object.keys(chosen);
  const choose = (values: string[]): void =>
    setChosen(
      Object.fromEntries(
        values.map((id) => [id, chosen[id] ?? found.find((one) => one.id === id)?.name ?? id]),
      ),
    );
  const send = async (): Promise<void> => {
    await beforeInvite?.();
    const answer = await invite.mutateAsync(ids).catch(() => null);
    if (answer === null) return;
    onVersion?.(answer.version);
    showDone(t('vendors.invited_done', { count: ids.length }));
    setChosen({});
  };
  return (
    <div className="flex flex-col gap-3 sm:flex-row sm:items-start">
      <Field
        className="min-w-0 flex-1"
        label={t('vendors.invite')}
        hint={t(request.state === 'draft' ? 'vendors.invite_hint' : 'vendors.invite_now_hint')}
      >
        <MultiCombobox
          values={ids}
          labels={chosen}
          onChange={choose}
          onQuery={setWords}
          isLoading={isFetching}
          placeholder={t('vendors.search')}
          options={found.map(({ id, name, city }) => ({
            value: id,
            label: name,
            ...(city === '' ? {} : { hint: city }),
          }))}
        />
      </Field>
      <Button
        className="sm:mt-12"
        disabled={ids.length === 0}
        isPending={invite.isPending}
        onClick={() => void send()}
      >
        {t('vendors.add')}
      </Button>
    </div>
  );
}
