import { ArrowLeft, ArrowRight, ImagePlus, X } from 'lucide-react';
import type { DragEvent, ReactNode } from 'react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { problemText } from '@/shared/api/problem-text';
import { uploadFile } from '@/shared/api/upload';
import { loadWords } from '@/shared/i18n/i18n';
import { Button } from '@/shared/ui/button';
import { classes } from '@/shared/ui/classes';
import { Field, FieldError } from '@/shared/ui/field';
import { IconButton } from '@/shared/ui/icon-button';
import { Input } from '@/shared/ui/input';
import { Section } from '@/shared/ui/page';
import { Picture, type PictureValue } from '@/shared/ui/picture';
import { EmptyState } from '@/shared/ui/states';

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
  const { t } = useTranslation(['products', 'ui']);
  const input = useRef<HTMLInputElement>(null);
  const save = useSetImages(product.id);
  const [dragged, setDragged] = useState<number | null>(null);
  const [isUploading, setIsUploading] = useState(false);
  const [errors, setErrors] = useState<string[]>([]);
  const [isOver, setIsOver] = useState(false);
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
    const chosen = [...(files ?? [])];
    const added: { id: string; alt: string }[] = [];
    const failed: string[] = [];
    for (const file of chosen) {
      if (images.length + added.length >= IMAGES_MAX) {
        failed.push(t('ui:files.too_many', { count: IMAGES_MAX }));
        break;
      }
      // One file that cannot be taken is named, and keeps none of the others away.
      try {
        added.push({ id: (await uploadFile(file, pictureOptions())).id, alt: '' });
      } catch (error) {
        await loadWords('problems');
        const problem = problemText(error).message;
        failed.push(t('ui:files.failed', { name: file.name, problem }));
      }
    }
    setErrors(failed);
    setIsUploading(false);
    if (added.length > 0) keep([...images, ...added]);
  };
  const adder = canEdit && images.length < IMAGES_MAX && (
    <Button icon={ImagePlus} isPending={isUploading} onClick={() => input.current?.click()}>
      {t('images.add')}
    </Button>
  );
  return (
    <Section title={t('tabs.images')} text={t('images.text')} actions={adder}>
      {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions -- dropping is a short cut; the button does the same */}
      <div
        className={classes('flex flex-col gap-4 rounded-base', isOver && 'bg-accent-soft')}
        onDragOver={(event) => {
          if (!canEdit || !holdsFiles(event)) return;
          event.preventDefault();
          setIsOver(true);
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={(event) => {
          setIsOver(false);
          if (!canEdit || !holdsFiles(event)) return;
          event.preventDefault();
          void add(event.dataTransfer.files);
        }}
      >
        {errors.map((error) => (
          <FieldError key={error}>{error}</FieldError>
        ))}
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
                onDragEnd={() => setDragged(null)}
                onDragOver={(event) => {
                  if (dragged !== null) event.preventDefault();
                }}
                onDrop={(event) => {
                  if (dragged === null) return;
                  event.preventDefault();
                  if (dragged !== index) move(dragged, index);
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
      </div>
    </Section>
  );
}

/** Files from outside, and not a picture of this page that is moved. */
function holdsFiles(event: DragEvent): boolean {
  return event.dataTransfer.types.includes('Files');
}

function pictureOptions(): Parameters<typeof uploadFile>[1] {
  return {
    onProgress: () => undefined,
    signal: new AbortController().signal,
    purpose: 'image',
  };
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
