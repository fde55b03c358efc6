import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { problemText } from '@/shared/api/problem-text';
import { CategoryPicker } from '@/shared/categories/category-picker';
import { formatNumber } from '@/shared/money/money';
import { Banner } from '@/shared/ui/banner';
import { Button } from '@/shared/ui/button';
import { Field } from '@/shared/ui/field';
import { Section } from '@/shared/ui/page';

import { type ImportView, useRecheckImport } from '../api/queries';
import { chosenCategories, listed } from '../model/sections';

const SHOWN_FIRST = 10;

/** Where the rows say they belong, and the category that was found for it: a person's choice holds for the next file too. */
export function SectionList({ run }: { run: ImportView }): ReactNode {
  const { t } = useTranslation('imports');
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>({});
  const [isLong, setIsLong] = useState(false);
  const recheck = useRecheckImport(run.id);
  const { sections, homeless } = listed(run.check_report.sections ?? []);
  if (sections.length === 0 && homeless === 0) return null;
  const canChange = run.actions.some((action) => action.name === 'map');
  const shown = isLong ? sections : sections.slice(0, SHOWN_FIRST);
  const submit = (): void => {
    const categories = { ...chosenCategories(run.options), ...chosen };
    recheck.mutate({ version: run.version, options: { ...run.options, categories } });
  };
  const rows = (count: number): string =>
    t('rows_count', { count, formatted: formatNumber(count) });
  return (
    <Section title={t('sections_title')} text={t('sections_text')}>
      <ul className="divide-y divide-line">
        {shown.map((section) => (
          <li
            key={section.path}
            className="grid gap-x-6 gap-y-1 py-3 sm:grid-cols-[1fr_22rem] sm:items-center"
          >
            <div className="min-w-0">
              <p className="font-medium break-words">{section.path}</p>
              <p className="text-small text-muted tabular">{rows(section.rows)}</p>
            </div>
            <Field label={t('section_means', { section: section.path })} isLabelHidden>
              <CategoryPicker
                value={chosen[section.path] ?? section.match ?? null}
                onChange={(id) => {
                  if (id !== null) setChosen((before) => ({ ...before, [section.path]: id }));
                }}
                placeholder={t('section_unknown')}
                isDisabled={!canChange}
              />
            </Field>
          </li>
        ))}
      </ul>
      {sections.length > shown.length && (
        <Button size="small" onClick={() => setIsLong(true)}>
          {t('sections_all', { count: sections.length })}
        </Button>
      )}
      {homeless > 0 && (
        <p className="text-small text-muted">{t('homeless', { rows: rows(homeless) })}</p>
      )}
      {recheck.isError && <Banner tone="stopped">{problemText(recheck.error).message}</Banner>}
      {Object.keys(chosen).length > 0 && (
        <div>
          <Button variant="primary" isPending={recheck.isPending} onClick={submit}>
            {t('check_again')}
          </Button>
        </div>
      )}
    </Section>
  );
}
