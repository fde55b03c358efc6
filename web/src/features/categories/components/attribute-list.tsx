import { Pencil, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useAttributeUnits } from '@/shared/categories/attribute-units';
import {
  type CategoryAttribute,
  type CategoryPage,
  useCategoryNames,
} from '@/shared/categories/tree';
import { Badge } from '@/shared/ui/badge';
import { Button } from '@/shared/ui/button';
import { ConfirmDialog } from '@/shared/ui/confirm';
import { IconButton } from '@/shared/ui/icon-button';
import { Section } from '@/shared/ui/page';
import { EmptyState } from '@/shared/ui/states';
import { showDone } from '@/shared/ui/toast';
import { formatQuantity } from '@/shared/units/units';

import { useRemoveAttribute } from '../api/mutations';
import { AttributeDialog } from '../forms/attribute-dialog';

/** What products of a category are asked for: its own attributes, and those of the categories above it. */
export function AttributeList({ category }: { category: CategoryPage }): ReactNode {
  const { t } = useTranslation('categories');
  const [edited, setEdited] = useState<CategoryAttribute | 'new' | null>(null);
  const [removed, setRemoved] = useState<CategoryAttribute | null>(null);
  const names = useCategoryNames();
  const remove = useRemoveAttribute();
  const canEdit = category.actions.includes('edit');
  return (
    <Section
      title={t('attributes')}
      text={t('attributes_text')}
      actions={
        canEdit && (
          <Button size="small" onClick={() => setEdited('new')}>
            {t('attribute.add')}
          </Button>
        )
      }
    >
      {category.attributes.length === 0 ? (
        <EmptyState title={t('no_attributes')} text={t('no_attributes_text')} className="py-6" />
      ) : (
        <ul className="flex flex-col divide-y divide-line">
          {category.attributes.map((attribute) => (
            <AttributeRow
              key={attribute.code}
              attribute={attribute}
              canEdit={canEdit}
              onEdit={() => setEdited(attribute)}
              onRemove={() => setRemoved(attribute)}
            />
          ))}
        </ul>
      )}
      <AttributeDialog
        isOpen={edited !== null}
        onClose={() => setEdited(null)}
        category={category}
        attribute={edited === 'new' ? null : edited}
      />
      <ConfirmDialog
        isOpen={removed !== null}
        onClose={() => setRemoved(null)}
        title={removed === null ? '' : names.of(removed)}
        text={t('attribute.remove_text')}
        confirmLabel={t('attribute.remove')}
        isDangerous
        onConfirm={async () => {
          if (removed === null) return;
          await remove.mutateAsync({ category, code: removed.code });
          showDone(t('saved'));
        }}
      />
    </Section>
  );
}

interface AttributeRowProps {
  attribute: CategoryAttribute;
  canEdit: boolean;
  onEdit: () => void;
  onRemove: () => void;
}

function AttributeRow({ attribute, canEdit, onEdit, onRemove }: AttributeRowProps): ReactNode {
  const { t } = useTranslation('categories');
  const names = useCategoryNames();
  const units = useAttributeUnits();
  const name = names.of(attribute);
  const { inherited_from: origin, min, max } = attribute;
  const facts = [
    t(`kinds.${attribute.kind}`),
    ...(attribute.unit === null ? [] : [units.short(attribute.unit)]),
    ...(min === null && max === null
      ? []
      : [[min, max].map((one) => (one === null ? '…' : formatQuantity(String(one)))).join(' – ')]),
    ...attribute.options.slice(0, 6).map(names.of),
    ...(attribute.options.length > 6 ? ['…'] : []),
  ];
  return (
    <li className="flex items-start gap-2 py-2.5">
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="text-body font-medium">{name}</span>
          {attribute.required && <Badge tone="waiting">{t('attribute.required_mark')}</Badge>}
          {attribute.filterable && <Badge tone="open">{t('attribute.filter_mark')}</Badge>}
        </div>
        <p className="truncate text-small text-muted">{facts.join(' · ')}</p>
        {origin !== null && (
          <p className="text-small text-muted">{t('inherited', { name: names.of(origin) })}</p>
        )}
      </div>
      {canEdit && (
        <IconButton
          icon={Pencil}
          size="small"
          label={t(origin === null ? 'attribute.edit_named' : 'attribute.override', { name })}
          onClick={onEdit}
        />
      )}
      {canEdit && origin === null && (
        <IconButton
          icon={Trash2}
          size="small"
          label={t('attribute.remove_named', { name })}
          onClick={onRemove}
        />
      )}
    </li>
  );
}
