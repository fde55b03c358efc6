import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useCategories } from '@/shared/categories/categories';
import { StatusBadge } from '@/shared/ui/badge';
import { Button } from '@/shared/ui/button';
import { ButtonLink } from '@/shared/ui/link';
import { Avatar, DateTime } from '@/shared/ui/values';

import type { SupplierCard as Supplier } from '../api/types';
import { placeOf } from './partner-place';

const CATEGORIES_SHOWN = 3;
const LIVE = ['pending', 'accepted', 'blocked'];

interface SupplierCardProps {
  supplier: Supplier;
  /** Begins a request; absent where the reader may not ask. */
  onAsk: (() => void) | undefined;
}

/** A company that sells, and how one stands to it. */
export function SupplierCard({ supplier, onAsk }: SupplierCardProps): ReactNode {
  const categories = useCategories();
  const shown = supplier.categories.slice(0, CATEGORIES_SHOWN);
  const more = supplier.categories.length - shown.length;
  return (
    <li className="flex flex-col gap-3 rounded-base border border-line bg-surface p-4">
      <div className="flex items-start gap-3">
        <Avatar name={supplier.name} url={supplier.logo_url} isOrganisation />
        <div className="min-w-0 flex-1">
          <h2 className="text-reading font-semibold break-words">{supplier.name}</h2>
          <p className="text-small text-muted">{placeOf(supplier)}</p>
        </div>
        {supplier.link !== null && <StatusBadge noun="link" status={supplier.link.state} />}
      </div>
      {supplier.description !== '' && (
        <p className="line-clamp-2 text-body text-muted">{supplier.description}</p>
      )}
      {shown.length > 0 && (
        <p className="text-small text-muted">
          {shown.map(categories.label).join(' · ')}
          {more > 0 && ` +${String(more)}`}
        </p>
      )}
      <div className="mt-auto flex flex-wrap items-center justify-between gap-2 border-t border-line pt-3">
        <Standing supplier={supplier} onAsk={onAsk} />
      </div>
    </li>
  );
}

function Standing({ supplier, onAsk }: SupplierCardProps): ReactNode {
  const { t } = useTranslation('links');
  const { link } = supplier;
  const retryAt = link?.retry_at ?? null;
  const mayAsk = onAsk !== undefined && retryAt === null && !LIVE.includes(link?.state ?? '');
  return (
    <>
      {link === null ? (
        <span className="text-small text-muted">{t('directory.not_linked')}</span>
      ) : (
        <ButtonLink to="/app/links/$linkId" params={{ linkId: link.id }} size="small">
          {t('open')} <span className="sr-only">{supplier.name}</span>
        </ButtonLink>
      )}
      {link?.state === 'accepted' && (
        <ButtonLink
          to="/app/catalogue"
          search={{ supplier: supplier.organisation_id }}
          size="small"
        >
          {t('to_catalogue')} <span className="sr-only">{supplier.name}</span>
        </ButtonLink>
      )}
      {retryAt !== null && (
        <span className="text-small text-muted">
          {t('retry_from')} <DateTime value={retryAt} />
        </span>
      )}
      {mayAsk && (
        <Button size="small" onClick={onAsk}>
          {t('request.action')} <span className="sr-only">{supplier.name}</span>
        </Button>
      )}
    </>
  );
}
