import { BookmarkPlus, Copy, Ellipsis, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { ConfirmDialog } from '@/shared/ui/confirm';
import { IconButton } from '@/shared/ui/icon-button';
import { DropdownMenu, MenuItem } from '@/shared/ui/menu';
import { showDone } from '@/shared/ui/toast';

import { useDeleteRequest, useDuplicateRequest } from '../api/mutations';
import type { RequestView } from '../api/types';

interface RequestMenuProps {
  request: RequestView;
  onCopied: (requestId: string) => void;
  onDeleted: () => void;
  onSaveTemplate: () => void;
}

/** What can be made out of a request beside its own course. */
export function RequestMenu({
  request,
  onCopied,
  onDeleted,
  onSaveTemplate,
}: RequestMenuProps): ReactNode {
  const { t } = useTranslation('requests');
  const [isDeleting, setIsDeleting] = useState(false);
  const duplicate = useDuplicateRequest();
  const remove = useDeleteRequest();
  const copy = (): void =>
    duplicate.mutate(request.id, {
      onSuccess: ({ id }) => {
        showDone(t('card.duplicated'));
        onCopied(id);
      },
    });
  return (
    <>
      <DropdownMenu trigger={<IconButton icon={Ellipsis} label={t('card.more')} />}>
        <MenuItem icon={Copy} onSelect={copy}>
          {t('card.duplicate')}
        </MenuItem>
        <MenuItem icon={BookmarkPlus} onSelect={onSaveTemplate}>
          {t('card.save_template')}
        </MenuItem>
        {request.state === 'draft' && (
          <MenuItem icon={Trash2} isDangerous onSelect={() => setIsDeleting(true)}>
            {t('card.delete')}
          </MenuItem>
        )}
      </DropdownMenu>
      <ConfirmDialog
        isOpen={isDeleting}
        onClose={() => setIsDeleting(false)}
        title={t('card.delete')}
        text={t('card.delete_text')}
        confirmLabel={t('card.delete')}
        isDangerous
        onConfirm={async () => {
          await remove.mutateAsync(request.id);
          showDone(t('card.deleted'));
          onDeleted();
        }}
      />
    </>
  );
}
