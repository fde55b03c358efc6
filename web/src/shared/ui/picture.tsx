import { decode } from 'blurhash';
import type { CSSProperties, ReactNode } from 'react';
import { useMemo, useState } from 'react';

import type { components } from '@/shared/api/schema';

import { classes } from './classes';
import { wasPainted } from './painted-pictures';
import { pictureSources } from './picture-sources';

export type PictureValue = components['schemas']['PictureView'];

const BLUR_SIDE = 24;
const shades = new Map<string, string>();

/** The blur-hash as a small picture that the stylesheet can stretch; empty where there is no canvas. */
function shadeOf(blurhash: string): string {
  const known = shades.get(blurhash);
  if (known !== undefined) return known;
  let drawn = '';
  try {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = BLUR_SIDE;
    const context = canvas.getContext('2d');
    if (context !== null) {
      const pixels = context.createImageData(BLUR_SIDE, BLUR_SIDE);
      pixels.data.set(decode(blurhash, BLUR_SIDE, BLUR_SIDE));
      context.putImageData(pixels, 0, 0);
      drawn = canvas.toDataURL();
    }
  } catch {
    // A hash that cannot be read leaves the plain ground: the picture itself is on its way.
  }
  shades.set(blurhash, drawn);
  return drawn;
}

interface PictureProps {
  picture: PictureValue;
  /** How wide it is drawn, as in the `sizes` of HTML; without it browsers take the whole window for granted. */
  sizes: string;
  /** Of goods that have no words of their own for it. */
  alt?: string;
  /** What is seen first is not put off. */
  isEager?: boolean;
  /** Fills its frame and is cut, or is seen whole. */
  fit?: 'cover' | 'contain';
  className?: string;
}

/** A picture of goods in the size and format that suit the screen; its colours stand there before it has come. */
export function Picture({
  picture,
  sizes,
  alt,
  isEager = false,
  fit = 'cover',
  className,
}: PictureProps): ReactNode {
  const [seen, setSeen] = useState(() => (wasPainted(picture.key) ? picture.key : null));
  const isSeen = seen === picture.key;
  const shade = useMemo(() => shadeOf(picture.blurhash), [picture.blurhash]);
  const ground: CSSProperties =
    isSeen || shade === '' ? {} : { backgroundImage: `url(${shade})`, backgroundSize: '100% 100%' };
  const { avif, webp, fallback } = pictureSources(picture);
  return (
    <picture className={classes('block overflow-hidden bg-sunken', className)} style={ground}>
      <source type="image/avif" srcSet={avif} sizes={sizes} />
      <source type="image/webp" srcSet={webp} sizes={sizes} />
      <img
        src={fallback}
        alt={picture.alt === '' ? (alt ?? '') : picture.alt}
        width={picture.width}
        height={picture.height}
        loading={isEager ? 'eager' : 'lazy'}
        fetchPriority={isEager ? 'high' : 'auto'}
        decoding={wasPainted(picture.key) ? 'sync' : 'async'}
        onLoad={() => setSeen(picture.key)}
        className={classes(
          'size-full transition-opacity duration-200',
          fit === 'cover' ? 'object-cover' : 'object-contain',
          !isSeen && 'opacity-0',
        )}
      />
    </picture>
  );
}
