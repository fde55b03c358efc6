import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { categoryQuery, type CategoryAttribute, useCategoryNames } from '@/shared/categories/tree';
import { useUnits } from '@/shared/units/units';
import { Field } from '@/shared/ui/field';
import { Input, Select } from '@/shared/ui/input';
import { Section } from '@/shared/ui/page';
import { SkeletonText } from '@/shared/ui/states';

interface AttributeFieldsProps {
  categoryId: string;
  values: Readonly<Record<string, unknown>>;
  onChange: (values: Record<string, unknown>) => void;
  /** What is wrong, by pointer. */
  wrong: ReadonlyMap<string, string>;
}

/** What the chosen category asks of its products, its own and what it inherits. */
export function AttributeFields(props: AttributeFieldsProps): ReactNode {
  const { categoryId, values, onChange, wrong } = props;
  const { t } = useTranslation('products');
  const names = useCategoryNames();
  const units = useUnits();
  const { data } = useQuery(categoryQuery(categoryId));
  if (data === undefined) return <SkeletonText lines={3} />;
  if (data.attributes.length === 0) return null;
  const set = (code: string, value: unknown): void => {
    const others = Object.entries(values).filter(([name]) => name !== code);
    onChange(
      Object.fromEntries(value === '' || value === null ? others : [...others, [code, value]]),
    );
  };
  return (
    <Section title={t('form.attributes')} text={names.path([...data.path, data])}>
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
        {data.attributes.map((one) => (
          <Field
            key={one.code}
            label={one.unit === null ? names.of(one) : `${names.of(one)}, ${units.short(one.unit)}`}
            isRequired={one.required}
            error={wrong.get(`attributes/${one.code}`)}
          >
            <Control attribute={one} value={values[one.code]} onChange={set} />
          </Field>
        ))}
      </div>
    </Section>
  );
}

interface ControlProps {
  attribute: CategoryAttribute;
  value: unknown;
  onChange: (code: string, value: unknown) => void;
}

function Control({ attribute, value, onChange }: ControlProps): ReactNode {
  const { t } = useTranslation('products');
  const names = useCategoryNames();
  const { code, kind } = attribute;
  if (kind === 'boolean') {
    return (
      <Select
        value={typeof value === 'boolean' ? String(value) : ''}
        placeholder={t('form.unknown')}
        onChange={(event) =>
          onChange(code, event.target.value === '' ? null : event.target.value === 'true')
        }
        choices={[
          { value: 'true', label: t('form.yes') },
          { value: 'false', label: t('form.no') },
        ]}
      />
    );
  }
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  if (kind === 'choice') {
    return (
      <Select
        value={text}
        placeholder={t('form.unknown')}
        onChange={(event) => onChange(code, event.target.value)}
        choices={attribute.options.map((one) => ({ value: one.code, label: names.of(one) }))}
      />
    );
  }
  return (
    <Input
      inputMode={kind === 'number' ? 'decimal' : 'text'}
      autoComplete="off"
      maxLength={500}
      value={text}
      onChange={(event) => onChange(code, event.target.value)}
    />
  );
}
