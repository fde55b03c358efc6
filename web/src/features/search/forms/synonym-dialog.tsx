import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';

import { Form, FormField, SubmitButton, useZodForm } from '@/shared/forms/form';
import { LANGUAGE_NAMES, LANGUAGES } from '@/shared/i18n/languages';
import { Button } from '@/shared/ui/button';
import { Dialog } from '@/shared/ui/dialog';
import { Select, Textarea } from '@/shared/ui/input';
import { showDone } from '@/shared/ui/toast';

import { type Synonym, useSaveSynonym } from '../api/queries';

const schema = z.object({
  language: z.enum(LANGUAGES),
  terms: z.string().check(z.trim(), z.minLength(1), z.maxLength(2500)),
  replacements: z.string().check(z.trim(), z.maxLength(2500)),
});

interface SynonymDialogProps {
  isOpen: boolean;
  onClose: () => void;
  /** The entry that is edited; a new one is made without it. */
  entry: Synonym | null;
}

/** Asks which words mean the same. */
export function SynonymDialog(props: SynonymDialogProps): ReactNode {
  const { t } = useTranslation('search');
  const title = props.entry === null ? t('synonyms.add') : t('synonyms.edit');
  return (
    <Dialog isOpen={props.isOpen} onClose={props.onClose} title={title}>
      {props.isOpen && <SynonymForm {...props} />}
    </Dialog>
  );
}

const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

function SynonymForm({ onClose, entry }: SynonymDialogProps): ReactNode {
  const { t } = useTranslation(['search', 'ui']);
  const save = useSaveSynonym();
  const form = useZodForm(schema, {
    language: entry?.language ?? 'ru',
    terms: entry?.terms.join('\n') ?? '',
    replacements: entry?.replacements.join('\n') ?? '',
  });
  return (
    <Form
      form={form}
      onSubmit={async ({ language, terms, replacements }) => {
        await save.mutateAsync({
          entry,
          body: { language, terms: lines(terms), replacements: lines(replacements) },
        });
        showDone(t('synonyms.saved'));
        onClose();
      }}
    >
      <FormField form={form} name="language" label={t('synonyms.language')} isRequired>
        {(control) => (
          <Select
            {...control}
            choices={LANGUAGES.map((language) => ({
              value: language,
              label: LANGUAGE_NAMES[language],
            }))}
          />
        )}
      </FormField>
      <FormField
        form={form}
        name="terms"
        label={t('synonyms.terms')}
        hint={t('synonyms.terms_hint')}
        isRequired
      >
        {(control) => <Textarea {...control} rows={4} />}
      </FormField>
      <FormField
        form={form}
        name="replacements"
        label={t('synonyms.replacements')}
        hint={t('synonyms.replacements_hint')}
      >
        {(control) => <Textarea {...control} rows={3} />}
      </FormField>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{t('ui:cancel')}</Button>
        <SubmitButton form={form}>{t('synonyms.save')}</SubmitButton>
      </div>
    </Form>
  );
}
