import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';

import { toProblem } from '@/shared/api/problem';
import { problemText } from '@/shared/api/problem-text';
import type { Session } from '@/shared/api/types';
import { Form, FormField, SubmitButton, useZodForm } from '@/shared/forms/form';
import { currentLanguage, loadWords } from '@/shared/i18n/i18n';
import { LANGUAGE_NAMES, LANGUAGES } from '@/shared/i18n/languages';
import { Button } from '@/shared/ui/button';
import { Dialog } from '@/shared/ui/dialog';
import { Input, Select } from '@/shared/ui/input';
import { showDone } from '@/shared/ui/toast';

import { useTeamWrites } from '../api/queries';
import { ROLES, roleNamed } from '../model/roles';
import { RoleChoices } from './role-choices';

const FOCUS = { shouldFocus: true };

const schema = z.object({
  email: z.pipe(z.string().check(z.trim(), z.minLength(1)), z.email()),
  role: z.enum(ROLES),
  locale: z.enum(LANGUAGES),
});

interface InviteDialogProps {
  session: Session;
  isOpen: boolean;
  onClose: () => void;
  onSent: () => void;
}

/** Invites somebody by e-mail. */
export function InviteDialog({ isOpen, onClose, ...rest }: InviteDialogProps): ReactNode {
  const { t } = useTranslation('team');
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      size="medium"
      title={t('invite.title')}
      text={t('invite.text')}
    >
      <InviteForm onClose={onClose} {...rest} />
    </Dialog>
  );
}

function InviteForm({ session, onClose, onSent }: Omit<InviteDialogProps, 'isOpen'>): ReactNode {
  const { t } = useTranslation(['team', 'ui']);
  const { invite } = useTeamWrites(session.organisation.id);
  const form = useZodForm(schema, {
    email: '',
    role: session.organisation.buys ? 'buyer' : 'vendor',
    locale: currentLanguage(),
  });
  return (
    <Form
      form={form}
      onSubmit={async (values) => {
        try {
          await invite(values);
        } catch (error) {
          if (toProblem(error).code !== 'organisations.already_member') throw error;
          await loadWords('problems');
          form.setError('email', { type: 'server', message: problemText(error).message }, FOCUS);
          return;
        }
        showDone(t('invite.sent', { email: values.email }));
        onClose();
        onSent();
      }}
    >
      <FormField form={form} name="email" label={t('columns.email')} isRequired>
        {(control) => <Input {...control} type="email" autoComplete="off" inputMode="email" />}
      </FormField>
      <FormField form={form} name="role" label={t('role.label')} isRequired isGroup>
        {({ value, onChange }) => (
          <RoleChoices own={roleNamed(session.role)} value={roleNamed(value)} onChange={onChange} />
        )}
      </FormField>
      <FormField form={form} name="locale" label={t('invite.language')} isRequired>
        {(control) => (
          <Select
            {...control}
            choices={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
          />
        )}
      </FormField>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{t('ui:cancel')}</Button>
        <SubmitButton form={form}>{t('invite.send')}</SubmitButton>
      </div>
    </Form>
  );
}
