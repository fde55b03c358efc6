import { ArrowLeft, ArrowRight, ImagePlus, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { uploadFile } from '@/shared/api/upload';
import { Button } from '@/shared/ui/button';
import { Field } from '@/shared/ui/field';
import { IconButton } from '@/shared/ui/icon-button';
import { Input } from '@/shared/ui/input';
import { Section } from '@/shared/ui/page';
import { Picture, type PictureValue } from '@/shared/ui/picture';
import { EmptyState } from '@/shared/ui/states';
import { showProblem } from '@/shared/ui/toast';

import { useSetImages } from '../api/mutations';
import type { ProductView } from '../api/types';

const IMAGES_MAX = 20;

/** Pictures in order, moved by dragging or by the arrows; the first is the product's face. */
export function ImagesTab({
  product,
  canEdit,
}: {
  product: ProductView;
  canEdit: boolean;
}): ReactNode {
  const { t } = useTranslation('products');
  const input = useRef<HTMLInputElement>(null);
  const save = useSetImages(product.id);
  const [dragged, setDragged] = useState<number | null>(null);
  const [isUploading, setIsUploading] = useState(false);
  const { images } = product;
  const keep = (next: readonly { id: string; alt: string }[]): void => {
    save.mutate(next.map(({ id, alt }) => ({ id, alt })));
  };
  const move = (from: number, to: number): void => {
    const next = [...images];
    const [one] = next.splice(from, 1);
    if (one === undefined || to < 0 || to > next.length) return;
    next.splice(to, 0, one);
    keep(next);
  };
  const add = async (files: FileList | null): Promise<void> => {
    setIsUploading(true);
    const added: { id: string; alt: string }[] = [];
    try {
      for (const file of [...(files ?? [])].slice(0, IMAGES_MAX - images.length)) {
        const options = {
          onProgress: () => undefined,
          signal: new AbortController().signal,
          purpose: 'image' as const,
        };
        added.push({ id: (await uploadFile(file, options)).id, alt: '' });
      }
    } catch (error) {
      showProblem(error);
    } finally {
      setIsUploading(false);
      if (added.length > 0) keep([...images, ...added]);
    }
  };
  const adder = canEdit && images.length < IMAGES_MAX && (
    <Button icon={ImagePlus} isPending={isUploading} onClick={() => input.current?.click()}>
      {t('images.add')}
    </Button>
  );
  return (
    <Section title={t('tabs.images')} text={t('images.text')} actions={adder}>
      <input
        ref={input}
        type="file"
        accept="image/*"
        multiple
        hidden
        aria-label={t('images.add')}
        onChange={(event) => {
          void add(event.target.files);
          event.target.value = '';
        }}
      />
      {images.length === 0 ? (
        <EmptyState icon={ImagePlus} title={t('images.empty')} text={t('images.empty_text')} />
      ) : (
        <ol className="grid grid-cols-2 gap-4 sm:grid-cols-3 lg:grid-cols-4">
          {images.map((image, index) => (
            // Dragging is for those who point; the arrows below do the same by keyboard.
            // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
            <li
              key={image.id}
              draggable={canEdit}
              onDragStart={() => setDragged(index)}
              onDragOver={(event) => event.preventDefault()}
              onDrop={(event) => {
                event.preventDefault();
                if (dragged !== null && dragged !== index) move(dragged, index);
                setDragged(null);
              }}
              className="flex flex-col gap-2 rounded-base border border-line p-2"
            >
              <Picture
                picture={image}
                sizes="(min-width: 64rem) 16rem, 45vw"
                className="aspect-square rounded-base"
              />
              {canEdit && (
                <Controls
                  image={image}
                  index={index}
                  count={images.length}
                  onMove={move}
                  onAlt={(alt) =>
                    keep(images.map((one) => (one.id === image.id ? { ...one, alt } : one)))
                  }
                  onRemove={() => keep(images.filter((one) => one.id !== image.id))}
                />
              )}
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}

interface ControlsProps {
  image: PictureValue;
  index: number;
  count: number;
  onMove: (from: number, to: number) => void;
  onAlt: (alt: string) => void;
  onRemove: () => void;
}

function Controls({ image, index, count, onMove, onAlt, onRemove }: ControlsProps): ReactNode {
  const { t } = useTranslation('products');
  return (
    <>
      <Field label={t('images.alt')} isLabelHidden>
        <Input
          defaultValue={image.alt}
          maxLength={300}
          placeholder={t('images.alt')}
          onBlur={(event) => event.target.value !== image.alt && onAlt(event.target.value)}
        />
      </Field>
      <div className="flex justify-between">
        <span className="flex">
          <IconButton
            icon={ArrowLeft}
            size="small"
            label={t('images.earlier')}
            disabled={index === 0}
            onClick={() => onMove(index, index - 1)}
          />
          <IconButton
            icon={ArrowRight}
            size="small"
            label={t('images.later')}
            disabled={index === count - 1}
            onClick={() => onMove(index, index + 1)}
          />
        </span>
        <IconButton icon={X} size="small" label={t('images.remove')} onClick={onRemove} />
      </div>
    </>
  );
}
