import type { ReactNode } from 'react';

import { classes } from '@/shared/ui/classes';
import { Card, Section } from '@/shared/ui/page';

const SWATCHES = [
  ['canvas', 'bg-canvas'],
  ['surface', 'bg-surface'],
  ['sunken', 'bg-sunken'],
  ['hover', 'bg-hover'],
  ['line', 'bg-line'],
  ['control', 'bg-control'],
  ['accent', 'bg-accent'],
  ['accent soft', 'bg-accent-soft'],
  ['draft', 'bg-draft-soft text-draft'],
  ['open', 'bg-open-soft text-open'],
  ['waiting', 'bg-waiting-soft text-waiting'],
  ['done', 'bg-done-soft text-done'],
  ['stopped', 'bg-stopped-soft text-stopped'],
  ['danger', 'bg-danger text-on-danger'],
] as const;

/** Colours and type. */
export function TokenSamples(): ReactNode {
  return (
    <Section title="Tokens">
      <Card className="flex flex-col gap-5">
        <ul className="grid grid-cols-3 gap-2 sm:grid-cols-7">
          {SWATCHES.map(([name, look]) => (
            <li key={name} className="text-small text-muted">
              <div
                className={classes(
                  'mb-1 flex h-12 items-end rounded-base border border-line p-1.5',
                  look,
                )}
              >
                {look.includes('text-') && 'Aa'}
              </div>
              {name}
            </li>
          ))}
        </ul>
        <div className="flex flex-col gap-2">
          <p className="text-display font-semibold">Display: Қазына</p>
          <p className="text-heading font-semibold">Heading: Сұрау жарияланды</p>
          <p className="text-title font-semibold">Title: Запрос опубликован</p>
          <p className="text-reading">Reading: Жеткізушілер өз бағасын мерзімге дейін ұсынады.</p>
          <p className="text-body">
            Body: Suppliers quote until the deadline. 1 234 567,50 ₸ · 98 000 ₽
          </p>
          <p className="text-small text-muted">Small, muted: updated three hours ago</p>
          <p className="text-caption text-faint">Caption, faint: REQ-2026-000123</p>
        </div>
      </Card>
    </Section>
  );
}
