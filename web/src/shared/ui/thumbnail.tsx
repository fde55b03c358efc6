import { Package } from 'lucide-react';
import type { ReactNode } from 'react';

import { classes } from './classes';
import { Picture, type PictureValue } from './picture';

interface ThumbnailProps {
  picture: PictureValue | null | undefined;
  className?: string;
}

/** A small picture of goods beside their name, which says what it shows. */
export function Thumbnail({ picture, className }: ThumbnailProps): ReactNode {
  return (
    <span
      aria-hidden
      className={classes(
        'flex size-12 shrink-0 items-center justify-center overflow-hidden rounded-base bg-sunken text-faint',
        className,
      )}
    >
      {picture === null || picture === undefined ? (
        <Package strokeWidth={1.25} className="size-1/2" />
      ) : (
        <Picture picture={picture} sizes="3rem" alt="" className="size-full" />
      )}
    </span>
  );
}
