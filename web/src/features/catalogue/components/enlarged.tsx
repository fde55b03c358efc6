import { ChevronLeft, ChevronRight, X, ZoomIn, ZoomOut } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { KeyboardEvent, ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { classes } from '@/shared/ui/classes';
import { IconButton } from '@/shared/ui/icon-button';
import { Picture, type PictureValue } from '@/shared/ui/picture';

interface EnlargedProps {
  pictures: readonly PictureValue[];
  name: string;
  place: number;
  onPlace: (place: number) => void;
  onClose: () => void;
}

/** A picture over the whole window; enlarged twice it is moved about by scrolling. */
export function Enlarged({ pictures, name, place, onPlace, onClose }: EnlargedProps): ReactNode {
  const { t } = useTranslation(['catalogue', 'ui']);
  const [isZoomed, setIsZoomed] = useState(false);
  const total = pictures.length;
  const picture = pictures[place];
  if (picture === undefined) return null;
  const go = (step: number): void => {
    setIsZoomed(false);
    onPlace((place + step + total) % total);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowLeft' && total > 1 && !isZoomed) go(-1);
    else if (event.key === 'ArrowRight' && total > 1 && !isZoomed) go(1);
    else if (event.key === '+') setIsZoomed(true);
    else if (event.key === '-') setIsZoomed(false);
  };
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Content
          aria-describedby={undefined}
          onKeyDown={onKeyDown}
          className="fixed inset-0 z-50 flex animate-fade flex-col bg-canvas"
        >
          <div className="flex items-center gap-2 border-b border-line px-3 py-2">
            <Radix.Title className="min-w-0 flex-1 truncate text-body font-medium">
              {name}
              <span className="ml-2 font-normal text-muted tabular">
                {place + 1} / {total}
              </span>
            </Radix.Title>
            <IconButton
              icon={isZoomed ? ZoomOut : ZoomIn}
              label={isZoomed ? t('product.zoom_out') : t('product.zoom_in')}
              onClick={() => setIsZoomed(!isZoomed)}
            />
            {total > 1 && (
              <>
                <IconButton
                  icon={ChevronLeft}
                  label={t('product.previous')}
                  onClick={() => go(-1)}
                />
                <IconButton icon={ChevronRight} label={t('product.next')} onClick={() => go(1)} />
              </>
            )}
            <IconButton icon={X} label={t('ui:close')} onClick={onClose} />
          </div>
          {/* Focusable, so that keys can scroll what is enlarged. */}
          {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- see above */}
          <div tabIndex={0} role="group" aria-label={name} className="min-h-0 flex-1 overflow-auto">
            <Picture
              key={picture.key}
              picture={picture}
              sizes={isZoomed ? '200vw' : '100vw'}
              alt={name}
              isEager
              fit="contain"
              className={classes(isZoomed ? 'h-[200%] w-[200%]' : 'size-full')}
            />
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
