import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { wholeProblemText } from '@/shared/api/problem-text';
import { Banner } from '@/shared/ui/banner';
import { Button } from '@/shared/ui/button';
import { Dialog } from '@/shared/ui/dialog';
import { Field } from '@/shared/ui/field';
import { Input } from '@/shared/ui/input';
import { showDone } from '@/shared/ui/toast';

import { useChangeTemplate } from '../api/mutations';
import type { TemplateView } from '../api/types';
import type { KeptLine } from '../model/standing';
import { KeptLines } from './kept-lines';

interface TemplateDialogProps {
  template: TemplateView;
  onClose: () => void;
}

/** Changes the name and the lines of a template. */
export function TemplateDialog({ template, onClose }: TemplateDialogProps): ReactNode {
  const { t } = useTranslation(['orders', 'ui']);
  const save = useChangeTemplate();
  const [name, setName] = useState(template.name);
  const [lines, setLines] = useState<readonly KeptLine[]>(template.lines);
  const submit = (): void =>
    save.mutate(
      {
        id: template.id,
        body: {
          version: template.version,
          name: name.trim(),
          lines: lines.map(({ product_id, quantity }) => ({ product_id, quantity })),
        },
      },
      {
        onSuccess: () => {
          showDone(t('template_kept'));
          onClose();
        },
      },
    );
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="medium"
      title={`${t('templates.edit')}: ${template.name}`}
      footer={
        <>
          <Button onClick={onClose}>{t('ui:cancel')}</Button>
          <Button
            variant="primary"
            disabled={name.trim() === '' || lines.length === 0}
            isPending={save.isPending}
            onClick={submit}
          >
            {t('standing.save')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {save.error !== null && <Banner tone="stopped">{wholeProblemText(save.error)}</Banner>}
        <Field label={t('template_name')} isRequired>
          <Input value={name} maxLength={200} onChange={(event) => setName(event.target.value)} />
        </Field>
        <KeptLines supplierId={template.supplier.id} lines={lines} onChange={setLines} />
      </div>
    </Dialog>
  );
}
