import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { CalendarClock, Copy, Pencil, ShoppingCart, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { nameNow } from '@/shared/i18n/names';
import { formatQuantity } from '@/shared/units/units';
import { Awaiting } from '@/shared/ui/awaiting';
import { Button } from '@/shared/ui/button';
import { ConfirmDialog } from '@/shared/ui/confirm';
import { Card, Section } from '@/shared/ui/page';
import { EmptyState, SkeletonRows } from '@/shared/ui/states';
import { showDone, showNews } from '@/shared/ui/toast';

import { useDeleteTemplate, useRefill } from '../api/mutations';
import { templatesQuery } from '../api/queries';
import type { TemplateView } from '../api/types';
import { StandingDialog } from '../forms/standing-dialog';
import { TemplateDialog } from '../forms/template-dialog';

const TEMPLATES_SHOWN = 100;
const LINES_SHOWN = 4;

/** Lines that are ordered again and again: into the cart, or on certain days by themselves. */
export function TemplateList(): ReactNode {
  const { t } = useTranslation('orders');
  const query = useQuery(templatesQuery({ size: TEMPLATES_SHOWN }));
  const { data } = query;
  return (
    <Section title={t('templates.title')} text={t('templates.text')}>
      {data === undefined && (
        <Card>
          <Awaiting query={query} skeleton={<SkeletonRows />} />
        </Card>
      )}
      {data?.items.length === 0 && (
        <Card>
          <EmptyState icon={Copy} title={t('templates.empty')} text={t('templates.empty_text')} />
        </Card>
      )}
      {data !== undefined && data.items.length > 0 && (
        <ul className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">
          {data.items.map((template) => (
            <li key={template.id}>
              <Template template={template} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function Template({ template }: { template: TemplateView }): ReactNode {
  const { t } = useTranslation('orders');
  const navigate = useNavigate();
  const [open, setOpen] = useState<'standing' | 'edit' | 'delete' | null>(null);
  const refill = useRefill();
  const remove = useDeleteTemplate();
  const fill = (): void =>
    refill.mutate(`/order-templates/${template.id}/cart`, {
      onSuccess: ({ cart, skipped }) => {
        if (skipped.length > 0) showNews(t('skipped', { count: skipped.length }));
        if (cart === null) return;
        showDone(t('quick.done'));
        void navigate({ to: '/app/cart' });
      },
    });
  const rest = template.lines.length - LINES_SHOWN;
  return (
    <Card className="flex h-full flex-col gap-3">
      <div>
        <h3 className="text-body font-semibold">{template.name}</h3>
        <p className="text-small text-muted">{template.supplier.name}</p>
      </div>
      <ul className="flex-1 text-small text-muted">
        {template.lines.slice(0, LINES_SHOWN).map((line) => (
          <li key={line.product_id} className="truncate">
            {nameNow(line)} × {formatQuantity(line.quantity)}
          </li>
        ))}
        {rest > 0 && <li>+ {rest}</li>}
      </ul>
      <div className="flex flex-wrap gap-2">
        <Button size="small" isPending={refill.isPending} onClick={fill}>
          <ShoppingCart aria-hidden className="size-4" />
          {t('templates.fill')}
        </Button>
        <Button size="small" onClick={() => setOpen('standing')}>
          <CalendarClock aria-hidden className="size-4" />
          {t('templates.standing')}
        </Button>
        <Button size="small" variant="quiet" onClick={() => setOpen('edit')}>
          <Pencil aria-hidden className="size-4" />
          {t('templates.edit')}
        </Button>
        <Button size="small" variant="quiet" onClick={() => setOpen('delete')}>
          <Trash2 aria-hidden className="size-4" />
          {t('templates.delete')}
        </Button>
      </div>
      {open === 'edit' && <TemplateDialog template={template} onClose={() => setOpen(null)} />}
      {open === 'standing' && (
        <StandingDialog
          source={{
            name: template.name,
            supplierId: template.supplier.id,
            lines: template.lines,
          }}
          onClose={() => setOpen(null)}
        />
      )}
      <ConfirmDialog
        isOpen={open === 'delete'}
        onClose={() => setOpen(null)}
        title={`${t('templates.delete')}: ${template.name}`}
        text={t('lines', { count: template.lines.length })}
        confirmLabel={t('templates.delete')}
        isDangerous
        onConfirm={() => remove.mutateAsync(template.id)}
      />
    </Card>
  );
}
