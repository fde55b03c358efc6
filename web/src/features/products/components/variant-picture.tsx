import { Check } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { Dialog } from '@/shared/ui/dialog';
import { Thumbnail } from '@/shared/ui/thumbnail';
import { showDone } from '@/shared/ui/toast';

import { useEditProduct } from '../api/mutations';
import type { ProductView, VariantView } from '../api/types';

interface VariantPictureProps {
  product: ProductView;
  variant: VariantView;
  /** What the variant is called by its options. */
  name: string;
  canEdit: boolean;
}

/** The picture that shows a variant, and the choice of another one of its family. */
export function VariantPicture(props: VariantPictureProps): ReactNode {
  const { t } = useTranslation('products');
  const [isChoosing, setIsChoosing] = useState(false);
  const { product, variant, name, canEdit } = props;
  const face = product.images.find(({ id }) => id === variant.picture_id) ?? product.images[0];
  if (!canEdit || product.images.length < 2) return <Thumbnail picture={face} />;
  return (
    <>
      <button
        type="button"
        aria-label={t('variants.picture_of', { name })}
        onClick={() => setIsChoosing(true)}
        className="rounded-base ring-line hover:ring-2"
      >
        <Thumbnail picture={face} />
      </button>
      {isChoosing && <PictureDialog {...props} onClose={() => setIsChoosing(false)} />}
    </>
  );
}

function PictureDialog({
  product,
  variant,
  name,
  onClose,
}: VariantPictureProps & { onClose: () => void }): ReactNode {
  const { t } = useTranslation('products');
  const edit = useEditProduct();
  const shown = variant.picture_id ?? product.images[0]?.id;
  const choose = (pictureId: string): void =>
    edit.mutate(
      { id: variant.id, body: { picture_id: pictureId, version: variant.version } },
      {
        onSuccess: () => {
          showDone(t('variants.picture_chosen'));
          onClose();
        },
      },
    );
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('variants.picture_of', { name })}
      text={t('variants.picture_text')}
    >
      <ul className="grid grid-cols-3 gap-3 sm:grid-cols-4">
        {product.images.map((one, index) => (
          <li key={one.id}>
            <button
              type="button"
              disabled={edit.isPending}
              aria-pressed={one.id === shown}
              aria-label={one.alt === '' ? t('variants.picture', { number: index + 1 }) : one.alt}
              onClick={() => choose(one.id)}
              className="relative block w-full rounded-base border-2 border-line hover:border-control aria-pressed:border-accent"
            >
              <Thumbnail picture={one} className="aspect-square size-auto w-full" />
              {one.id === shown && (
                <span className="absolute top-1 right-1 rounded-full bg-accent p-0.5 text-on-accent">
                  <Check aria-hidden className="size-3.5" />
                </span>
              )}
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
