import { Plus, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useFieldArray } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';

import { Form, FormField, SubmitButton, useZodForm } from '@/shared/forms/form';
import { Button } from '@/shared/ui/button';
import { Dialog } from '@/shared/ui/dialog';
import { IconButton } from '@/shared/ui/icon-button';
import { Input, Select } from '@/shared/ui/input';
import { showDone } from '@/shared/ui/toast';

import { type ComparisonView, useSaveCriteria } from '../api/queries';

const KINDS = ['price', 'lead_time', 'payment_days', 'manual'] as const;
const CRITERIA_MAX = 20;
const PRESET = [
  { kind: 'price', weight: '60' },
  { kind: 'lead_time', weight: '25' },
  { kind: 'payment_days', weight: '15' },
] as const;

const criteriaSchema = z.object({
  criteria: z
    .array(
      z.object({
        id: z.nullable(z.string()),
        name: z.string().check(z.trim(), z.minLength(1), z.maxLength(200)),
        kind: z.enum(KINDS),
        weight: z.string().check(z.regex(/^([1-9]\d{0,2}|1000)$/)),
      }),
    )
    .check(z.maxLength(CRITERIA_MAX)),
});

interface CriteriaDialogProps {
  isOpen: boolean;
  onClose: () => void;
  view: ComparisonView;
}

/** Says what counts and how much. */
export function CriteriaDialog({ isOpen, onClose, view }: CriteriaDialogProps): ReactNode {
  const { t } = useTranslation('comparison');
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      size="large"
      title={t('criteria_dialog.title')}
      text={t('criteria_dialog.text')}
    >
      {isOpen && <CriteriaForm view={view} onClose={onClose} />}
    </Dialog>
  );
}

function CriteriaForm({ view, onClose }: Omit<CriteriaDialogProps, 'isOpen'>): ReactNode {
  const { t } = useTranslation(['comparison', 'ui']);
  const save = useSaveCriteria(view.request_id);
  const form = useZodForm(criteriaSchema, {
    criteria: view.criteria.map(({ id, name, kind, weight }) => ({
      id,
      name,
      kind,
      weight: String(weight),
    })),
  });
  const { fields, append, remove } = useFieldArray({
    control: form.control,
    name: 'criteria',
    keyName: 'key',
  });
  const applyPreset = (): void =>
    append(
      PRESET.map(({ kind, weight }) => ({
        id: null,
        name: t(`criteria_dialog.kinds.${kind}`),
        kind,
        weight,
      })),
    );
  return (
    <Form
      form={form}
      onSubmit={async ({ criteria }) => {
        await save.mutateAsync(
          criteria.map(({ id, name, kind, weight }) => ({
            ...(id === null ? {} : { id }),
            name,
            kind,
            weight: Number(weight),
          })),
        );
        showDone(t('criteria_dialog.saved'));
        onClose();
      }}
    >
      {fields.length === 0 && <p className="text-body text-muted">{t('criteria_dialog.empty')}</p>}
      {fields.map((field, index) => (
        <div
          key={field.key}
          className="grid grid-cols-[1fr_5rem_auto] items-start gap-3 sm:grid-cols-[1fr_12rem_5rem_auto]"
        >
          <FormField
            form={form}
            name={`criteria.${index}.name`}
            label={t('criteria_dialog.name')}
            className="col-span-3 sm:col-span-1"
            isRequired
          >
            {(control) => <Input {...control} maxLength={200} autoComplete="off" />}
          </FormField>
          <FormField
            form={form}
            name={`criteria.${index}.kind`}
            label={t('criteria_dialog.kind')}
            isRequired
          >
            {(control) => (
              <Select
                {...control}
                choices={KINDS.map((kind) => ({
                  value: kind,
                  label: t(`criteria_dialog.kinds.${kind}`),
                }))}
              />
            )}
          </FormField>
          <FormField
            form={form}
            name={`criteria.${index}.weight`}
            label={t('criteria_dialog.weight')}
            isRequired
          >
            {(control) => <Input {...control} inputMode="numeric" className="text-right tabular" />}
          </FormField>
          <span className="pt-6">
            <IconButton
              icon={Trash2}
              label={t('criteria_dialog.remove', { number: index + 1 })}
              onClick={() => remove(index)}
            />
          </span>
        </div>
      ))}
      <div className="flex flex-wrap gap-2">
        <Button
          icon={Plus}
          disabled={fields.length >= CRITERIA_MAX}
          onClick={() => append({ id: null, name: '', kind: 'manual', weight: '10' })}
        >
          {t('criteria_dialog.add')}
        </Button>
        {fields.length === 0 && (
          <Button variant="quiet" onClick={applyPreset}>
            {t('criteria_dialog.preset')}
          </Button>
        )}
        <span className="ml-auto flex gap-2">
          <Button onClick={onClose}>{t('ui:cancel')}</Button>
          <SubmitButton form={form}>{t('criteria_dialog.save')}</SubmitButton>
        </span>
      </div>
    </Form>
  );
}
