import { FilePenLine, Scale, Signature } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

const STEPS = [
  { name: 'request', icon: FilePenLine },
  { name: 'compare', icon: Scale },
  { name: 'sign', icon: Signature },
] as const;

/** Three steps from a need to a paid deal. */
export function HowItWorks(): ReactNode {
  const { t } = useTranslation('home');
  return (
    <section className="border-y border-line bg-sunken">
      <div className="mx-auto w-full max-w-6xl px-4 py-14 sm:px-6">
        <h2 className="text-heading font-semibold">{t('how.title')}</h2>
        <ol className="mt-8 grid gap-8 md:grid-cols-3">
          {STEPS.map(({ name, icon: Icon }, index) => (
            <li key={name} className="flex flex-col gap-2">
              <span className="flex items-center gap-3 text-accent">
                <Icon aria-hidden className="size-6" />
                <span className="text-small font-medium text-muted tabular">{index + 1}</span>
              </span>
              <h3 className="text-title font-semibold">{t(`how.${name}`)}</h3>
              <p className="text-reading text-muted">{t(`how.${name}_text`)}</p>
            </li>
          ))}
        </ol>
      </div>
    </section>
  );
}
