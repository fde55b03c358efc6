import { Cpu, Drill, FlaskConical, Printer, Shirt, Truck, Warehouse, Wheat } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

const CATEGORIES = [
  { name: 'construction', icon: Warehouse },
  { name: 'food', icon: Wheat },
  { name: 'equipment', icon: Drill },
  { name: 'electronics', icon: Cpu },
  { name: 'logistics', icon: Truck },
  { name: 'office', icon: Printer },
  { name: 'chemistry', icon: FlaskConical },
  { name: 'textile', icon: Shirt },
] as const;

/** The trades that meet here. */
export function Categories(): ReactNode {
  const { t } = useTranslation('home');
  return (
    <section className="mx-auto w-full max-w-6xl px-4 py-14 sm:px-6">
      <h2 className="text-heading font-semibold">{t('categories.title')}</h2>
      <p className="mt-1 text-reading text-muted">{t('categories.text')}</p>
      <ul className="mt-6 grid grid-cols-2 gap-3 md:grid-cols-4">
        {CATEGORIES.map(({ name, icon: Icon }) => (
          <li
            key={name}
            className="flex flex-col gap-6 rounded-base border border-line bg-surface p-4"
          >
            <Icon aria-hidden className="size-6 text-accent" />
            <span className="text-body font-medium">{t(`categories.${name}`)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
