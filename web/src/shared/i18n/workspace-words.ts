import type { ResourceKey } from 'i18next';

/** All words, for the pages behind sign-in. */
export const workspaceWords = import.meta.glob<ResourceKey>('../../locales/*/*.json', {
  import: 'default',
});
