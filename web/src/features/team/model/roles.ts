import type { OrganisationRole } from '@/shared/api/types';

/** Which role stands above which; the roles of the two trading sides stand level. */
const RANKS: Record<OrganisationRole, number> = {
  owner: 5,
  admin: 4,
  manager: 3,
  sales: 2,
  buyer: 2,
  vendor: 2,
  viewer: 1,
};

export const ROLES = Object.keys(RANKS) as OrganisationRole[];

/** Says whether somebody with the role `own` may grant, change or remove `role`: nobody acts above themselves. */
export function mayGrant(own: OrganisationRole, role: OrganisationRole): boolean {
  return RANKS[role] <= RANKS[own];
}

/** Returns the roles that somebody with the role `own` may give. */
export function grantableRoles(own: OrganisationRole): OrganisationRole[] {
  return ROLES.filter((role) => mayGrant(own, role));
}

/** A role by its name; one that this version does not know may do the least. */
export function roleNamed(name: string): OrganisationRole {
  return ROLES.find((role) => role === name) ?? 'viewer';
}
