import type { ReactNode } from 'react';
import { useState } from 'react';
import { type UseFormReturn, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';

import { Form, FormField, SubmitButton, useZodForm } from '@/shared/forms/form';
import { useSession } from '@/shared/session/session';
import { withoutPrefix } from '@/shared/trade/problems';
import { localDay } from '@/shared/trade/words';
import { Button } from '@/shared/ui/button';
import { RadioGroup } from '@/shared/ui/choice';
import { DateField } from '@/shared/ui/date-fields';
import { Dialog } from '@/shared/ui/dialog';
import { Input } from '@/shared/ui/input';

import { useCreateInvitation } from '../api/mutations';
import type { NewLinkInvitation } from '../api/types';
import { InvitationCode } from '../components/invitation-code';
import { termsBody, termsSchema, type TermsValues, termsValues } from '../model/terms';
import { TermsFields } from './terms-fields';

const NAME_MAX = 200;
const USES_MAX = 10_000;
const DAYS_DEFAULT = 30;
const DAY_MS = 86_400_000;
const CURRENCY = 'KZT';
const WAYS = ['request', 'at_once'] as const;

const schema = z.extend(termsSchema, {
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(NAME_MAX)),
  way: z.enum(WAYS),
  until: z.string().check(z.minLength(1)),
  uses_max: z.string().check(
    z.trim(),
    z.refine(
      (value) =>
        value === '' ||
        (/^\d{1,5}$/.test(value) && Number(value) >= 1 && Number(value) <= USES_MAX),
    ),
  ),
});

type Values = z.infer<typeof schema>;

interface InvitationDialogProps {
  isOpen: boolean;
  onClose: () => void;
}

/** Makes an invitation to hand out, and shows its address and code: they are told this once. */
export function InvitationDialog({ isOpen, onClose }: InvitationDialogProps): ReactNode {
  const { t } = useTranslation('links');
  const [made, setMade] = useState<NewLinkInvitation | null>(null);
  const close = (): void => {
    setMade(null);
    onClose();
  };
  return (
    <Dialog
      isOpen={isOpen}
      onClose={close}
      size="medium"
      title={made === null ? t('invitations.create') : made.name}
      text={t(made === null ? 'invitations.create_text' : 'invitations.once')}
    >
      {made === null ? (
        <InvitationForm onClose={close} onMade={setMade} />
      ) : (
        <InvitationCode invitation={made} onClose={close} />
      )}
    </Dialog>
  );
}

function InvitationForm({
  onClose,
  onMade,
}: {
  onClose: () => void;
  onMade: (made: NewLinkInvitation) => void;
}): ReactNode {
  const { t } = useTranslation(['links', 'ui']);
  const create = useCreateInvitation();
  const session = useSession();
  const [inAMonth] = useState(() => localDay(new Date(Date.now() + DAYS_DEFAULT * DAY_MS)));
  const form = useZodForm(schema, {
    ...termsValues(null, session?.organisation.currency ?? CURRENCY),
    name: '',
    way: 'request' as const,
    until: inAMonth,
    uses_max: '',
  });
  const isAtOnce = useWatch({ control: form.control, name: 'way' }) === 'at_once';
  const make = async ({ name, way, until, uses_max: uses, ...terms }: Values): Promise<void> => {
    const made = await create
      .mutateAsync({
        name,
        accepts_at_once: way === 'at_once',
        terms: way === 'at_once' ? termsBody(terms) : null,
        // A day means until its end, where the supplier is.
        expires_at: new Date(`${until}T23:59:59`).toISOString(),
        uses_max: uses === '' ? null : Number(uses),
      })
      .catch((error: unknown) => {
        throw withoutPrefix(error, 'terms');
      });
    onMade(made);
  };
  return (
    <Form form={form} onSubmit={make}>
      <FormField
        form={form}
        name="name"
        label={t('invitations.name')}
        hint={t('invitations.name_hint')}
        isRequired
      >
        {(control) => <Input {...control} autoComplete="off" maxLength={NAME_MAX} />}
      </FormField>
      <FormField form={form} name="way" label={t('invitations.way')} isRequired isGroup>
        {({ value, onChange }) => (
          <RadioGroup
            value={value}
            onChange={onChange}
            isCards
            choices={WAYS.map((way) => ({
              value: way,
              label: t(`invitations.ways.${way}`),
              hint: t(`invitations.ways.${way}_hint`),
            }))}
          />
        )}
      </FormField>
      {isAtOnce && (
        // The fields of the terms are a part of this form's own.
        <TermsFields form={form as unknown as UseFormReturn<TermsValues, unknown, TermsValues>} />
      )}
      <div className="grid gap-4 sm:grid-cols-2 sm:items-end">
        <FormField form={form} name="until" label={t('invitations.until')} isRequired>
          {({ value, onChange, onBlur }) => (
            <DateField value={value} onChange={onChange} onBlur={onBlur} />
          )}
        </FormField>
        <FormField
          form={form}
          name="uses_max"
          label={t('invitations.uses_max')}
          hint={t('invitations.uses_max_hint')}
        >
          {(control) => <Input {...control} inputMode="numeric" autoComplete="off" maxLength={5} />}
        </FormField>
      </div>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{t('ui:cancel')}</Button>
        <SubmitButton form={form}>{t('invitations.create')}</SubmitButton>
      </div>
    </Form>
  );
}
