import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { FormField } from '@/shared/forms/form';
import { Button } from '@/shared/ui/button';
import { DateTimeField } from '@/shared/ui/date-fields';

import { deadlineIn } from '../model/deadlines';
import type { RequestForm } from './request-form';

const PRESETS = [3, 7, 14] as const;

/** Until when quotes are taken. */
export function DeadlineSection({ form, min }: { form: RequestForm; min?: string }): ReactNode {
  const { t } = useTranslation('requests');
  return (
    <div className="flex flex-col gap-3">
      <FormField
        form={form}
        name="quotes_due_at"
        label={t('fields.quotes_due_at')}
        hint={t('fields.quotes_due_hint')}
        isRequired
      >
        {({ value, onChange, onBlur, name }) => (
          <DateTimeField
            value={value}
            onChange={onChange}
            onBlur={onBlur}
            name={name}
            min={min ?? new Date().toISOString()}
          />
        )}
      </FormField>
      {min === undefined && (
        <div role="group" aria-label={t('deadline.presets')} className="flex flex-wrap gap-2">
          {PRESETS.map((days) => (
            <Button
              key={days}
              size="small"
              onClick={() => form.setValue('quotes_due_at', deadlineIn(days, new Date()))}
            >
              {t(`deadline.days_${days}`)}
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}
