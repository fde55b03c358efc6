import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { expect, it, vi } from 'vitest';
import * as z from 'zod/mini';

import { Problem } from '@/shared/api/problem';
import type { MoneyValue } from '@/shared/api/types';
import { renderWithApp } from '@/shared/testing/render';
import { Field } from '@/shared/ui/field';
import { Input } from '@/shared/ui/input';
import { MoneyField } from '@/shared/ui/money-field';

import { Form, FormField, SubmitButton, useZodForm } from './form';
import { pointerToPath } from './problem-to-form';
import { schemaResolver } from './resolver';
import { startValidation } from './validation';

startValidation();

const schema = z.object({
  email: z.pipe(z.string().check(z.minLength(1)), z.email()),
  title: z.string().check(z.minLength(3)),
});

function Sample({ onSubmit }: { onSubmit: (values: unknown) => Promise<unknown> }): ReactNode {
  const form = useZodForm(schema, { email: '', title: '' });
  return (
    <Form form={form} onSubmit={onSubmit}>
      <FormField form={form} name="email" label="E-mail" isRequired>
        {(control) => <Input {...control} />}
      </FormField>
      <FormField form={form} name="title" label="Title" isRequired>
        {(control) => <Input {...control} />}
      </FormField>
      <SubmitButton form={form}>Send</SubmitButton>
    </Form>
  );
}

it('reads pointers, also as URI fragments and with escapes', () => {
  expect(pointerToPath('#/lines/0/unit_price')).toBe('lines.0.unit_price');
  expect(pointerToPath('/a~1b/%D0%B6')).toBe('a/b.ж');
});

it('says on each field what is wrong, in words of this app, and sends nothing', async () => {
  const onSubmit = vi.fn(() => Promise.resolve());
  renderWithApp(<Sample onSubmit={onSubmit} />);
  await userEvent.type(screen.getByLabelText('Title'), 'ab');
  await userEvent.click(screen.getByRole('button', { name: 'Send' }));
  expect(await screen.findByText('Fill this in.')).toBeVisible();
  expect(screen.getByText('Use at least 3 characters.')).toBeVisible();
  expect(screen.getByLabelText('Title')).toBeInvalid();
  expect(screen.getByLabelText('Title')).toHaveAccessibleDescription('Use at least 3 characters.');
  expect(onSubmit).not.toHaveBeenCalled();
});

it('puts the server’s refusals on their fields and keeps the rest above the form', async () => {
  const refusal = new Problem(422, {
    code: 'validation',
    errors: [
      { pointer: '#/email', code: 'taken', detail: 'This address is in use.' },
      { pointer: '#/title', code: 'string_too_short', detail: 'String should have more.' },
      { pointer: '#/country', code: 'odd', detail: 'Unknown country.' },
    ],
  });
  renderWithApp(<Sample onSubmit={() => Promise.reject(refusal)} />);
  await userEvent.type(screen.getByLabelText('E-mail'), 'a@b.kz');
  await userEvent.type(screen.getByLabelText('Title'), 'Steel');
  await userEvent.click(screen.getByRole('button', { name: 'Send' }));
  expect(await screen.findByText('This address is in use.')).toBeVisible();
  expect(screen.getByLabelText('E-mail')).toHaveFocus();
  expect(screen.getByText('This is too short.')).toBeVisible();
  expect(screen.getByRole('alert')).toHaveTextContent('Unknown country.');
  expect(screen.getByLabelText('Title')).toHaveValue('Steel');
});

it('nests errors as the values are, the list’s own at its root', async () => {
  const lines = z.object({
    lines: z.array(z.object({ unit: z.string().check(z.minLength(1)) })).check(z.minLength(2)),
  });
  const check = schemaResolver(lines);
  const options = {
    fields: {},
    names: ['lines.0.unit' as const],
    shouldUseNativeValidation: false,
  };
  expect(await check({ lines: [{ unit: '' }] }, undefined, options)).toEqual({
    values: {},
    errors: {
      lines: Object.assign([{ unit: { type: 'too_small', message: 'Fill this in.' } }], {
        root: { type: 'too_small', message: 'Add at least 2 items.' },
      }),
    },
  });
  const good = { lines: [{ unit: 't' }, { unit: 'kg' }] };
  expect(await check(good, undefined, options)).toEqual({ values: good, errors: {} });
});

it('puts the focus on the first field to mend, also when it is an amount', async () => {
  const priced = z.object({
    price: z.custom<MoneyValue | null>().check(z.refine((value) => value !== null)),
    rate: z.string().check(z.minLength(1)),
  });
  function Priced(): ReactNode {
    const form = useZodForm(priced, { price: null, rate: '' });
    return (
      <Form form={form} onSubmit={() => Promise.resolve()}>
        <FormField form={form} name="price" label="Price" isRequired>
          {(control) => <MoneyField {...control} currency="KZT" />}
        </FormField>
        <Field label="Rate" isRequired error={form.formState.errors.rate?.message}>
          <Input {...form.register('rate')} />
        </Field>
        <SubmitButton form={form}>Send</SubmitButton>
      </Form>
    );
  }
  renderWithApp(<Priced />);
  await userEvent.click(screen.getByRole('button', { name: 'Send' }));
  await waitFor(() => expect(screen.getByLabelText('Price')).toHaveFocus());
});
