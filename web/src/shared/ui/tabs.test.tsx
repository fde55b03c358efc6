import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { expect, it } from 'vitest';

import { renderWithApp } from '@/shared/testing/render';

import { IconButton } from './icon-button';
import { Tabs } from './tabs';
import { X } from 'lucide-react';

const TABS = ['Lines', 'Quotes', 'History'].map((label) => ({
  value: label.toLowerCase(),
  label,
  content: `All ${label}`,
}));

function Sample(): ReactNode {
  const [value, setValue] = useState('lines');
  return <Tabs label="Parts" value={value} onChange={setValue} tabs={TABS} />;
}

it('opens tabs by pointer and by arrows that go round, and shows one panel', async () => {
  renderWithApp(<Sample />);
  const selected = (): string | null => screen.getByRole('tab', { selected: true }).textContent;
  await userEvent.click(screen.getByRole('tab', { name: 'Quotes' }));
  expect(selected()).toBe('Quotes');
  expect(screen.getByRole('tabpanel', { name: 'Quotes' })).toHaveTextContent('All Quotes');
  await userEvent.keyboard('{ArrowRight}{ArrowRight}');
  expect(selected()).toBe('Lines');
  expect(screen.getByRole('tab', { name: 'Lines' })).toHaveFocus();
  await userEvent.keyboard('{End}{Home}{ArrowLeft}');
  expect(selected()).toBe('History');
  expect(screen.getAllByRole('tab').map((tab) => tab.tabIndex)).toEqual([-1, -1, 0]);
});

it('explains an icon on hover, and Escape takes the explanation away', async () => {
  renderWithApp(<IconButton icon={X} label="Close the drawer" />);
  await userEvent.hover(screen.getByRole('button', { name: 'Close the drawer' }));
  expect(await screen.findByRole('tooltip')).toHaveTextContent('Close the drawer');
  await userEvent.keyboard('{Escape}');
  await expect.poll(() => screen.queryByRole('tooltip')).toBeNull();
});
