import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { beforeAll, expect, it, vi } from 'vitest';

import { loadWords } from '@/shared/i18n/i18n';
import { renderWithApp } from '@/shared/testing/render';

import type { OrderView } from '../api/types';
import { OrderContext } from './order-context';
import { ShipDialog } from './quantity-dialogs';

const LINE = { id: 'l1', sku: 'COFFEE-1', name: 'Coffee', names: {}, unit: 'H87' };

/** An order of two hundred, as it stands after so many have left. */
function shipped(version: number, quantity: string): OrderView {
  const line = {
    ...LINE,
    quantity: '200',
    confirmed_quantity: '200',
    shipped_quantity: quantity,
  };
  return { id: 'o1', number: 'ORD-1', version, lines: [line] } as unknown as OrderView;
}

function Page() {
  const [order, setOrder] = useState(shipped(1, '0'));
  const ship = (): Promise<void> => {
    setOrder(shipped(2, '120'));
    return Promise.resolve();
  };
  return (
    <OrderContext value={order}>
      <ShipDialog isOpen onClose={vi.fn()} onSubmit={ship} />
    </OrderContext>
  );
}

beforeAll(async () => {
  await Promise.all(['orders', 'common', 'ui'].map((name) => loadWords(name as 'ui')));
});

it('starts the next shipment with what is left, and without the number of the last one', async () => {
  const user = userEvent.setup();
  renderWithApp(<Page />);
  const quantity = await screen.findByLabelText(/Coffee/);
  await user.clear(quantity);
  await user.type(quantity, '120');
  await user.type(screen.getByLabelText(/Tracking number/), 'KZ-1');
  await user.click(screen.getByRole('button', { name: 'Ship' }));
  await waitFor(() => expect(screen.getByLabelText(/Coffee/)).toHaveValue('80'));
  expect(screen.getByLabelText(/Tracking number/)).toHaveValue('');
});
