import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { FormField } from '@/shared/forms/form';
import { RadioGroup, Switch } from '@/shared/ui/choice';

import type { RequestView } from '../api/types';
import { InvitationList } from '../components/invitation-list';
import { InviteVendors } from '../components/invite-vendors';
import type { RequestForm } from './request-form';

interface VendorsSectionProps {
  form: RequestForm;
  request: RequestView;
  /** Keeps the draft before an invitation, which moves its version. */
  beforeInvite: () => Promise<unknown>;
  onVersion: (version: number) => void;
}

/** Who may quote, whether quotes are sealed, and who is invited. */
export function VendorsSection({
  form,
  request,
  beforeInvite,
  onVersion,
}: VendorsSectionProps): ReactNode {
  const { t } = useTranslation('requests');
  return (
    <div className="flex flex-col gap-6">
      <FormField
        form={form}
        name="visibility"
        label={t('fields.visibility')}
        isLabelHidden
        isRequired
        isGroup
      >
        {({ value, onChange, name }) => (
          <RadioGroup
            isCards
            name={name}
            label={t('fields.visibility')}
            value={value}
            onChange={onChange}
            choices={[
              {
                value: 'public',
                label: t('visibility.public'),
                hint: t('visibility.public_hint'),
              },
              {
                value: 'invited',
                label: t('visibility.invited'),
                hint: t('visibility.invited_hint'),
              },
            ]}
          />
        )}
      </FormField>
      <FormField form={form} name="sealed" label={t('fields.sealed')} isLabelHidden isGroup>
        {({ value, onChange }) => (
          <Switch
            label={t('fields.sealed')}
            hint={t('fields.sealed_hint')}
            isOn={value}
            onChange={onChange}
          />
        )}
      </FormField>
      <div className="flex flex-col gap-3">
        <InviteVendors request={request} beforeInvite={beforeInvite} onVersion={onVersion} />
        <InvitationList request={request} />
      </div>
    </div>
  );
}
