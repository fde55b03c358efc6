import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';

import { CommandPalette, type PaletteCommand } from './command-palette';

const pages = ['Requests', 'Roles of the firm', 'Invoices'].map((label) => ({
  id: `/${label}`,
  label,
  run: vi.fn(),
}));
const roofing = (run: () => void): PaletteCommand => ({ id: 'r1', label: 'Roofing sheets', run });

function palette(label: string, commands: PaletteCommand[]) {
  return (
    <CommandPalette
      onClose={() => undefined}
      onSearch={() => undefined}
      groups={[
        { label, commands },
        { label: 'Pages', commands: pages },
      ]}
    />
  );
}

describe('CommandPalette', () => {
  it.each([
    ['known before', true],
    ['found later', false],
  ])('marks the best match when the list is renewed: one %s', async (_, isKnown) => {
    const run = vi.fn();
    const user = userEvent.setup();
    const view = render(palette('Recent', isKnown ? [roofing(run)] : []));
    await user.type(screen.getByRole('combobox'), 'roofi');
    view.rerender(palette('Found', []));
    view.rerender(palette('Found', [{ ...roofing(run), keywords: ['roofi'] }]));
    await waitFor(() =>
      expect(screen.getByRole('option', { selected: true })).toHaveTextContent('Roofing sheets'),
    );
    await user.keyboard('{Enter}');
    expect(run).toHaveBeenCalledOnce();
  });

  it('leaves the mark where the person has moved it', async () => {
    const user = userEvent.setup();
    const view = render(palette('Recent', []));
    await user.type(screen.getByRole('combobox'), 'ro');
    await user.keyboard('{ArrowDown}');
    const marked = screen.getByRole('option', { selected: true }).textContent;
    view.rerender(palette('Found', [roofing(vi.fn())]));
    await screen.findByRole('option', { name: 'Roofing sheets' });
    await new Promise(requestAnimationFrame);
    expect(screen.getByRole('option', { selected: true })).toHaveTextContent(marked);
  });
});
