import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { expect, it } from 'vitest';

import type { MoneyValue } from '@/shared/api/types';
import { renderWithApp } from '@/shared/testing/render';

import { Field } from './field';
import { isAccepted } from './file-drop';
import { MoneyField } from './money-field';
import { initials } from './values';

function Sample(): ReactNode {
  const [value, setValue] = useState<MoneyValue | null>({ amount: 150_050, currency: 'KZT' });
  return (
    <>
      <Field label="Budget" isRequired>
        <MoneyField value={value} onChange={setValue} currency="KZT" />
      </Field>
      <output>{JSON.stringify(value)}</output>
      <button onClick={() => setValue({ amount: 700, currency: 'KZT' })}>Reset</button>
    </>
  );
}

it('keeps minor units, whatever the way of writing', async () => {
  renderWithApp(<Sample />);
  const input = screen.getByLabelText('Budget');
  expect(input).toHaveValue('1,500.50');
  await userEvent.clear(input);
  expect(screen.getByRole('status')).toHaveTextContent('null');
  await userEvent.type(input, '2 300,7');
  expect(screen.getByRole('status')).toHaveTextContent('{"amount":230070,"currency":"KZT"}');
  expect(input).toHaveValue('2 300,7');
  await userEvent.tab();
  expect(input).toHaveValue('2,300.70');
});

it('leaves what it cannot read as it is, and says so', async () => {
  renderWithApp(<Sample />);
  const input = screen.getByLabelText('Budget');
  await userEvent.clear(input);
  await userEvent.type(input, '12 apples');
  await userEvent.tab();
  expect(input).toHaveValue('12 apples');
  expect(input).toBeInvalid();
  expect(screen.getByText('Write an amount, such as 1500.50.')).toBeVisible();
  expect(screen.getByRole('status')).toHaveTextContent('null');
  await userEvent.click(screen.getByRole('button', { name: 'Reset' }));
  expect(input).toHaveValue('7.00');
});

it('accepts files by extension, kind or type', () => {
  const drawing = { name: 'Plan.PDF', type: 'application/pdf' };
  expect(
    ['.pdf', 'image/*,.pdf', 'application/pdf', undefined].map((accept) =>
      isAccepted(drawing, accept),
    ),
  ).toEqual([true, true, true, true]);
  expect(['image/*', '.doc', 'text/plain'].map((accept) => isAccepted(drawing, accept))).toEqual([
    false,
    false,
    false,
  ]);
});

it('takes initials from names of every alphabet', () => {
  expect(['Әйгерім Нұрланқызы', 'temir', ' «Қаратау» ЖШС ', '', '—'].map(initials)).toEqual([
    'ӘН',
    'T',
    'ҚЖ',
    '?',
    '?',
  ]);
});
