import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';

import type { Session } from '@/shared/api/types';
import { Form, FormField, SubmitButton, useZodForm } from '@/shared/forms/form';
import { Button } from '@/shared/ui/button';
import { Dialog } from '@/shared/ui/dialog';
import { showDone } from '@/shared/ui/toast';

import { type Member, useTeamWrites } from '../api/queries';
import { ROLES } from '../model/roles';
import { RoleChoices } from './role-choices';

const schema = z.object({ role: z.enum(ROLES) });

interface RoleDialogProps {
  session: Session;
  member: Member | null;
  onClose: () => void;
}

/** Gives a colleague another role. */
export function RoleDialog({ session, member, onClose }: RoleDialogProps): ReactNode {
  const { t } = useTranslation('team');
  return (
    <Dialog
      isOpen={member !== null}
      onClose={onClose}
      size="medium"
      title={t('role.title', { name: member?.display_name ?? '' })}
      text={t('role.text')}
    >
      {member !== null && <RoleForm session={session} member={member} onClose={onClose} />}
    </Dialog>
  );
}

function RoleForm({ session, member, onClose }: RoleDialogProps & { member: Member }): ReactNode {
  const { t } = useTranslation(['team', 'ui']);
  const { changeRole } = useTeamWrites(session.organisation.id);
  const form = useZodForm(schema, { role: member.role });
  return (
    <Form
      form={form}
      onSubmit={async ({ role }) => {
        await changeRole(member.user_id, role);
        showDone(t('role.done', { name: member.display_name }));
        onClose();
      }}
    >
      <FormField form={form} name="role" label={t('role.label')} isRequired isGroup isLabelHidden>
        {({ value, onChange }) => (
          <RoleChoices own={session.role} value={value} onChange={onChange} />
        )}
      </FormField>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{t('ui:cancel')}</Button>
        <SubmitButton form={form}>{t('role.change')}</SubmitButton>
      </div>
    </Form>
  );
}
