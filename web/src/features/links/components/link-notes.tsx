import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';

import { Form, FormField, SubmitButton, useZodForm } from '@/shared/forms/form';
import { useCan } from '@/shared/session/session';
import { Textarea } from '@/shared/ui/input';
import { Card } from '@/shared/ui/page';
import { RelativeTime } from '@/shared/ui/values';

import { useWriteNote } from '../api/mutations';
import type { LinkDetails } from '../api/types';

const NOTE_MAX = 2000;
const schema = z.object({
  text: z.string().check(z.trim(), z.minLength(1), z.maxLength(NOTE_MAX)),
});

/** Notes of the supplier's people, which the buyer never sees. */
export function LinkNotes({ link }: { link: LinkDetails }): ReactNode {
  const { t } = useTranslation('links');
  const mayWrite = useCan()('links:decide');
  const notes = link.notes ?? [];
  return (
    <Card className="flex flex-col gap-4">
      <p className="text-small text-muted">{t('notes.text')}</p>
      {mayWrite && <NoteForm linkId={link.id} />}
      {notes.length === 0 ? (
        <p className="text-body text-muted">{t('notes.none')}</p>
      ) : (
        <ul className="flex flex-col divide-y divide-line">
          {notes.map((note) => (
            <li key={note.id} className="py-3 first:pt-0 last:pb-0">
              <p className="text-body whitespace-pre-line">{note.text}</p>
              <p className="mt-1 text-small text-muted">
                {note.author_name}, <RelativeTime value={note.created_at} />
              </p>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function NoteForm({ linkId }: { linkId: string }): ReactNode {
  const { t } = useTranslation('links');
  const write = useWriteNote(linkId);
  const form = useZodForm(schema, { text: '' });
  return (
    <Form
      form={form}
      onSubmit={async ({ text }) => {
        await write.mutateAsync(text);
        form.reset();
      }}
    >
      <FormField form={form} name="text" label={t('notes.label')} isRequired>
        {(control) => <Textarea {...control} rows={2} maxLength={NOTE_MAX} />}
      </FormField>
      <SubmitButton form={form} className="self-end">
        {t('notes.add')}
      </SubmitButton>
    </Form>
  );
}
