import { useQuery } from '@tanstack/react-query';
import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Awaiting } from '@/shared/ui/awaiting';
import { Link } from '@/shared/ui/link';
import { Card, Section } from '@/shared/ui/page';
import { SkeletonText } from '@/shared/ui/states';

import { templatesQuery, useTemplateDraft } from '../api/queries';

const SHOWN_MAX = 8;

/** The templates changed last, to start a request from. */
export function TemplatePicker({ onUsed }: { onUsed: (requestId: string) => void }): ReactNode {
  const { t } = useTranslation('templates');
  const query = useQuery(templatesQuery({ size: SHOWN_MAX, sort: '-updated_at' }));
  const { data } = query;
  const draft = useTemplateDraft();
  return (
    <Section title={t('picker')}>
      <Card isFlush>
        {data === undefined ? (
          <Awaiting
            query={query}
            skeleton={
              <div className="p-4">
                <SkeletonText lines={4} />
              </div>
            }
          />
        ) : data.items.length === 0 ? (
          <p className="p-4 text-body text-muted">{t('picker_empty')}</p>
        ) : (
          <ul className="divide-y divide-line">
            {data.items.map((template) => (
              <li key={template.id}>
                <button
                  type="button"
                  disabled={draft.isPending}
                  className="flex w-full items-center gap-3 px-4 py-3 text-left hover:bg-hover disabled:opacity-55"
                  onClick={() => draft.mutate(template.id, { onSuccess: ({ id }) => onUsed(id) })}
                >
                  <span className="min-w-0 flex-1">
                    <span className="block truncate text-body font-medium">{template.name}</span>
                    <span className="block text-small text-muted">
                      {t('lines', { count: template.content.lines?.length ?? 0 })}
                    </span>
                  </span>
                  <ChevronRight aria-hidden className="size-4 text-muted" />
                </button>
              </li>
            ))}
          </ul>
        )}
      </Card>
      {data !== undefined && data.total > SHOWN_MAX && (
        <Link to="/app/templates">{t('picker_all')}</Link>
      )}
    </Section>
  );
}
