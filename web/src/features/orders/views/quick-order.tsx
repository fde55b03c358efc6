import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Store, Upload } from 'lucide-react';
import type { ReactNode } from 'react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { Awaiting } from '@/shared/ui/awaiting';
import { Button } from '@/shared/ui/button';
import { Field } from '@/shared/ui/field';
import { Select, Textarea } from '@/shared/ui/input';
import { ButtonLink } from '@/shared/ui/link';
import { Card, PageBody, PageHeader } from '@/shared/ui/page';
import { EmptyState, SkeletonText } from '@/shared/ui/states';
import { showDone } from '@/shared/ui/toast';

import { useFillCart, useParseOrder } from '../api/mutations';
import { linkedSuppliersQuery } from '../api/queries';
import type { ParsedOrder } from '../api/types';
import { ParsedGrid } from '../components/parsed-grid';

interface QuickOrderProps {
  supplierId: string | undefined;
  onSupplier: (supplierId: string) => void;
}

/** Codes and quantities, pasted or in a table: compared, mended in place, put into the cart. */
export function QuickOrder({ supplierId, onSupplier }: QuickOrderProps): ReactNode {
  const { t } = useTranslation('orders');
  const query = useQuery(linkedSuppliersQuery());
  const { data } = query;
  const only = data?.items.length === 1 ? data.items[0]?.supplier.organisation_id : undefined;
  const chosen = supplierId ?? only;
  return (
    <PageBody>
      <PageHeader title={t('quick.title')} text={t('quick.text')} />
      {data === undefined && (
        <Card>
          <Awaiting query={query} skeleton={<SkeletonText lines={5} />} />
        </Card>
      )}
      {data?.items.length === 0 && (
        <Card>
          <EmptyState
            icon={Store}
            title={t('quick.no_suppliers')}
            text={t('quick.no_suppliers_text')}
            action={
              <ButtonLink to="/app/suppliers" variant="primary">
                {t('quick.find_suppliers')}
              </ButtonLink>
            }
          />
        </Card>
      )}
      {data !== undefined && data.items.length > 0 && (
        <>
          <Card>
            <Field label={t('quick.supplier')} isRequired className="max-w-md">
              <Select
                value={chosen ?? ''}
                placeholder={t('quick.choose')}
                onChange={(event) => onSupplier(event.target.value)}
                choices={data.items.map(({ supplier }) => ({
                  value: supplier.organisation_id,
                  label: supplier.name,
                }))}
              />
            </Field>
          </Card>
          {chosen !== undefined && chosen !== '' && <Source key={chosen} supplierId={chosen} />}
        </>
      )}
    </PageBody>
  );
}

function Source({ supplierId }: { supplierId: string }): ReactNode {
  const { t } = useTranslation('orders');
  const navigate = useNavigate();
  const file = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [parsed, setParsed] = useState<ParsedOrder | null>(null);
  const parse = useParseOrder();
  const fill = useFillCart();
  const read = (source: string | File): void =>
    parse.mutate({ supplierId, source }, { onSuccess: setParsed });
  return (
    <>
      <Card className="flex flex-col gap-4">
        <Field label={t('quick.lines')} hint={t('quick.hint')} isRequired>
          <Textarea
            rows={6}
            spellCheck={false}
            className="font-mono"
            placeholder={'COFFEE-1 12\nTEA-1 2,5'}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </Field>
        <div className="flex flex-wrap items-center gap-3">
          <Button
            variant={parsed === null ? 'primary' : 'secondary'}
            disabled={text.trim() === ''}
            isPending={parse.isPending}
            onClick={() => read(text)}
          >
            {t('quick.check')}
          </Button>
          <Button disabled={parse.isPending} onClick={() => file.current?.click()}>
            <Upload aria-hidden className="size-4" />
            {t('quick.file')}
          </Button>
          <span className="text-small text-muted">{t('quick.file_hint')}</span>
          <input
            ref={file}
            type="file"
            hidden
            aria-label={t('quick.file')}
            accept=".csv,.tsv,.txt,.xlsx,.xls,.ods"
            onChange={(event) => {
              const chosen = event.target.files?.[0];
              event.target.value = '';
              if (chosen !== undefined) read(chosen);
            }}
          />
        </div>
      </Card>
      {parsed !== null && (
        <ParsedGrid
          supplierId={supplierId}
          parsed={parsed}
          isPending={fill.isPending}
          onSubmit={(items) =>
            fill.mutate(items, {
              onSuccess: () => {
                showDone(t('quick.done'));
                void navigate({ to: '/app/cart' });
              },
            })
          }
        />
      )}
    </>
  );
}
