import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Switch } from '@/shared/ui/choice';
import { DateTimeField } from '@/shared/ui/date-fields';
import { Field } from '@/shared/ui/field';
import { Input } from '@/shared/ui/input';

export interface ListDraft {
  name: string;
  priority: string;
  active: boolean;
  merges: boolean;
  /** RFC 3339; empty for none. */
  valid_from: string;
  valid_to: string;
}

interface ListFieldsProps {
  draft: ListDraft;
  onChange: (draft: ListDraft) => void;
}

/** What a price list says of itself. */
export function ListFields({ draft, onChange }: ListFieldsProps): ReactNode {
  const { t } = useTranslation('prices');
  const change = (patch: Partial<ListDraft>): void => onChange({ ...draft, ...patch });
  return (
    <>
      <Field label={t('name')} isRequired>
        <Input
          value={draft.name}
          maxLength={200}
          onChange={(event) => change({ name: event.target.value })}
        />
      </Field>
      <Field label={t('priority')} hint={t('priority_hint')} isRequired>
        <Input
          inputMode="numeric"
          className="w-32 text-right tabular"
          value={draft.priority}
          onChange={(event) => change({ priority: event.target.value.trim() })}
        />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('valid_from')}>
          <DateTimeField
            value={draft.valid_from}
            onChange={(valid_from) => change({ valid_from })}
          />
        </Field>
        <Field label={t('valid_to')}>
          <DateTimeField value={draft.valid_to} onChange={(valid_to) => change({ valid_to })} />
        </Field>
      </div>
      <Switch label={t('active')} isOn={draft.active} onChange={(active) => change({ active })} />
      <Switch
        label={t('merges')}
        hint={t('merges_hint')}
        isOn={draft.merges}
        onChange={(merges) => change({ merges })}
      />
    </>
  );
}
