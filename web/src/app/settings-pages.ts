import {
  ArrowLeftRight,
  Bell,
  Building2,
  Clock,
  Lock,
  type LucideIcon,
  ShieldCheck,
  UserRound,
} from 'lucide-react';

export interface SettingsPage {
  label:
    'profile' | 'security' | 'notifications' | 'organisation' | 'approvals' | 'rates' | 'hours';
  icon: LucideIcon;
  to: string;
  /** The permission to see it; none where everybody may. */
  read?: string;
}

/** The settings: one's own, then those of the organisation. */
export const SETTINGS_GROUPS: readonly {
  label: 'own' | 'organisation_group';
  pages: readonly SettingsPage[];
}[] = [
  {
    label: 'own',
    pages: [
      { label: 'profile', icon: UserRound, to: '/app/settings/profile' },
      { label: 'security', icon: Lock, to: '/app/settings/security' },
      { label: 'notifications', icon: Bell, to: '/app/settings/notifications' },
    ],
  },
  {
    label: 'organisation_group',
    pages: [
      { label: 'organisation', icon: Building2, to: '/app/settings/organisation' },
      {
        label: 'approvals',
        icon: ShieldCheck,
        to: '/app/settings/approvals',
        read: 'approvals:read',
      },
      {
        label: 'rates',
        icon: ArrowLeftRight,
        to: '/app/settings/exchange-rates',
        read: 'requests:read',
      },
      {
        label: 'hours',
        icon: Clock,
        to: '/app/settings/working-hours',
        read: 'business-hours:write',
      },
    ],
  },
];

/** Returns the groups with the pages that this person may open and that exist. */
export function visibleSettings(
  may: (permission: string) => boolean,
  pageExists: (path: string) => boolean,
): (typeof SETTINGS_GROUPS)[number][] {
  return SETTINGS_GROUPS.map((group) => ({
    ...group,
    pages: group.pages.filter(
      ({ to, read }) => pageExists(to) && (read === undefined || may(read)),
    ),
  }));
}
