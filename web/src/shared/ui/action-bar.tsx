import type { QueryKey } from '@tanstack/react-query';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Ellipsis } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { call } from '@/shared/api/client';
import type { ResourceAction } from '@/shared/api/types';

import { Button } from './button';
import { ConfirmDialog, ReasonDialog } from './confirm';
import { IconButton } from './icon-button';
import { DropdownMenu, MenuItem } from './menu';
import { showDone, showProblem } from './toast';

/** These end something: they are red, and ask once more where they ask for no reason. */
const DANGEROUS = new Set([
  'cancel',
  'reject',
  'refuse',
  'withdraw',
  'void',
  'revoke',
  'deny',
  'block',
  'leave',
  'close-without-award',
  'delete',
]);
const SHOWN_MAX = 3;

export interface CustomActionProps {
  isOpen: boolean;
  onClose: () => void;
  /** Posts the action with more than a reason, and refreshes what it changed. */
  onSubmit: (body: Record<string, unknown>) => Promise<unknown>;
}

interface ActionBarProps {
  /** What this caller may do now, as the resource says. */
  actions: readonly ResourceAction[];
  /** Below `/api/v1`, for example `/requests/0198…`. */
  resourcePath: string;
  version: number;
  /** What the resource is called, for the dialogs' titles. */
  subject: string;
  /** The one primary button, if it is among the actions. */
  primary?: string;
  /** Reads that every action makes stale. */
  staleKeys: readonly QueryKey[];
  /** Dialogs for actions that need more than a reason, by name. */
  custom?: Readonly<Record<string, (props: CustomActionProps) => ReactNode>>;
  /** Actions drawn elsewhere on the page. */
  hidden?: readonly string[];
  onDone?: (action: string, answer: unknown) => void;
}

/**
 * Draws exactly the buttons that the server offers. A reason is asked for in one place, the resource's
 * version goes along, and what changed is read again, also when somebody else was faster.
 */
export function ActionBar(props: ActionBarProps): ReactNode {
  const {
    actions,
    resourcePath,
    version,
    subject,
    primary,
    staleKeys,
    custom = {},
    hidden = [],
    onDone,
  } = props;
  const { t } = useTranslation('common');
  const label = useActionLabel();
  const client = useQueryClient();
  const [open, setOpen] = useState<string | null>(null);
  const perform = useMutation({
    mutationFn: ({ name, body }: { name: string; body: Record<string, unknown> }) =>
      call<unknown>('POST', `${resourcePath}/${name}`, { body: { ...body, version } }),
    // Dialogs show what went wrong themselves; buttons without one leave it to the toast below.
    meta: { showsProblem: true },
    onSuccess: (answer, { name }) => {
      showDone(`${label(name)}: ${subject}`);
      onDone?.(name, answer);
    },
    onSettled: () =>
      Promise.all(staleKeys.map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
  const offered = sortActions(
    actions.filter((action) => !hidden.includes(action.name)),
    primary,
  );
  const start = (action: ResourceAction): void => {
    const asks = action.name in custom || action.reason !== 'none' || DANGEROUS.has(action.name);
    if (asks) setOpen(action.name);
    else perform.mutate({ name: action.name, body: {} }, { onError: showProblem });
  };
  const shown = offered.slice(0, SHOWN_MAX);
  const others = offered.slice(SHOWN_MAX);
  return (
    <>
      {others.length > 0 && (
        <DropdownMenu trigger={<MoreButton />}>
          {others.map((action) => (
            <MenuItem
              key={action.name}
              isDangerous={DANGEROUS.has(action.name)}
              onSelect={() => start(action)}
            >
              {label(action.name)}
            </MenuItem>
          ))}
        </DropdownMenu>
      )}
      {[...shown].reverse().map((action) => (
        <Button
          key={action.name}
          variant={action.name === primary ? 'primary' : 'secondary'}
          isPending={perform.isPending && perform.variables.name === action.name && open === null}
          disabled={perform.isPending}
          onClick={() => start(action)}
        >
          {label(action.name)}
        </Button>
      ))}
      {offered.map((action) => {
        const dialog = {
          isOpen: open === action.name,
          onClose: () => setOpen(null),
          title: t('action_dialog.title', { action: label(action.name), subject }),
        };
        const post = (body: Record<string, unknown>): Promise<unknown> =>
          perform.mutateAsync({ name: action.name, body });
        const Custom = custom[action.name];
        if (Custom !== undefined) return <Custom key={action.name} {...dialog} onSubmit={post} />;
        if (action.reason !== 'none') {
          return (
            <ReasonDialog
              key={action.name}
              {...dialog}
              text={t(
                action.reason === 'required' ? 'action_dialog.text' : 'action_dialog.optional_text',
              )}
              submitLabel={label(action.name)}
              isRequired={action.reason === 'required'}
              isDangerous={DANGEROUS.has(action.name)}
              onSubmit={(reason) => post({ reason })}
            />
          );
        }
        return (
          <ConfirmDialog
            key={action.name}
            {...dialog}
            text={t('action_dialog.confirm_text')}
            confirmLabel={label(action.name)}
            isDangerous
            onConfirm={() => post({})}
          />
        );
      })}
    </>
  );
}

function MoreButton(props: object): ReactNode {
  const { t } = useTranslation('ui');
  return <IconButton icon={Ellipsis} label={t('more_actions')} {...props} />;
}

/** The primary first, what ends things last. */
export function sortActions(
  actions: readonly ResourceAction[],
  primary: string | undefined,
): ResourceAction[] {
  const rank = ({ name }: ResourceAction): number =>
    name === primary ? 0 : DANGEROUS.has(name) ? 2 : 1;
  return [...actions].sort((a, b) => rank(a) - rank(b));
}

/** Returns what an action is called; its own name where nobody has translated it yet. */
export function useActionLabel(): (name: string) => string {
  const { t } = useTranslation('common');
  const translate = t as unknown as (key: string, fallback: string) => string;
  return (name) => translate(`actions.${name}`, name);
}
