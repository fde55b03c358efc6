import { Camera } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';

import type { FileView } from '@/shared/api/types';
import { Form, FormField, SubmitButton, useZodForm } from '@/shared/forms/form';
import { Button } from '@/shared/ui/button';
import { Dialog } from '@/shared/ui/dialog';
import { FileDrop } from '@/shared/ui/file-drop';
import { FileList } from '@/shared/ui/file-list';
import { Textarea } from '@/shared/ui/input';
import { Card } from '@/shared/ui/page';
import { EmptyState } from '@/shared/ui/states';
import { showDone } from '@/shared/ui/toast';
import { DateTime } from '@/shared/ui/values';

import { useAddEvidence } from '../api/mutations';
import type { ComplaintView } from '../api/types';

const NOTE_MAX = 2000;
const schema = z.object({
  note: z.string().check(z.trim(), z.maxLength(NOTE_MAX)),
  files: z.custom<FileView[]>((value) => Array.isArray(value) && value.length > 0),
});

/** Photographs and papers of both sides, in the order in which they came. */
export function EvidenceList({ complaint }: { complaint: ComplaintView }): ReactNode {
  const { t } = useTranslation('complaints');
  const [isOpen, setIsOpen] = useState(false);
  const add = complaint.may_add_evidence && (
    <Button onClick={() => setIsOpen(true)}>
      <Camera aria-hidden className="size-4" />
      {t('evidence.add')}
    </Button>
  );
  return (
    <Card className="flex flex-col gap-5">
      {complaint.evidence.length === 0 ? (
        <EmptyState
          icon={Camera}
          title={t('evidence.empty')}
          text={t('evidence.empty_text')}
          action={add === false ? undefined : add}
        />
      ) : (
        <>
          {complaint.evidence.map((one) => (
            <section key={one.id} className="flex flex-col gap-2">
              <p className="text-small text-muted">
                {one.author_name ?? complaint[one.side].name} · <DateTime value={one.created_at} />
              </p>
              {one.note !== '' && (
                <p className="text-body break-words whitespace-pre-line">{one.note}</p>
              )}
              <Files files={one.attachments} />
            </section>
          ))}
          {add !== false && <div>{add}</div>}
        </>
      )}
      <Dialog
        isOpen={isOpen}
        onClose={() => setIsOpen(false)}
        size="medium"
        title={t('evidence.add')}
        text={t('evidence.empty_text')}
      >
        {isOpen && <EvidenceForm complaintId={complaint.id} onClose={() => setIsOpen(false)} />}
      </Dialog>
    </Card>
  );
}

/** Pictures are seen at once, papers open by their name. */
function Files({ files }: { files: readonly FileView[] }): ReactNode {
  const pictures = files.filter((file) => file.content_type.startsWith('image/'));
  const papers = files.filter((file) => !file.content_type.startsWith('image/'));
  return (
    <>
      {pictures.length > 0 && (
        <ul className="flex flex-wrap gap-2">
          {pictures.map((file) => (
            <li key={file.id}>
              <a
                href={file.url}
                target="_blank"
                rel="noreferrer"
                className="block size-28 overflow-hidden rounded-base border border-line bg-sunken sm:size-36"
              >
                <img
                  src={file.url}
                  alt={file.name}
                  loading="lazy"
                  className="size-full object-cover"
                />
              </a>
            </li>
          ))}
        </ul>
      )}
      {papers.length > 0 && <FileList files={papers} />}
    </>
  );
}

function EvidenceForm({
  complaintId,
  onClose,
}: {
  complaintId: string;
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation(['complaints', 'ui']);
  const add = useAddEvidence(complaintId);
  const form = useZodForm(schema, { note: '', files: [] });
  return (
    <Form
      form={form}
      onSubmit={async ({ note, files }) => {
        await add.mutateAsync({ note, attachment_ids: files.map(({ id }) => id) });
        showDone(t('evidence.done'));
        onClose();
      }}
    >
      <FormField form={form} name="files" label={t('evidence.files')} isGroup isRequired>
        {(control) => (
          <FileDrop
            files={control.value}
            accept="image/*,.pdf"
            onChange={(update) => control.onChange(update(form.getValues('files')))}
          />
        )}
      </FormField>
      <FormField form={form} name="note" label={t('evidence.note')}>
        {(control) => <Textarea {...control} maxLength={NOTE_MAX} />}
      </FormField>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{t('ui:cancel')}</Button>
        <SubmitButton form={form}>{t('evidence.add')}</SubmitButton>
      </div>
    </Form>
  );
}
