import { Link as RouterLink } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { lazy, type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';

import { loadWords } from '@/shared/i18n/i18n';
import { useSession } from '@/shared/session/session';
import { ButtonLink } from '@/shared/ui/link';
import { Logo } from '@/shared/ui/logo';

import { ConnectionNotice, SkipLink } from './notices';
import { LanguageSelect, ThemeButton } from './public-preferences';

// The box comes after the page: nobody types before they have looked.
const HeaderSearch = lazy(async () => {
  const [{ HeaderSearch: Box }] = await Promise.all([
    import('./header-search'),
    loadWords('search'),
  ]);
  return { default: Box };
});

const HEADER_LINK =
  'hidden h-9 items-center rounded-base px-3 text-body font-medium whitespace-nowrap hover:bg-hover data-[status=active]:bg-hover';
const FOOTER_LINK =
  'inline-flex items-center rounded-base py-1 hover:text-ink hover:underline pointer-coarse:min-h-11';

/** The frame of what everybody may see. */
export function PublicShell({ children }: { children: ReactNode }): ReactNode {
  const { t } = useTranslation('app');
  const session = useSession();
  return (
    <div className="flex min-h-dvh flex-col">
      <SkipLink />
      <header className="sticky top-0 z-30 border-b border-line bg-canvas">
        <ConnectionNotice />
        <div className="mx-auto flex h-16 w-full max-w-6xl items-center gap-1 px-4 sm:gap-2 sm:px-6">
          <RouterLink to="/" aria-label={t('home')} className="mr-auto rounded-base md:mr-0">
            <Logo isTight={session != null} />
          </RouterLink>
          <div className="mx-2 hidden min-w-0 flex-1 md:block">
            <Suspense fallback={<div className="control" />}>
              <HeaderSearch />
            </Suspense>
          </div>
          <RouterLink
            to="/search"
            aria-label={t('search')}
            className="inline-flex size-9 items-center justify-center rounded-base text-muted hover:bg-hover hover:text-ink md:hidden pointer-coarse:size-11"
          >
            <Search aria-hidden className="size-5" />
          </RouterLink>
          <RouterLink to="/catalogue" className={`${HEADER_LINK} sm:inline-flex`}>
            {t('catalogue')}
          </RouterLink>
          <RouterLink to="/requests" className={`${HEADER_LINK} lg:inline-flex`}>
            {t('board')}
          </RouterLink>
          <LanguageSelect />
          <ThemeButton />
          {session == null ? (
            <ButtonLink to="/sign-in" variant="primary" className="ml-1">
              {t('sign_in')}
            </ButtonLink>
          ) : (
            <ButtonLink to="/app" variant="primary" className="ml-1">
              {t('workspace')}
            </ButtonLink>
          )}
        </div>
      </header>
      <main id="content" tabIndex={-1} className="flex-1 outline-none">
        {children}
      </main>
      <footer className="border-t border-line">
        <div className="mx-auto flex w-full max-w-6xl flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-6 text-small text-muted sm:px-6">
          <span>Karavan. {t('footer.tagline')}</span>
          <nav aria-label={t('footer.label')} className="flex flex-wrap gap-x-5 gap-y-1">
            <RouterLink to="/catalogue" className={FOOTER_LINK}>
              {t('catalogue')}
            </RouterLink>
            <RouterLink to="/requests" className={FOOTER_LINK}>
              {t('board')}
            </RouterLink>
            <RouterLink to="/legal/privacy" className={FOOTER_LINK}>
              {t('footer.privacy')}
            </RouterLink>
            <RouterLink to="/legal/terms" className={FOOTER_LINK}>
              {t('footer.terms')}
            </RouterLink>
            <a href="/docs" className={FOOTER_LINK}>
              {t('footer.api')}
            </a>
            <a href="https://www.apache.org/licenses/LICENSE-2.0" className={FOOTER_LINK}>
              {t('footer.rights')}
            </a>
          </nav>
        </div>
      </footer>
    </div>
  );
}
