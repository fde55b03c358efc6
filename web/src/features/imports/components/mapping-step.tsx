import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { problemText } from '@/shared/api/problem-text';
import { Banner } from '@/shared/ui/banner';
import { Button } from '@/shared/ui/button';
import { Checkbox } from '@/shared/ui/choice';
import { Field } from '@/shared/ui/field';
import { Select } from '@/shared/ui/input';
import { Card, Section } from '@/shared/ui/page';
import { SkeletonRows } from '@/shared/ui/states';

import {
  type ColumnMapping,
  importFieldsQuery,
  type ImportView,
  useMapImport,
  useRecheckImport,
} from '../api/queries';
import { ColumnRow } from './column-row';
import { Preview } from './preview';

const CURRENCIES = ['KZT', 'RUB', 'USD', 'EUR', 'CNY', 'KGS', 'UZS', 'BYN', 'TRY', 'AED'];
const LANGUAGES = ['ru', 'kk', 'en'] as const;
/** Nothing leaves it to the headings, such as “Цена с НДС”. */
const TAX_CHOICES = { headings: null, included: true, excluded: false } as const;
type TaxChoice = keyof typeof TAX_CHOICES;

interface MappingStepProps {
  run: ImportView;
  mapping: NonNullable<ImportView['mapping']>;
  onDone: () => void;
}

/** What each column of the file means: what was recognised, how sure that is, and a person's word over it. */
export function MappingStep({ run, mapping, onDone }: MappingStepProps): ReactNode {
  const { t } = useTranslation('imports');
  const fields = useQuery(importFieldsQuery);
  const [columns, setColumns] = useState<readonly ColumnMapping[]>(mapping.columns);
  const [mode, setMode] = useState(run.mode);
  const [currency, setCurrency] = useState(mapping.currency ?? '');
  const [sections, setSections] = useState(mapping.sections ?? true);
  const [language, setLanguage] = useState(String(run.options['language'] ?? 'ru'));
  const [isProposed, setIsProposed] = useState(run.options['propose'] === true);
  const [tax, setTax] = useState<TaxChoice>(taxChoiceOf(run));
  const recheck = useRecheckImport(run.id);
  if (!fields.isSuccess) return <SkeletonRows />;
  const hasKey = columns.some((column) => column.field === 'sku');
  const submit = (): void => {
    recheck.mutate(
      {
        version: run.version,
        columns: [...columns],
        sections,
        mode,
        currency: currency === '' ? null : currency,
        options: {
          ...run.options,
          language,
          propose: isProposed,
          prices_include_tax: TAX_CHOICES[tax],
        },
      },
      { onSuccess: onDone },
    );
  };
  const change = (index: number, patch: Partial<ColumnMapping>): void =>
    setColumns((current) =>
      current.map((column) => (column.index === index ? { ...column, ...patch } : column)),
    );
  return (
    <>
      <Card className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
        <Field label={t('mode')} isRequired>
          <Select
            value={mode}
            onChange={(event) => setMode(event.target.value)}
            choices={fields.data.modes.map((value) => ({
              value,
              label: t(`modes.${value as 'upsert'}`),
            }))}
          />
        </Field>
        <Field label={t('currency')} isRequired>
          <Select
            value={currency}
            placeholder={t('own_currency')}
            onChange={(event) => setCurrency(event.target.value)}
            choices={CURRENCIES.map((value) => ({ value, label: value }))}
          />
        </Field>
        <Field label={t('language')} isRequired>
          <Select
            value={language}
            onChange={(event) => setLanguage(event.target.value)}
            choices={LANGUAGES.map((value) => ({ value, label: t(`languages.${value}`) }))}
          />
        </Field>
        {mode !== 'stock' && (
          <Field label={t('prices_tax.label')} isRequired>
            <Select
              value={tax}
              onChange={(event) => setTax(event.target.value as TaxChoice)}
              choices={(['headings', 'included', 'excluded'] as const).map((value) => ({
                value,
                label: t(`prices_tax.${value}`),
              }))}
            />
          </Field>
        )}
        <Sheet run={run} mapping={mapping} />
        <div className="flex flex-col gap-2 sm:col-span-2 lg:col-span-4">
          <Checkbox label={t('sections')} isChecked={sections} onChange={setSections} />
          {(mode === 'upsert' || mode === 'create') && (
            <Checkbox label={t('propose')} isChecked={isProposed} onChange={setIsProposed} />
          )}
        </div>
      </Card>
      <Preview run={run} mapping={mapping} />
      <Section title={t('columns')} text={t('columns_text')}>
        <ul className="divide-y divide-line">
          {columns.map((column) => (
            <ColumnRow
              key={column.index}
              column={column}
              fields={fields.data.fields}
              taken={columns}
              onChange={(patch) => change(column.index, patch)}
            />
          ))}
        </ul>
      </Section>
      {!hasKey && <Banner tone="waiting">{t('key_missing')}</Banner>}
      {recheck.isError && <Banner tone="stopped">{problemText(recheck.error).message}</Banner>}
      <div>
        <Button variant="primary" disabled={!hasKey} isPending={recheck.isPending} onClick={submit}>
          {t('check')}
        </Button>
      </div>
    </>
  );
}

function taxChoiceOf(run: ImportView): TaxChoice {
  const chosen = run.options['prices_include_tax'];
  if (chosen === true) return 'included';
  return chosen === false ? 'excluded' : 'headings';
}

function Sheet({ run, mapping }: Omit<MappingStepProps, 'onDone'>): ReactNode {
  const { t } = useTranslation('imports');
  const save = useMapImport(run.id);
  if (run.sheets.length < 2) return null;
  return (
    <Field label={t('sheet')} isRequired>
      <Select
        value={String(mapping.sheet ?? 0)}
        disabled={save.isPending}
        onChange={(event) =>
          save.mutate({ version: run.version, sheet: Number(event.target.value) })
        }
        choices={run.sheets.map((sheet, index) => ({
          value: String(index),
          label: sheet.hidden ? t('hidden_sheet', { name: sheet.name }) : sheet.name,
        }))}
      />
    </Field>
  );
}
