import { ChevronLeft, ChevronRight, Package } from 'lucide-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { classes } from '@/shared/ui/classes';
import { IconButton } from '@/shared/ui/icon-button';
import { Picture, type PictureValue } from '@/shared/ui/picture';

// Looking closer is for few.
const Enlarged = lazy(async () => ({ default: (await import('./enlarged')).Enlarged }));

const MAIN_SIZES = '(min-width: 64rem) 34rem, 100vw';

interface GalleryProps {
  pictures: readonly PictureValue[];
  name: string;
  /** The picture of the chosen variant: choosing another one turns to it. */
  faceId?: string | null | undefined;
}

/** Pictures of a product: arrow keys, thumbnails, and a closer look. */
export function Gallery({ pictures, name, faceId = null }: GalleryProps): ReactNode {
  const { t } = useTranslation('catalogue');
  const [chosen, setChosen] = useState(() => placeOf(pictures, faceId) ?? 0);
  const [face, setFace] = useState(faceId);
  if (face !== faceId) {
    setFace(faceId);
    setChosen(placeOf(pictures, faceId) ?? chosen);
  }
  const [isEnlarged, setIsEnlarged] = useState(false);
  const total = pictures.length;
  const place = Math.min(chosen, total - 1);
  const picture = pictures[place];
  if (picture === undefined) {
    return (
      <div className="flex aspect-square items-center justify-center rounded-base border border-line bg-sunken text-faint">
        <Package role="img" aria-label={t('card.no_picture')} strokeWidth={1} className="size-24" />
      </div>
    );
  }
  const go = (step: number): void => setChosen((place + step + total) % total);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined || total < 2) return;
    event.preventDefault();
    go(step);
  };
  return (
    <section aria-label={t('product.gallery')} className="flex flex-col gap-3">
      <div className="relative">
        <button
          type="button"
          aria-label={t('product.zoom')}
          onClick={() => setIsEnlarged(true)}
          onKeyDown={onKeyDown}
          className="block w-full cursor-zoom-in overflow-hidden rounded-base border border-line bg-sunken"
        >
          <Picture
            key={picture.key}
            picture={picture}
            sizes={MAIN_SIZES}
            alt={name}
            isEager
            fit="contain"
            className="aspect-square w-full"
          />
        </button>
        {total > 1 && (
          <>
            <span className="absolute top-1/2 left-2 -translate-y-1/2">
              <IconButton
                icon={ChevronLeft}
                label={t('product.previous')}
                onClick={() => go(-1)}
                className="border border-line bg-surface"
              />
            </span>
            <span className="absolute top-1/2 right-2 -translate-y-1/2">
              <IconButton
                icon={ChevronRight}
                label={t('product.next')}
                onClick={() => go(1)}
                className="border border-line bg-surface"
              />
            </span>
          </>
        )}
      </div>
      {total > 1 && (
        <ul className="flex gap-2 overflow-x-auto p-0.5">
          {pictures.map((one, index) => (
            <li key={one.key} className="shrink-0">
              <button
                type="button"
                aria-label={t('product.picture', { number: index + 1, total })}
                aria-current={index === place}
                onClick={() => setChosen(index)}
                onKeyDown={onKeyDown}
                className={classes(
                  'block size-16 overflow-hidden rounded-base border-2',
                  index === place ? 'border-accent' : 'border-line hover:border-control',
                )}
              >
                <Picture picture={one} sizes="4rem" className="size-full" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <p className="sr-only" aria-live="polite">
        {t('product.picture', { number: place + 1, total })}
      </p>
      {isEnlarged && (
        <Suspense>
          <Enlarged
            pictures={pictures}
            name={name}
            place={place}
            onPlace={setChosen}
            onClose={() => setIsEnlarged(false)}
          />
        </Suspense>
      )}
    </section>
  );
}

function placeOf(
  pictures: readonly PictureValue[],
  id: string | null | undefined,
): number | undefined {
  const place = pictures.findIndex((one) => one.id === id);
  return place === -1 ? undefined : place;
}
