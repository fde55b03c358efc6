import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { DocumentDescription, DocumentTitle } from '@/shared/ui/page';

const PARTS = {
  privacy: [
    'privacy_parts.what',
    'privacy_parts.who',
    'privacy_parts.cookies',
    'privacy_parts.rights',
  ],
  terms: [
    'terms_parts.accounts',
    'terms_parts.trade',
    'terms_parts.conduct',
    'terms_parts.service',
  ],
} as const;

/** A legal page: plain words about how an installation works. */
export function LegalPage({ name }: { name: keyof typeof PARTS }): ReactNode {
  const { t } = useTranslation('legal');
  return (
    <article className="mx-auto flex w-full max-w-2xl flex-col gap-8 px-4 py-10 sm:py-14">
      <DocumentTitle title={t(name)} />
      <DocumentDescription text={t(`${name}_text`)} />
      <header className="flex flex-col gap-2">
        <h1 className="text-heading font-semibold">{t(name)}</h1>
        <p className="text-small text-muted">{t('updated')}</p>
        <p className="text-reading">{t(`${name}_text`)}</p>
      </header>
      {PARTS[name].map((part) => (
        <section key={part} className="flex flex-col gap-1.5">
          <h2 className="text-title font-semibold">{t(`${part}.title`)}</h2>
          <p className="text-reading text-muted">{t(`${part}.text`)}</p>
        </section>
      ))}
    </article>
  );
}
