import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { buttonClasses } from '@/shared/ui/button';

import { oauthProvidersQuery } from '../api/queries';
import { ProviderMark } from './provider-mark';

/** The ways to sign in with somebody else's account; nothing where none is configured. */
export function OAuthButtons({ next }: { next: string | undefined }): ReactNode {
  const { t } = useTranslation('auth');
  const providers = useQuery(oauthProvidersQuery).data ?? [];
  if (providers.length === 0) return null;
  return (
    <div className="flex flex-col gap-4">
      <div className="flex items-center gap-3 text-small text-muted">
        <span className="h-px flex-1 bg-line" />
        {t('or_with')}
        <span className="h-px flex-1 bg-line" />
      </div>
      <div className="grid gap-2 sm:grid-cols-3">
        {providers.map((provider) => (
          <a
            key={provider.name}
            href={withNext(provider.url, next)}
            className={buttonClasses('secondary', 'large')}
          >
            <ProviderMark name={provider.name} />
            {provider.label}
          </a>
        ))}
      </div>
    </div>
  );
}

function withNext(url: string, next: string | undefined): string {
  if (next === undefined) return url;
  const target = new URL(url, location.origin);
  if (target.origin !== location.origin) return url;
  target.searchParams.set('next', next);
  return target.pathname + target.search;
}
