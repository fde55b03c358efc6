import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { categoryQuery } from '@/shared/categories/tree';
import { currentLanguage } from '@/shared/i18n/i18n';
import { nameIn } from '@/shared/i18n/names';
import { useUnits } from '@/shared/units/units';
import { Awaiting } from '@/shared/ui/awaiting';
import { Badge } from '@/shared/ui/badge';
import { DocumentDescription, DocumentTitle } from '@/shared/ui/page';
import { Skeleton, SkeletonText } from '@/shared/ui/states';

import { productQuery } from '../api/queries';
import type { ProductView, VariantView } from '../api/types';
import { Breadcrumbs } from '../components/breadcrumbs';
import { Gallery } from '../components/gallery';
import { PriceBox } from '../components/price-box';
import { ProductDetails } from '../components/product-details';
import { PackingNote } from '../components/quantity-field';
import { Stars } from '../components/stars';
import { VariantChooser } from '../components/variant-chooser';

interface ProductPageProps {
  productId: string;
  /** The variant that the address names. */
  variantId: string | undefined;
  onVariant: (variantId: string) => void;
  /** How to buy it, for this reader. */
  purchase: (product: ProductView, variant: VariantView | undefined) => ReactNode;
  /** Who sells it, and on what terms. */
  seller: (product: ProductView) => ReactNode;
  reviews?: (product: ProductView) => ReactNode;
  corner?: (product: ProductView) => ReactNode;
}

/** The page of a product, for everybody who may see it. */
export function ProductPage(props: ProductPageProps): ReactNode {
  const query = useQuery(productQuery(props.productId));
  const { data } = query;
  if (data === undefined) return <Awaiting query={query} skeleton={<ProductSkeleton />} isInCard />;
  return <Shown product={data} {...props} />;
}

function Shown({
  product,
  variantId,
  onVariant,
  purchase,
  seller,
  reviews,
  corner,
}: ProductPageProps & { product: ProductView }): ReactNode {
  const { t } = useTranslation('catalogue');
  const language = currentLanguage();
  const name = nameIn(product.names, language);
  const about = nameIn(product.descriptions, language);
  const variant = product.variants.find((one) => one.id === variantId) ?? only(product.variants);
  const { data: category } = useQuery({
    ...categoryQuery(product.category?.id ?? ''),
    enabled: product.category !== null,
  });
  return (
    <article className="flex flex-col gap-6">
      <DocumentTitle title={name} />
      <DocumentDescription text={t('product.text', { name, seller: product.organisation.name })} />
      <Breadcrumbs path={category?.path ?? []} here={name} />
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,1.15fr)_minmax(0,1fr)] lg:gap-10">
        <div className="lg:sticky lg:top-20">
          <Gallery pictures={product.images} name={name} faceId={variant?.picture_id} />
        </div>
        <div className="flex min-w-0 flex-col gap-6">
          <header className="flex flex-col gap-2">
            <div className="flex items-start justify-between gap-3">
              <h1 className="text-heading font-semibold break-words">{name}</h1>
              {corner?.(product)}
            </div>
            <Summary product={product} sku={variant?.sku ?? product.sku} />
          </header>
          <PriceBox
            productId={variant?.id ?? product.id}
            price={variant?.price ?? product.price}
            isFrom={product.has_variants && variant === undefined}
            unit={product.unit}
            taxRate={product.tax_rate}
          />
          {product.has_variants && (
            <VariantChooser product={product} chosen={variant} onChoose={onVariant} />
          )}
          <Stock product={product} available={variant?.available ?? product.available} />
          {purchase(product, variant)}
          {seller(product)}
        </div>
      </div>
      <div className="grid grid-cols-1 items-start gap-8 lg:grid-cols-2 lg:gap-10">
        <section className="flex flex-col gap-3">
          <h2 className="text-title font-semibold">{t('product.description')}</h2>
          {about === '' ? (
            <p className="text-body text-muted">{t('product.no_description')}</p>
          ) : (
            <p className="max-w-prose text-reading break-words whitespace-pre-line">{about}</p>
          )}
        </section>
        <ProductDetails
          product={product}
          barcode={
            variant === undefined
              ? (product.barcode ?? product.barcode_text)
              : (variant.barcode ?? variant.barcode_text)
          }
          weight={variant?.weight_grams ?? product.weight_grams}
        />
      </div>
      {reviews?.(product)}
    </article>
  );
}

/** Where there is nothing to choose between, it is chosen. */
function only(variants: readonly VariantView[]): VariantView | undefined {
  return variants.length === 1 ? variants[0] : undefined;
}

function Summary({ product, sku }: { product: ProductView; sku: string }): ReactNode {
  const { t } = useTranslation('catalogue');
  const { sum, count } = product.rating;
  return (
    <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-small text-muted">
      {count === 0 ? <span>{t('ratings_none')}</span> : <Stars mean={sum / count} count={count} />}
      <span className="break-all">{t('product.sku', { sku })}</span>
    </p>
  );
}

function Stock({
  product,
  available,
}: {
  product: ProductView;
  available: string | number;
}): ReactNode {
  const { t } = useTranslation(['catalogue', 'units']);
  const units = useUnits();
  const isInStock = Number(available) > 0;
  return (
    <div className="flex flex-col items-start gap-1.5">
      <Badge tone={isInStock ? 'done' : 'draft'}>
        {isInStock
          ? t('product.stock', { quantity: units.quantity(String(available), product.unit) })
          : t('product.sold_out')}
      </Badge>
      <PackingNote packing={product} unit={product.unit} />
    </div>
  );
}

function ProductSkeleton(): ReactNode {
  const { t } = useTranslation('ui');
  return (
    <div role="status" aria-label={t('loading')} className="flex flex-col gap-6">
      <Skeleton className="h-5 w-64" />
      <div className="grid grid-cols-1 gap-6 lg:grid-cols-[minmax(0,1.15fr)_minmax(0,1fr)] lg:gap-10">
        <Skeleton className="aspect-square" />
        <div className="flex flex-col gap-5">
          <Skeleton className="h-8 w-4/5" />
          <Skeleton className="h-9 w-40" />
          <SkeletonText lines={5} />
          <Skeleton className="h-11" />
        </div>
      </div>
    </div>
  );
}
