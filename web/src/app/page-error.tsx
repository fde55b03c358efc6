import { useQueryErrorResetBoundary } from '@tanstack/react-query';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { useRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Problem } from '@/shared/api/problem';
import { DocumentTitle } from '@/shared/ui/page';
import { ErrorState } from '@/shared/ui/states';

import { PageNotFound } from './page-not-found';

/** What a page shows when its data or its code failed. */
export function PageError({ error, reset }: ErrorComponentProps): ReactNode {
  const { t } = useTranslation('app');
  const router = useRouter();
  const queries = useQueryErrorResetBoundary();
  if (error instanceof Problem && error.isNothing) return <PageNotFound />;
  const retry = (): void => {
    queries.reset();
    reset();
    void router.invalidate();
  };
  return (
    <div className="mx-auto w-full max-w-xl px-4 py-16">
      <DocumentTitle title={t('error.title')} />
      <h1 className="text-center text-heading font-semibold">{t('error.title')}</h1>
      <p className="mt-2 text-center text-body text-muted">{t('error.text')}</p>
      <ErrorState error={error} onRetry={retry} />
    </div>
  );
}
