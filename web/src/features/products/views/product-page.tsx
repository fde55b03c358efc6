import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useFindingWords } from '@/shared/goods/finding-words';
import { nameNow } from '@/shared/i18n/names';
import { useCan } from '@/shared/session/session';
import { ActionBar } from '@/shared/ui/action-bar';
import { Awaiting } from '@/shared/ui/awaiting';
import { Badge, StatusBadge } from '@/shared/ui/badge';
import { Banner } from '@/shared/ui/banner';
import { Button } from '@/shared/ui/button';
import { ConfirmDialog } from '@/shared/ui/confirm';
import { Link } from '@/shared/ui/link';
import { PageBody, PageHeader } from '@/shared/ui/page';
import { PageSkeleton } from '@/shared/ui/states';
import { Tabs } from '@/shared/ui/tabs';
import { showDone } from '@/shared/ui/toast';

import { useChangeMany, useDeleteProduct, useEditProduct } from '../api/mutations';
import { productQuery } from '../api/queries';
import type { ProductTab, ProductView } from '../api/types';
import { HistoryTab } from '../components/history-tab';
import { ImagesTab } from '../components/images-tab';
import { StockTab } from '../components/stock-tab';
import { VariantsTab } from '../components/variants-tab';
import { ProductForm } from '../forms/product-form';
import { patchOf, valuesOf } from '../forms/values';

interface ProductPageProps {
  productId: string;
  tab: ProductTab | undefined;
  onTab: (tab: ProductTab) => void;
  onGone: () => void;
}

/** A product as its supplier works on it. */
export function ProductPage({ productId, ...rest }: ProductPageProps): ReactNode {
  const query = useQuery(productQuery(productId));
  const { data } = query;
  if (data === undefined) return <Awaiting query={query} skeleton={<PageSkeleton />} isInCard />;
  return <Loaded key={productId} product={data} {...rest} />;
}

type LoadedProps = Omit<ProductPageProps, 'productId'> & { product: ProductView };

function Loaded({ product, tab, onTab, onGone }: LoadedProps): ReactNode {
  const { t } = useTranslation('products');
  const can = useCan();
  const edit = useEditProduct();
  const isOwn = product.own !== null;
  const canEdit = isOwn && can('products:write') && product.state !== 'archived';
  const canStock = isOwn && can('stock:write') && product.state !== 'archived';
  const name = nameNow(product);
  const content = (
    <ProductForm
      key={product.version}
      initial={valuesOf(product)}
      isVariant={product.parent_id !== null}
      isReadOnly={!canEdit}
      submitLabel={t('form.save')}
      onSubmit={async (values) => {
        await edit.mutateAsync({ id: product.id, body: patchOf(values, product) });
        showDone(t('form.saved'));
      }}
    />
  );
  return (
    <PageBody>
      <PageHeader
        title={
          Object.keys(product.options).length > 0
            ? `${name} · ${Object.values(product.options).join(' · ')}`
            : name
        }
        eyebrow={
          product.parent_id === null ? (
            <Link to="/app/products">{t('list.title')}</Link>
          ) : (
            <Link to="/app/products/$productId" params={{ productId: product.parent_id }}>
              {name}
            </Link>
          )
        }
        badge={
          <span className="flex flex-wrap gap-1">
            <StatusBadge noun="product" status={product.state} withNext />
            {!product.active && <Badge tone="draft">{t('columns.off')}</Badge>}
          </span>
        }
        text={product.sku}
        actions={isOwn && <Actions product={product} canEdit={canEdit} onGone={onGone} />}
      />
      <Notices product={product} />
      <Tabs
        value={tab ?? 'content'}
        onChange={(next) => onTab(next as ProductTab)}
        label={t('tabs.label')}
        tabs={[
          { value: 'content', label: t('tabs.content'), content },
          ...(product.parent_id === null
            ? [
                {
                  value: 'images',
                  label: t('tabs.images'),
                  count: product.images.length,
                  content: <ImagesTab product={product} canEdit={canEdit} />,
                },
                {
                  value: 'variants',
                  label: t('tabs.variants'),
                  count: product.variants.length,
                  content: <VariantsTab product={product} canEdit={canEdit} />,
                },
              ]
            : []),
          {
            value: 'stock',
            label: t('tabs.stock'),
            content: <StockTab product={product} canEdit={canStock} />,
          },
          {
            value: 'history',
            label: t('tabs.history'),
            content: <HistoryTab productId={product.id} />,
          },
        ]}
      />
    </PageBody>
  );
}

function Notices({ product }: { product: ProductView }): ReactNode {
  const { t } = useTranslation('products');
  const words = useFindingWords();
  const { own } = product;
  if (own === null) return null;
  return (
    <>
      {own.rejection_reason !== null && (
        <Banner tone="stopped">{t('notices.rejected', { reason: own.rejection_reason })}</Banner>
      )}
      {own.change_request_id !== null && (
        <Banner tone="waiting">{t('notices.change_waits')}</Banner>
      )}
      {own.findings.length > 0 && (
        <Banner tone="waiting">
          {t('notices.findings')}
          <ul className="mt-1 list-disc pl-5">
            {own.findings.map((one) => (
              <li key={`${one.code} ${one.field} ${one.detail}`}>
                {words(one).title} ({words(one).place})
              </li>
            ))}
          </ul>
        </Banner>
      )}
    </>
  );
}

interface ActionsProps {
  product: ProductView;
  canEdit: boolean;
  onGone: () => void;
}

function Actions({ product, canEdit, onGone }: ActionsProps): ReactNode {
  const { t } = useTranslation('products');
  const many = useChangeMany();
  const remove = useDeleteProduct();
  const [isRemoving, setIsRemoving] = useState(false);
  const action = product.active ? 'deactivate' : 'activate';
  return (
    <>
      {canEdit && (
        <>
          <Button
            isPending={many.isPending}
            onClick={() => many.mutate({ ids: [product.id], action, reason: '' })}
          >
            {t(`bulk.${action}`)}
          </Button>
          <Button onClick={() => setIsRemoving(true)}>{t('remove.button')}</Button>
        </>
      )}
      <ActionBar
        actions={product.actions}
        resourcePath={`/products/${product.id}`}
        version={product.version}
        subject={nameNow(product)}
        primary="propose"
        staleKeys={[['products']]}
      />
      <ConfirmDialog
        isOpen={isRemoving}
        onClose={() => setIsRemoving(false)}
        onConfirm={async () => {
          await remove.mutateAsync(product.id);
          onGone();
        }}
        title={t('remove.title', { name: nameNow(product) })}
        text={t('remove.text')}
        confirmLabel={t('remove.button')}
        isDangerous
      />
    </>
  );
}
