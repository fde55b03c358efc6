import type { components } from '@/shared/api/schema';

type SectionView = components['schemas']['SectionView'];

/** The sections that say something, those without a category first, and how many rows say nothing. */
export function listed(sections: readonly SectionView[]): {
  sections: SectionView[];
  homeless: number;
} {
  const named = sections.filter(({ path }) => path !== '');
  const unknown = named.filter(({ match }) => match === null);
  const known = named.filter(({ match }) => match !== null);
  const homeless = sections.find(({ path }) => path === '')?.rows ?? 0;
  return { sections: [...unknown, ...known], homeless };
}

/** What was chosen for this import before, by section. */
export function chosenCategories(
  options: Readonly<Record<string, unknown>>,
): Record<string, string> {
  const kept = options['categories'];
  if (typeof kept !== 'object' || kept === null) return {};
  return Object.fromEntries(
    Object.entries(kept).filter((one): one is [string, string] => typeof one[1] === 'string'),
  );
}
