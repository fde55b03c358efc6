import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { wholeProblemText } from '@/shared/api/problem-text';
import { Banner } from '@/shared/ui/banner';
import { Button } from '@/shared/ui/button';
import { Dialog } from '@/shared/ui/dialog';
import { Field } from '@/shared/ui/field';
import { Input, Select, Textarea } from '@/shared/ui/input';
import { showDone } from '@/shared/ui/toast';

import { useChangeStanding, useCreateStanding } from '../api/mutations';
import { linkedSuppliersQuery } from '../api/queries';
import type { StandingDetails } from '../api/types';
import { type KeptLine, timetableBody, timetableOf, usualTimetable } from '../model/standing';
import { KeptLines } from './kept-lines';
import { TimetableFields } from './timetable-fields';

/** What a standing order is made of: a template, an order, a cart, or nothing yet. */
export interface StandingSource {
  name: string;
  /** Nothing lets the reader choose. */
  supplierId: string | null;
  lines: readonly KeptLine[];
  note?: string;
  buyer_reference?: string;
  delivery_address?: string;
}

interface StandingDialogProps {
  source: StandingSource;
  /** The one that is changed; nothing sets a new one up. */
  standing?: StandingDetails;
  onClose: () => void;
}

/** Sets up an order that places itself on certain days, or changes one. */
export function StandingDialog({ source, standing, onClose }: StandingDialogProps): ReactNode {
  const { t } = useTranslation(['orders', 'ui']);
  const navigate = useNavigate();
  const create = useCreateStanding();
  const edit = useChangeStanding();
  const [supplier, setSupplier] = useState(source.supplierId);
  const [lines, setLines] = useState<readonly KeptLine[]>(source.lines);
  const [timetable, setTimetable] = useState(
    standing === undefined ? usualTimetable() : timetableOf(standing),
  );
  const [words, setWords] = useState({
    name: source.name,
    note: source.note ?? '',
    buyer_reference: source.buyer_reference ?? '',
    delivery_address: source.delivery_address ?? '',
  });
  const isReady =
    supplier !== null &&
    words.name.trim() !== '' &&
    lines.length > 0 &&
    timetableBody(timetable).days.length > 0;
  const submit = (): void => {
    const values = {
      ...words,
      name: words.name.trim(),
      lines: lines.map(({ product_id, quantity }) => ({ product_id, quantity })),
    };
    const onSuccess = ({ id }: StandingDetails): void => {
      showDone(t(standing === undefined ? 'standing.created' : 'standing.changed'));
      onClose();
      void navigate({ to: '/app/standing-orders/$standingId', params: { standingId: id } });
    };
    if (standing === undefined) {
      create.mutate(
        { ...values, ...timetableBody(timetable), supplier_organisation_id: supplier },
        { onSuccess },
      );
    } else {
      const { id, version } = standing;
      edit.mutate(
        { id, body: { ...values, version, timetable: timetableBody(timetable) } },
        { onSuccess },
      );
    }
  };
  const error = create.error ?? edit.error;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="medium"
      title={t(standing === undefined ? 'standing.new' : 'standing.edit')}
      text={t('standing.dialog_text')}
      footer={
        <>
          <Button onClick={onClose}>{t('ui:cancel')}</Button>
          <Button
            variant="primary"
            disabled={!isReady}
            isPending={create.isPending || edit.isPending}
            onClick={submit}
          >
            {t(standing === undefined ? 'standing.create' : 'standing.save')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {error !== null && <Banner tone="stopped">{wholeProblemText(error)}</Banner>}
        {source.supplierId === null && <Supplier value={supplier} onChange={setSupplier} />}
        <Field label={t('standing.name')} isRequired>
          <Input
            value={words.name}
            maxLength={200}
            onChange={(event) => setWords({ ...words, name: event.target.value })}
          />
        </Field>
        <TimetableFields timetable={timetable} onChange={setTimetable} />
        {supplier !== null && (
          <KeptLines key={supplier} supplierId={supplier} lines={lines} onChange={setLines} />
        )}
        <Field label={t('reference')}>
          <Input
            value={words.buyer_reference}
            maxLength={100}
            onChange={(event) => setWords({ ...words, buyer_reference: event.target.value })}
          />
        </Field>
        <Field label={t('address')}>
          <Textarea
            rows={2}
            maxLength={500}
            value={words.delivery_address}
            onChange={(event) => setWords({ ...words, delivery_address: event.target.value })}
          />
        </Field>
        <Field label={t('note')}>
          <Textarea
            rows={2}
            maxLength={2000}
            value={words.note}
            onChange={(event) => setWords({ ...words, note: event.target.value })}
          />
        </Field>
      </div>
    </Dialog>
  );
}

interface SupplierProps {
  value: string | null;
  onChange: (supplierId: string) => void;
}

function Supplier({ value, onChange }: SupplierProps): ReactNode {
  const { t } = useTranslation('orders');
  const { data } = useQuery(linkedSuppliersQuery());
  return (
    <Field label={t('quick.supplier')} isRequired>
      <Select
        value={value ?? ''}
        placeholder={t('quick.choose')}
        onChange={(event) => onChange(event.target.value)}
        choices={(data?.items ?? []).map(({ supplier }) => ({
          value: supplier.organisation_id,
          label: supplier.name,
        }))}
      />
    </Field>
  );
}
