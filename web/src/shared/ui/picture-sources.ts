/** What is needed to know where a picture's sizes are. */
export interface PictureAddress {
  key: string;
  width: number;
  height: number;
  /** Longest sides in pixels, ascending. */
  sizes: readonly number[];
}

/** The address of one size of a picture; it never changes. */
export function pictureUrl(
  picture: Pick<PictureAddress, 'key'>,
  size: number,
  format: 'webp' | 'avif' = 'webp',
): string {
  return `/api/v1/media/pictures/${picture.key}/${size}.${format}`;
}

/** Values of `srcset` by format, by how wide each size really is, and an address for browsers that know neither. */
export function pictureSources(picture: PictureAddress): {
  avif: string;
  webp: string;
  fallback: string;
} {
  const longest = Math.max(picture.width, picture.height, 1);
  const widthOf = (size: number): number =>
    Math.max(1, Math.round(picture.width * Math.min(1, size / longest)));
  const list = (format: 'webp' | 'avif'): string =>
    picture.sizes
      .map((size) => `${pictureUrl(picture, size, format)} ${widthOf(size)}w`)
      .join(', ');
  const middle = picture.sizes[Math.min(1, picture.sizes.length - 1)] ?? 160;
  return { avif: list('avif'), webp: list('webp'), fallback: pictureUrl(picture, middle) };
}
