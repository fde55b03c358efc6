import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { wholeProblemText } from '@/shared/api/problem-text';
import { nameNow } from '@/shared/i18n/names';
import { formatQuantity } from '@/shared/units/units';
import type { CustomActionProps } from '@/shared/ui/action-bar';
import { Banner } from '@/shared/ui/banner';
import { Button } from '@/shared/ui/button';
import { Checkbox } from '@/shared/ui/choice';
import { Dialog } from '@/shared/ui/dialog';
import { Field } from '@/shared/ui/field';
import { Input } from '@/shared/ui/input';

import type { OrderLineView } from '../api/types';
import { leftOf } from '../model/lines';
import { useOrder } from './order-context';

type Quantities = Readonly<Record<string, string>>;

interface LinesProps {
  lines: readonly OrderLineView[];
  most: (line: OrderLineView) => string;
  quantities: Quantities;
  onChange: (quantities: Quantities) => void;
}

/** How much of each line is meant, the whole by default. */
function Lines({ lines, most, quantities, onChange }: LinesProps): ReactNode {
  const { t } = useTranslation('orders');
  return (
    <ul className="flex max-h-80 flex-col divide-y divide-line overflow-y-auto">
      {lines.map((line) => (
        <li key={line.id} className="flex items-center justify-between gap-3 py-2">
          <span className="min-w-0">
            <span className="block truncate text-body">{nameNow(line)}</span>
            <span className="block text-small text-muted">{line.sku}</span>
          </span>
          <span className="flex shrink-0 items-center gap-2">
            <Input
              aria-label={t('quantity_of', { name: nameNow(line) })}
              inputMode="decimal"
              className="w-24 text-right tabular"
              value={quantities[line.id] ?? most(line)}
              onChange={(event) => onChange({ ...quantities, [line.id]: event.target.value })}
            />
            <span className="w-16 text-small text-muted">
              {t('ship_dialog.left', { left: formatQuantity(most(line)) })}
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Lines as the server wants them: those that somebody has changed, or all of them. */
function bodyOf(
  lines: readonly OrderLineView[],
  most: (line: OrderLineView) => string,
  quantities: Quantities,
): { line_id: string; quantity: string }[] {
  return lines.map((line) => ({
    line_id: line.id,
    quantity: (quantities[line.id] ?? most(line)).trim().replace(',', '.') || '0',
  }));
}

interface FrameProps extends CustomActionProps {
  name: 'confirm' | 'ship';
  children: ReactNode;
  body: () => Record<string, unknown>;
}

function Frame({ name, isOpen, onClose, onSubmit, body, children }: FrameProps): ReactNode {
  const { t } = useTranslation(['orders', 'common', 'ui']);
  const order = useOrder();
  const [isPending, setIsPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const submit = async (): Promise<void> => {
    setIsPending(true);
    setError(null);
    try {
      await onSubmit(body());
      onClose();
    } catch (problem) {
      setError(problem);
    } finally {
      setIsPending(false);
    }
  };
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      size="medium"
      title={t('common:action_dialog.title', {
        action: t(`common:actions.${name}`),
        subject: order.number,
      })}
      text={t(`${name}_dialog.text`)}
      footer={
        <>
          <Button onClick={onClose}>{t('ui:cancel')}</Button>
          <Button variant="primary" isPending={isPending} onClick={() => void submit()}>
            {t(`common:actions.${name}`)}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {error !== null && <Banner tone="stopped">{wholeProblemText(error)}</Banner>}
        {children}
      </div>
    </Dialog>
  );
}

/** Confirms an order, in whole or with smaller quantities. */
export function ConfirmOrderDialog(props: CustomActionProps): ReactNode {
  const { lines } = useOrder();
  const [quantities, setQuantities] = useState<Quantities>({});
  const most = (line: OrderLineView): string => line.quantity;
  return (
    <Frame {...props} name="confirm" body={() => ({ lines: bodyOf(lines, most, quantities) })}>
      <Lines lines={lines} most={most} quantities={quantities} onChange={setQuantities} />
    </Frame>
  );
}

/** Ships what is left of an order, or a part of it. */
export function ShipDialog(props: CustomActionProps): ReactNode {
  // What was written for one shipment, its tracking number above all, says nothing of the next.
  return <ShipmentDialog key={useOrder().version} {...props} />;
}

function ShipmentDialog(props: CustomActionProps): ReactNode {
  const { t } = useTranslation('orders');
  const order = useOrder();
  const [quantities, setQuantities] = useState<Quantities>({});
  const [carrier, setCarrier] = useState('');
  const [tracking, setTracking] = useState('');
  const [cancelRest, setCancelRest] = useState(false);
  const open = order.lines.filter((line) => Number(leftOf(line)) > 0);
  const body = () => ({
    lines: bodyOf(open, leftOf, quantities).filter(({ quantity }) => Number(quantity) !== 0),
    carrier,
    tracking_number: tracking,
    cancel_rest: cancelRest,
  });
  return (
    <Frame {...props} name="ship" body={body}>
      <Lines lines={open} most={leftOf} quantities={quantities} onChange={setQuantities} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('ship_dialog.carrier')}>
          <Input
            value={carrier}
            maxLength={300}
            onChange={(event) => setCarrier(event.target.value)}
          />
        </Field>
        <Field label={t('ship_dialog.tracking')}>
          <Input
            value={tracking}
            maxLength={300}
            onChange={(event) => setTracking(event.target.value)}
          />
        </Field>
      </div>
      <Checkbox
        label={t('ship_dialog.cancel_rest')}
        isChecked={cancelRest}
        onChange={setCancelRest}
      />
    </Frame>
  );
}
