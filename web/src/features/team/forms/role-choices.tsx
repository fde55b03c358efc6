import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { OrganisationRole } from '@/shared/api/types';
import { RadioGroup } from '@/shared/ui/choice';

import { grantableRoles, ROLES } from '../model/roles';

interface RoleChoicesProps {
  /** The role of whoever chooses: what stands above it is not offered. */
  own: OrganisationRole;
  value: OrganisationRole;
  onChange: (role: OrganisationRole) => void;
}

/** The roles that may be given, each with what it allows. */
export function RoleChoices({ own, value, onChange }: RoleChoicesProps): ReactNode {
  const { t } = useTranslation(['team', 'common']);
  return (
    <RadioGroup
      isCards
      label={t('role.label')}
      value={value}
      onChange={(next) => {
        const role = ROLES.find((one) => one === next);
        if (role !== undefined) onChange(role);
      }}
      choices={grantableRoles(own).map((role) => ({
        value: role,
        label: t(`common:roles.${role}`),
        hint: t(`role.hints.${role}`),
      }))}
    />
  );
}
