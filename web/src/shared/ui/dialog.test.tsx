import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, it } from 'vitest';

import { renderWithApp } from '@/shared/testing/render';

import { Button } from './button';
import { Dialog, Drawer } from './dialog';

function Page({ isDeleting = false }: { isDeleting?: boolean }) {
  const [isOpen, setIsOpen] = useState(false);
  const [isDrawn, setIsDrawn] = useState(false);
  const [isGone, setIsGone] = useState(false);
  return (
    <main tabIndex={-1}>
      {!isGone && <Button onClick={() => setIsOpen(true)}>Rename</Button>}
      <Button onClick={() => setIsDrawn(true)}>Look</Button>
      <Dialog isOpen={isOpen} onClose={() => setIsOpen(false)} title="A name">
        <Button
          onClick={() => {
            setIsGone(isDeleting);
            setIsOpen(false);
          }}
        >
          Do it
        </Button>
      </Dialog>
      <Drawer isOpen={isDrawn} onClose={() => setIsDrawn(false)} title="One thing" />
    </main>
  );
}

it.each(['Rename', 'Look'])('gives the focus back to “%s”, which opened it', async (name) => {
  const user = userEvent.setup();
  renderWithApp(<Page />);
  const opener = screen.getByRole('button', { name });
  await user.click(opener);
  await screen.findByRole('dialog');
  await user.keyboard('{Escape}');
  await waitFor(() => expect(opener).toHaveFocus());
});

it('leaves the focus on the page when what opened it is gone', async () => {
  const user = userEvent.setup();
  renderWithApp(<Page isDeleting />);
  await user.click(screen.getByRole('button', { name: 'Rename' }));
  await user.click(await screen.findByRole('button', { name: 'Do it' }));
  await waitFor(() => expect(screen.getByRole('main')).toHaveFocus());
});
