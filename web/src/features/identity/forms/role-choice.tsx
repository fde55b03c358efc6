import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { RadioGroup } from '@/shared/ui/choice';

import { REGISTRATION_ROLES } from './schema';

interface RoleChoiceProps {
  value: string;
  onChange: (role: string) => void;
}

/** Asks what somebody comes for. */
export function RoleChoice({ value, onChange }: RoleChoiceProps): ReactNode {
  const { t } = useTranslation('auth');
  return (
    <RadioGroup
      isCards
      label={t('role.label')}
      value={value}
      onChange={onChange}
      choices={REGISTRATION_ROLES.map((role) => ({
        value: role,
        label: t(`role.${role}`),
        hint: t(`role.${role}_hint`),
      }))}
    />
  );
}
