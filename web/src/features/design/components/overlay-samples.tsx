import { Copy, Ellipsis, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';

import { Problem } from '@/shared/api/problem';
import { Button } from '@/shared/ui/button';
import { ConfirmDialog, ReasonDialog } from '@/shared/ui/confirm';
import { Dialog, Drawer } from '@/shared/ui/dialog';
import { IconButton } from '@/shared/ui/icon-button';
import { DropdownMenu, MenuItem, MenuSeparator, Popover } from '@/shared/ui/menu';
import { Card, DescriptionList, Section } from '@/shared/ui/page';
import { Tabs } from '@/shared/ui/tabs';
import { showDone, showNews, showProblem } from '@/shared/ui/toast';

type Open = 'dialog' | 'confirm' | 'reason' | 'drawer' | null;

/** What opens over the page. */
export function OverlaySamples(): ReactNode {
  const [open, setOpen] = useState<Open>(null);
  const [tab, setTab] = useState('lines');
  const close = (): void => setOpen(null);
  return (
    <Section title="Overlays and tabs">
      <Card className="flex flex-col gap-6">
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => setOpen('dialog')}>Dialog</Button>
          <Button onClick={() => setOpen('confirm')}>Confirm</Button>
          <Button onClick={() => setOpen('reason')}>Reason</Button>
          <Button onClick={() => setOpen('drawer')}>Drawer</Button>
          <Popover label="Popover" align="start" trigger={<Button>Popover</Button>}>
            A small panel with a few words.
          </Popover>
          <DropdownMenu align="start" trigger={<IconButton icon={Ellipsis} label="More" />}>
            <MenuItem icon={Copy}>Duplicate</MenuItem>
            <MenuSeparator />
            <MenuItem icon={Trash2} isDangerous>
              Delete
            </MenuItem>
          </DropdownMenu>
          <Button onClick={() => showDone('Published: RFQ-2026-000123')}>Toast: done</Button>
          <Button
            onClick={() =>
              showProblem(new Problem(409, { code: 'conflict', request_id: '7f3c9a12b4d05e68' }))
            }
          >
            Toast: problem
          </Button>
          <Button
            onClick={() => showNews('Temir Trade sent a quote', { label: 'Open', onClick: close })}
          >
            Toast: news
          </Button>
        </div>
        <Tabs
          label="Parts of a request"
          value={tab}
          onChange={setTab}
          tabs={[
            { value: 'lines', label: 'Lines', count: 4, content: <p>Four lines are wanted.</p> },
            {
              value: 'quotes',
              label: 'Quotes',
              count: 12,
              content: <p>Twelve quotes have come.</p>,
            },
            { value: 'history', label: 'History', content: <p>What happened so far.</p> },
          ]}
        />
      </Card>
      <Dialog
        isOpen={open === 'dialog'}
        onClose={close}
        title="Extend the deadline"
        text="Suppliers who have quoted are told."
        footer={
          <>
            <Button onClick={close}>Cancel</Button>
            <Button variant="primary" onClick={close}>
              Extend
            </Button>
          </>
        }
      >
        <p>The content of the dialog.</p>
      </Dialog>
      <ConfirmDialog
        isOpen={open === 'confirm'}
        onClose={close}
        onConfirm={() => Promise.reject(new Problem(409, { code: 'conflict' }))}
        title="Withdraw the quote?"
        text="The buyer no longer sees it. You can send another one until the deadline."
        confirmLabel="Withdraw"
        isDangerous
      />
      <ReasonDialog
        isOpen={open === 'reason'}
        onClose={close}
        onSubmit={() => Promise.resolve()}
        title="Cancel: RFQ-2026-000123"
        text="Say why. The reason is kept in the history."
        submitLabel="Cancel the request"
        isRequired
        isDangerous
      />
      <Drawer
        isOpen={open === 'drawer'}
        onClose={close}
        title="Temir Trade"
        text="Quote, version 2"
      >
        <DescriptionList
          columns={1}
          items={[
            { term: 'Lead time', value: '5 days' },
            { term: 'Payment', value: '30 % in advance' },
          ]}
        />
      </Drawer>
    </Section>
  );
}
