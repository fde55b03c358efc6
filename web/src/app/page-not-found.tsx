import { useRouter } from '@tanstack/react-router';
import { Compass } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Button } from '@/shared/ui/button';
import { ButtonLink } from '@/shared/ui/link';
import { DocumentTitle } from '@/shared/ui/page';
import { EmptyState } from '@/shared/ui/states';

/** What an unknown address shows, and what a stranger to a resource sees. */
export function PageNotFound(): ReactNode {
  const { t } = useTranslation('app');
  const router = useRouter();
  return (
    <div className="mx-auto w-full max-w-xl px-4 py-16">
      <DocumentTitle title={t('not_found.title')} />
      <h1 className="sr-only">{t('not_found.title')}</h1>
      <EmptyState
        icon={Compass}
        title={t('not_found.title')}
        text={t('not_found.text')}
        action={
          <>
            <Button onClick={() => router.history.back()}>{t('not_found.back')}</Button>
            <ButtonLink to="/" variant="primary">
              {t('not_found.home')}
            </ButtonLink>
          </>
        }
      />
    </div>
  );
}
