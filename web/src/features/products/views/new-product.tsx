import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useSession } from '@/shared/session/session';
import { Link } from '@/shared/ui/link';
import { PageBody, PageHeader } from '@/shared/ui/page';

import { useCreateProduct } from '../api/mutations';
import { ProductForm } from '../forms/product-form';
import { bodyOf, emptyProduct } from '../forms/values';

/** Starts a product; pictures, variants and stock come on its page. */
export function NewProduct({ onMade }: { onMade: (productId: string) => void }): ReactNode {
  const { t } = useTranslation('products');
  const create = useCreateProduct();
  const session = useSession();
  return (
    <PageBody>
      <PageHeader
        title={t('list.new')}
        text={t('form.new_text')}
        eyebrow={<Link to="/app/products">{t('list.title')}</Link>}
      />
      <ProductForm
        initial={emptyProduct(session?.organisation.currency)}
        submitLabel={t('form.create')}
        onSubmit={async (values) => {
          onMade((await create.mutateAsync(bodyOf(values))).id);
        }}
      />
    </PageBody>
  );
}
