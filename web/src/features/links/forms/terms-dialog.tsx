import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Form, SubmitButton, useZodForm } from '@/shared/forms/form';
import { useSession } from '@/shared/session/session';
import { withoutPrefix } from '@/shared/trade/problems';
import type { CustomActionProps } from '@/shared/ui/action-bar';
import { Button } from '@/shared/ui/button';
import { Dialog } from '@/shared/ui/dialog';
import { showDone } from '@/shared/ui/toast';

import { useChangeTerms } from '../api/mutations';
import type { LinkDetails, LinkTerms, LinkTermsBody } from '../api/types';
import { termsBody, termsSchema, termsValues } from '../model/terms';
import { TermsFields } from './terms-fields';

const CURRENCY = 'KZT';

/** Accepts a buyer's request, with what they get. */
export function AcceptDialog({ isOpen, onClose, onSubmit }: CustomActionProps): ReactNode {
  const { t } = useTranslation(['links', 'common']);
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      size="medium"
      title={t('accept.title')}
      text={t('accept.text')}
    >
      <TermsForm
        present={null}
        submitLabel={t('common:actions.accept')}
        onClose={onClose}
        onSubmit={(terms) => onSubmit({ terms })}
      />
    </Dialog>
  );
}

interface ChangeTermsDialogProps {
  link: LinkDetails;
  isOpen: boolean;
  onClose: () => void;
}

/** Grants a buyer other terms. */
export function ChangeTermsDialog({ link, isOpen, onClose }: ChangeTermsDialogProps): ReactNode {
  const { t } = useTranslation('links');
  const change = useChangeTerms(link.id);
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      size="medium"
      title={t('terms.change')}
      text={t('terms.change_text')}
    >
      <TermsForm
        present={link.terms}
        submitLabel={t('terms.save')}
        onClose={onClose}
        onSubmit={async (terms) => {
          await change.mutateAsync({ terms, version: link.version });
          showDone(t('terms.saved'));
        }}
      />
    </Dialog>
  );
}

interface TermsFormProps {
  present: LinkTerms | null;
  submitLabel: string;
  onClose: () => void;
  onSubmit: (terms: LinkTermsBody) => Promise<unknown>;
}

function TermsForm({ present, submitLabel, onClose, onSubmit }: TermsFormProps): ReactNode {
  const { t } = useTranslation('ui');
  const session = useSession();
  const form = useZodForm(
    termsSchema,
    termsValues(present, session?.organisation.currency ?? CURRENCY),
  );
  return (
    <Form
      form={form}
      onSubmit={async (values) => {
        try {
          await onSubmit(termsBody(values));
        } catch (error) {
          throw withoutPrefix(error, 'terms');
        }
        onClose();
      }}
    >
      <TermsFields form={form} />
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{t('cancel')}</Button>
        <SubmitButton form={form}>{submitLabel}</SubmitButton>
      </div>
    </Form>
  );
}
