import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';

import { loadWords } from '@/shared/i18n/i18n';
import { renderWithApp } from '@/shared/testing/render';

import { Composer } from './composer';

/** jsdom sends no files: the network of these tests, which answers when it is told to. */
class SlowNetwork {
  static last: SlowNetwork | undefined;
  upload = {};
  status = 0;
  response: unknown;
  onload = (): void => undefined;
  open(): void {}
  setRequestHeader(): void {}
  send(): void {
    SlowNetwork.last = this;
  }
  answer(response: unknown): void {
    Object.assign(this, { status: 201, response });
    this.onload();
  }
}

const STORED = { id: 'f1', name: 'packing.pdf', size_bytes: 3, url: '/f1', content_type: 'x/y' };

beforeAll(() => loadWords('conversations', 'ui'));

afterEach(() => vi.unstubAllGlobals());

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
  vi.stubGlobal('XMLHttpRequest', SlowNetwork);
  const onSend = vi.fn();
  const { container } = renderWithApp(<Composer onSend={onSend} />);
  await userEvent.click(screen.getByRole('button', { name: 'Attach files' }));
  const input = container.querySelector<HTMLInputElement>('input[type=file]');
  await userEvent.upload(input as HTMLInputElement, new File(['abc'], 'packing.pdf'));
  await userEvent.type(screen.getByRole('textbox'), 'The list{Enter}');
  expect(onSend).not.toHaveBeenCalled();
  expect(screen.getByRole('button', { name: 'Send' })).toBeDisabled();
  act(() => SlowNetwork.last?.answer(STORED));
  await waitFor(() => expect(screen.getByRole('button', { name: 'Send' })).toBeEnabled());
  await userEvent.click(screen.getByRole('button', { name: 'Send' }));
  expect(onSend).toHaveBeenCalledExactlyOnceWith('The list', [STORED]);
});
