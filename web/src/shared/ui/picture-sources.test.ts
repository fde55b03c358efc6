import { describe, expect, it } from 'vitest';

import { pictureSources, pictureUrl } from './picture-sources';

describe('pictureSources', () => {
  it('names every size by the width that it really has', () => {
    const { avif, webp, fallback } = pictureSources({
      key: 'k',
      width: 1200,
      height: 1600,
      sizes: [160, 480, 1080],
    });
    expect(webp).toBe(
      '/api/v1/media/pictures/k/160.webp 120w, /api/v1/media/pictures/k/480.webp 360w, /api/v1/media/pictures/k/1080.webp 810w',
    );
    expect(avif).toContain('/api/v1/media/pictures/k/1080.avif 810w');
    expect(fallback).toBe('/api/v1/media/pictures/k/480.webp');
  });

  it('enlarges nothing', () => {
    const small = { key: 'k', width: 100, height: 50, sizes: [160] };
    expect(pictureSources(small).webp).toBe(`${pictureUrl(small, 160)} 100w`);
    expect(pictureSources(small).fallback).toBe('/api/v1/media/pictures/k/160.webp');
  });
});
