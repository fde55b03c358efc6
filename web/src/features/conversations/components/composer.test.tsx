import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeAll, expect, it, vi } from 'vitest';

import { loadWords } from '@/shared/i18n/i18n';
import { renderWithApp } from '@/shared/testing/render';

import { Composer } from './composer';

const upload = vi.hoisted(() => {
  const made = {
    resolve: (file: unknown): void => void file,
    promise: Promise.resolve<unknown>(null),
  };
  made.promise = new Promise((resolve) => (made.resolve = resolve));
  return made;
});
// jsdom sends no files; what is proven here is what happens until the network has answered.
vi.mock('@/shared/api/upload', () => ({ uploadFile: () => upload.promise }));

const STORED = { id: 'f1', name: 'packing.pdf', size_bytes: 3, url: '/f1', content_type: 'x/y' };

beforeAll(() => loadWords('conversations', 'ui'));

it('sends by Enter what is written, begins a line by Shift-Enter, and never sends nothing', async () => {
  const onSend = vi.fn();
  renderWithApp(<Composer onSend={onSend} />);
  const field = screen.getByRole('textbox');
  await userEvent.type(field, '   {Enter}');
  expect(onSend).not.toHaveBeenCalled();
  await userEvent.type(field, 'First{Shift>}{Enter}{/Shift}second{Enter}');
  expect(onSend).toHaveBeenCalledExactlyOnceWith('First\nsecond', []);
  expect(field).toHaveValue('');
});

it('waits for a file that is on its way instead of sending without it', async () => {
  const onSend = vi.fn();
  const { container } = renderWithApp(<Composer onSend={onSend} />);
  await userEvent.click(screen.getByRole('button', { name: 'Attach files' }));
  const input = container.querySelector<HTMLInputElement>('input[type=file]');
  await userEvent.upload(input as HTMLInputElement, new File(['abc'], 'packing.pdf'));
  await userEvent.type(screen.getByRole('textbox'), 'The list{Enter}');
  expect(onSend).not.toHaveBeenCalled();
  expect(screen.getByRole('button', { name: 'Send' })).toBeDisabled();
  upload.resolve(STORED);
  await waitFor(() => expect(screen.getByRole('button', { name: 'Send' })).toBeEnabled());
  await userEvent.click(screen.getByRole('button', { name: 'Send' }));
  expect(onSend).toHaveBeenCalledExactlyOnceWith('The list', [STORED]);
});
