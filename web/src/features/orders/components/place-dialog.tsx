import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';

import { Form, FormField, SubmitButton, useZodForm } from '@/shared/forms/form';
import { localDay } from '@/shared/trade/words';
import { Button } from '@/shared/ui/button';
import { DateField } from '@/shared/ui/date-fields';
import { Dialog } from '@/shared/ui/dialog';
import { Input, Textarea } from '@/shared/ui/input';
import { showDone } from '@/shared/ui/toast';
import { Money } from '@/shared/ui/values';

import { usePlaceOrder } from '../api/mutations';
import type { CartView } from '../api/types';

const schema = z.object({
  buyer_reference: z.string().check(z.trim(), z.maxLength(300)),
  delivery_address: z.string().check(z.maxLength(500)),
  wanted_on: z.string(),
  note: z.string().check(z.maxLength(2000)),
});

interface PlaceDialogProps {
  cart: CartView;
  onClose: () => void;
}

/** The last look before a cart becomes an order. The total that is shown here is the one that counts. */
export function PlaceDialog({ cart, onClose }: PlaceDialogProps): ReactNode {
  const { t } = useTranslation(['orders', 'ui']);
  const navigate = useNavigate();
  const place = usePlaceOrder();
  const form = useZodForm(schema, {
    buyer_reference: '',
    delivery_address: '',
    wanted_on: '',
    note: '',
  });
  const total = cart.totals?.total ?? null;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`${t('cart.place')}: ${cart.supplier.name}`}
      text={t('cart.place_text')}
    >
      <Form
        form={form}
        onSubmit={async (values) => {
          const order = await place.mutateAsync({
            ...values,
            wanted_on: values.wanted_on === '' ? null : values.wanted_on,
            supplier_organisation_id: cart.supplier.id,
            expected_total: total,
          });
          showDone(t('cart.placed', { number: order.number }));
          await navigate({ to: '/app/orders/$orderId', params: { orderId: order.id } });
        }}
      >
        <p className="flex items-baseline justify-between text-body">
          <span className="text-muted">{t('total')}</span>
          <Money value={total} className="text-title font-semibold" />
        </p>
        <FormField form={form} name="buyer_reference" label={t('reference')}>
          {(control) => <Input {...control} autoComplete="off" />}
        </FormField>
        <FormField form={form} name="delivery_address" label={t('address')}>
          {(control) => <Textarea {...control} rows={2} />}
        </FormField>
        <FormField form={form} name="wanted_on" label={t('wanted_on')}>
          {({ value, onChange, onBlur }) => (
            <DateField
              value={value}
              onChange={onChange}
              onBlur={onBlur}
              min={localDay(new Date())}
            />
          )}
        </FormField>
        <FormField form={form} name="note" label={t('note')}>
          {(control) => <Textarea {...control} rows={2} />}
        </FormField>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('ui:cancel')}</Button>
          <SubmitButton form={form}>{t('cart.place')}</SubmitButton>
        </div>
      </Form>
    </Dialog>
  );
}
