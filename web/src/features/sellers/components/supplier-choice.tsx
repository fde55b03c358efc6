import { Store } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { components } from '@/shared/api/schema';
import { Awaiting } from '@/shared/ui/awaiting';
import { ButtonLink, Link } from '@/shared/ui/link';
import { Card, PageBody, PageHeader } from '@/shared/ui/page';
import { EmptyState, SkeletonRows } from '@/shared/ui/states';
import { Avatar } from '@/shared/ui/values';

import { placeOf } from './seller-card';

interface SupplierChoiceProps {
  /** With an accepted trading link; nothing while they are on their way. */
  suppliers: readonly components['schemas']['LinkPartner'][] | undefined;
  error: Error | null;
  onRetry: () => void;
}

/** The suppliers whose catalogues are open to the buyer. */
export function SupplierChoice({ suppliers, error, onRetry }: SupplierChoiceProps): ReactNode {
  const { t } = useTranslation('catalogue');
  const find = (
    <ButtonLink to="/app/suppliers" variant="primary">
      {t('linked.find')}
    </ButtonLink>
  );
  return (
    <PageBody>
      <PageHeader title={t('linked.title')} text={t('linked.text')} actions={find} />
      {suppliers === undefined ? (
        <Card isFlush>
          <Awaiting query={{ error, refetch: onRetry }} skeleton={<SkeletonRows />} />
        </Card>
      ) : suppliers.length === 0 ? (
        <Card>
          <EmptyState icon={Store} title={t('linked.none')} text={t('linked.none_text')} />
        </Card>
      ) : (
        <ul className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
          {suppliers.map((one) => (
            <li
              key={one.organisation_id}
              className="relative flex items-center gap-3 rounded-base border border-line bg-surface p-4 hover:border-control"
            >
              <Avatar name={one.name} url={one.logo_url} isOrganisation />
              <div className="min-w-0">
                <h2 className="text-reading font-semibold break-words">
                  <Link
                    to="/app/catalogue"
                    search={{ supplier: one.organisation_id }}
                    className="text-ink decoration-transparent before:absolute before:inset-0 hover:text-accent"
                  >
                    {one.name}
                  </Link>
                </h2>
                <p className="text-small text-muted">{placeOf(one)}</p>
              </div>
            </li>
          ))}
        </ul>
      )}
    </PageBody>
  );
}
