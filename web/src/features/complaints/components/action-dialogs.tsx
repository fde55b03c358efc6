import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';

import type { MoneyValue } from '@/shared/api/types';
import { Form, FormField, SubmitButton, useZodForm } from '@/shared/forms/form';
import { formatMoney } from '@/shared/money/money';
import type { CustomActionProps } from '@/shared/ui/action-bar';
import { Button } from '@/shared/ui/button';
import { Dialog } from '@/shared/ui/dialog';
import { Select, Textarea } from '@/shared/ui/input';
import { MoneyField } from '@/shared/ui/money-field';

import { OUTCOMES } from '../api/types';
import { useComplaint } from './complaint-context';

const TEXT_MAX = 5000;
const NOTHING = '';
const schema = z.object({
  text: z.string().check(z.trim(), z.minLength(1), z.maxLength(TEXT_MAX)),
  outcome: z.enum([NOTHING, ...OUTCOMES]),
  amount: z.custom<MoneyValue | null>(() => true),
});

type Name = 'answer' | 'reply' | 'resolve';

function Frame({ name, ...props }: CustomActionProps & { name: Name }): ReactNode {
  const { t } = useTranslation(['complaints', 'common']);
  const { number, appealed_at: appealedAt } = useComplaint();
  const isLast = name === 'resolve' && appealedAt !== null;
  return (
    <Dialog
      isOpen={props.isOpen}
      onClose={props.onClose}
      size="medium"
      title={t('common:action_dialog.title', {
        action: t(`common:actions.${name}`),
        subject: number,
      })}
      text={t(isLast ? 'dialog.resolve_finally' : `dialog.${name}`)}
    >
      {props.isOpen && <Fields name={name} {...props} />}
    </Dialog>
  );
}

function Fields({ name, onClose, onSubmit }: CustomActionProps & { name: Name }): ReactNode {
  const { t } = useTranslation(['complaints', 'common', 'ui']);
  const { most, wanted } = useComplaint();
  const form = useZodForm(schema, {
    text: '',
    outcome: name === 'resolve' ? wanted : NOTHING,
    amount: null,
  });
  const outcome = form.watch('outcome');
  const givesMoney = outcome === 'refund' || outcome === 'credit';
  return (
    <Form
      form={form}
      onSubmit={async ({ text, amount }) => {
        const money = givesMoney ? { amount } : {};
        const key = name === 'resolve' ? 'outcome' : 'proposal';
        await onSubmit(
          name === 'reply' ? { text } : { text, ...(outcome ? { [key]: outcome } : {}), ...money },
        );
        onClose();
      }}
    >
      {name !== 'reply' && (
        <div className="grid gap-4 sm:grid-cols-2">
          <FormField
            form={form}
            name="outcome"
            label={t(name === 'answer' ? 'dialog.proposal' : 'dialog.outcome')}
            isRequired={name === 'resolve'}
          >
            {(control) => (
              <Select
                {...control}
                choices={[
                  ...(name === 'answer'
                    ? [{ value: NOTHING, label: t('dialog.no_proposal') }]
                    : []),
                  ...OUTCOMES.map((one) => ({ value: one, label: t(`outcome.${one}`) })),
                ]}
              />
            )}
          </FormField>
          {givesMoney && (
            <FormField
              form={form}
              name="amount"
              label={t('dialog.amount')}
              hint={t('dialog.amount_hint', { most: formatMoney(most) })}
              isRequired
            >
              {({ value, onChange, onBlur, name: field, ref }) => (
                <MoneyField
                  ref={ref}
                  name={field}
                  value={value}
                  onChange={onChange}
                  onBlur={onBlur}
                  currency={most.currency}
                />
              )}
            </FormField>
          )}
        </div>
      )}
      <FormField form={form} name="text" label={t('dialog.text')} isRequired>
        {(control) => <Textarea {...control} rows={5} maxLength={TEXT_MAX} />}
      </FormField>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{t('ui:cancel')}</Button>
        <SubmitButton form={form}>{t(`common:actions.${name}`)}</SubmitButton>
      </div>
    </Form>
  );
}

/** Answers a complaint, with a proposal or without. */
export function AnswerDialog(props: CustomActionProps): ReactNode {
  return <Frame {...props} name="answer" />;
}

/** Writes back to the seller. */
export function ReplyDialog(props: CustomActionProps): ReactNode {
  return <Frame {...props} name="reply" />;
}

/** Decides a complaint. */
export function ResolveDialog(props: CustomActionProps): ReactNode {
  return <Frame {...props} name="resolve" />;
}
