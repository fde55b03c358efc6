import { Paperclip } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { FileView, MoneyValue } from '@/shared/api/types';
import { useCategories } from '@/shared/categories/categories';
import { countryName } from '@/shared/countries/countries';
import { formatNumber } from '@/shared/money/money';
import { DescriptionList } from '@/shared/ui/page';
import { DateTime, Money } from '@/shared/ui/values';

import type { Visibility } from '../api/types';

const KIBIBYTE = 1024;

interface Terms {
  category: string;
  visibility: Visibility;
  sealed: boolean;
  currency: string;
  budget: MoneyValue | null;
  quotes_due_at: string | null;
  needed_by: string | null;
  delivery_country: string | null;
  delivery_place: string;
  delivery_terms: string;
  payment_terms: string;
}

/** What a request says beside its lines. */
export function RequestTerms({ terms }: { terms: Terms }): ReactNode {
  const { t } = useTranslation('requests');
  const categories = useCategories();
  const place = [
    terms.delivery_place,
    terms.delivery_country === null ? '' : countryName(terms.delivery_country),
  ].filter((part) => part !== '');
  return (
    <DescriptionList
      columns={3}
      items={[
        { term: t('fields.category'), value: categories.label(terms.category) },
        {
          term: t('fields.visibility'),
          value: `${t(`visibility.${terms.visibility}`)}${terms.sealed ? ` · ${t('card.sealed')}` : ''}`,
        },
        {
          term: t('fields.quotes_due_at'),
          value: <DateTime value={terms.quotes_due_at} />,
        },
        { term: t('fields.currency'), value: terms.currency },
        { term: t('fields.budget'), value: <Money value={terms.budget} /> },
        { term: t('fields.needed_by'), value: <DateTime value={terms.needed_by} isDay /> },
        { term: t('fields.delivery_place'), value: place.join(', ') },
        { term: t('fields.delivery_terms'), value: terms.delivery_terms },
        { term: t('fields.payment_terms'), value: terms.payment_terms },
      ]}
    />
  );
}

/** Files to open. Their addresses are good for an hour or two, like the page. */
export function Attachments({ files }: { files: readonly FileView[] }): ReactNode {
  const { t } = useTranslation('requests');
  if (files.length === 0) return <p className="text-body text-muted">{t('card.no_attachments')}</p>;
  return (
    <ul className="flex flex-col gap-1.5">
      {files.map((file) => (
        <li key={file.id}>
          <a
            href={file.url}
            target="_blank"
            rel="noreferrer"
            className="inline-flex max-w-full items-center gap-2 rounded-base py-1 text-body hover:text-accent"
          >
            <Paperclip aria-hidden className="size-4 shrink-0 text-muted" />
            <span className="truncate underline decoration-1 underline-offset-3">{file.name}</span>
            <span className="text-small whitespace-nowrap text-muted">
              {formatNumber(Math.max(1, Math.round(file.size_bytes / KIBIBYTE)))} KB
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}
