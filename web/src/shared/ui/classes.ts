import { clsx, type ClassValue } from 'clsx';

/** Joins class names; later ones do not override earlier ones, so variants must not overlap. */
export function classes(...values: ClassValue[]): string {
  return clsx(values);
}
