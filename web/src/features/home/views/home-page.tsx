import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { ButtonLink } from '@/shared/ui/link';
import { DocumentDescription, DocumentTitle } from '@/shared/ui/page';

import { HeroFigure } from '../components/hero-figure';
import { HowItWorks } from '../components/how-it-works';
import { LatestRequests } from '../components/latest-requests';

interface HomePageProps {
  /** Ways into the catalogue. */
  categories: ReactNode;
  /** What has come last. */
  goods: ReactNode;
}

/** The front door: what this is, how it works, and what is open right now. */
export function HomePage({ categories, goods }: HomePageProps): ReactNode {
  const { t } = useTranslation('home');
  return (
    <>
      <DocumentTitle title={t('title')} />
      <DocumentDescription text={t('hero_text')} />
      <div className="mx-auto grid w-full max-w-6xl items-center gap-10 px-4 pt-10 pb-14 sm:px-6 sm:pt-16 lg:grid-cols-[1.1fr_1fr] lg:gap-14 lg:pb-20">
        <div className="flex flex-col items-start gap-5">
          <h1 className="text-display font-semibold text-balance">{t('hero')}</h1>
          <p className="max-w-xl text-reading text-muted">{t('hero_text')}</p>
          <div className="flex flex-wrap gap-3">
            <ButtonLink to="/sign-in" search={{ tab: 'register' }} variant="primary" size="large">
              {t('start_buying')}
            </ButtonLink>
            <ButtonLink to="/sign-in" search={{ tab: 'register', role: 'vendor' }} size="large">
              {t('start_selling')}
            </ButtonLink>
          </div>
        </div>
        <HeroFigure />
      </div>
      {categories}
      {goods}
      <LatestRequests />
      <HowItWorks />
      <section className="mx-auto w-full max-w-6xl px-4 py-14 sm:px-6">
        <div className="flex flex-wrap items-center justify-between gap-6 rounded-base bg-accent-soft px-6 py-10 text-on-accent-soft sm:px-10">
          <div>
            <h2 className="text-heading font-semibold">{t('close.title')}</h2>
            <p className="mt-1 text-reading">{t('close.text')}</p>
          </div>
          <ButtonLink to="/sign-in" search={{ tab: 'register' }} variant="primary" size="large">
            {t('start_buying')}
          </ButtonLink>
        </div>
      </section>
    </>
  );
}
