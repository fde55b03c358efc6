import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useEffect, useRef, useState } from 'react';
import { useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';

import { Form, SubmitButton, useZodForm } from '@/shared/forms/form';
import type { TradeRequest } from '@/shared/trade/request-query';
import { offerTotals } from '@/shared/trade/totals';
import { TotalsList } from '@/shared/trade/totals-list';
import { Banner } from '@/shared/ui/banner';
import { Button } from '@/shared/ui/button';
import { Card } from '@/shared/ui/page';
import { showDone } from '@/shared/ui/toast';
import { Countdown, RelativeTime } from '@/shared/ui/values';

import { type OfferTarget, useSendOffer } from '../api/mutations';
import type { QuoteVersion } from '../api/types';
import { offerBody, offerSchema, offerValues } from '../model/offer';
import type { OfferForm } from './offer-line-row';
import { OfferLines } from './offer-lines';
import { OfferTerms } from './offer-terms';
import { dropDraft, readDraft, useKeptDraft } from './use-draft';

interface OfferEditorProps {
  request: TradeRequest;
  /** What the quote says now; null for a first one. */
  present: QuoteVersion | null;
  /** Quantities asked for when the present version was written, of the lines that were amended since. */
  formerQuantities?: ReadonlyMap<string, string>;
  target: OfferTarget;
  /** Names the draft of this organisation for this request or quote. */
  draftKey: string;
}

/** An offer being written: lines, terms, and what they add up to. A draft stays in this browser. */
export function OfferEditor({
  request,
  present,
  formerQuantities,
  target,
  draftKey,
}: OfferEditorProps): ReactNode {
  const { t } = useTranslation('quotes');
  const navigate = useNavigate();
  const basis = `${String(request.revision)}/${String(present?.number ?? 0)}`;
  const [fresh] = useState(() => offerValues(request, present, new Date(), formerQuantities));
  const [draft] = useState(() => readDraft(draftKey, basis));
  const [showsDraft, setShowsDraft] = useState(draft !== null);
  const form = useZodForm(offerSchema, fresh);
  useEffect(() => {
    if (draft !== null) form.reset(draft, { keepDefaultValues: true });
  }, [form, draft]);
  const { keptAt, stop: stopKeeping } = useKeptDraft(form, draftKey, basis);
  const currency = useWatch({ control: form.control, name: 'currency' });
  useFollowCurrency(form, currency);
  const sendOffer = useSendOffer(target);
  const startAfresh = (): void => {
    dropDraft(draftKey);
    form.reset(fresh);
    setShowsDraft(false);
  };
  return (
    <Form
      form={form}
      className="gap-6"
      onSubmit={async (values) => {
        const quote = await sendOffer.mutateAsync(offerBody(values));
        stopKeeping();
        showDone(t(`editor.sent.${target.kind}`, { number: quote.number }));
        await navigate({ to: '/app/quotes/$quoteId', params: { quoteId: quote.id } });
      }}
    >
      {showsDraft && (
        <Banner
          action={
            <Button size="small" onClick={startAfresh}>
              {t('editor.start_afresh')}
            </Button>
          }
        >
          {t('editor.restored')}
        </Banner>
      )}
      <OfferLines form={form} request={request} currency={currency} />
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <OfferTerms form={form} currency={currency} />
        <Card className="flex flex-col gap-4 lg:sticky lg:top-20">
          <LiveTotals form={form} currency={currency} />
          <SubmitButton form={form}>{t(`editor.send.${target.kind}`)}</SubmitButton>
          {request.quotes_due_at !== null && (
            <p className="text-small text-muted">
              <Countdown deadline={request.quotes_due_at} />
            </p>
          )}
          {keptAt !== null && (
            <p role="status" className="text-small text-muted">
              {t('editor.kept')} <RelativeTime value={keptAt.toISOString()} />
            </p>
          )}
        </Card>
      </div>
    </Form>
  );
}

/** Amounts are what was typed; another currency changes what they are in, not how much they are. */
function useFollowCurrency(form: OfferForm, currency: string): void {
  const before = useRef(currency);
  useEffect(() => {
    if (before.current === currency) return;
    before.current = currency;
    form.getValues('lines').forEach(({ unit_price: price }, index) => {
      if (price !== null)
        form.setValue(`lines.${index}.unit_price`, { amount: price.amount, currency });
    });
    const delivery = form.getValues('delivery');
    if (delivery !== null) form.setValue('delivery', { amount: delivery.amount, currency });
  }, [form, currency]);
}

function LiveTotals({ form, currency }: { form: OfferForm; currency: string }): ReactNode {
  const { t } = useTranslation('quotes');
  const [lines, delivery] = useWatch({ control: form.control, name: ['lines', 'delivery'] });
  const offered = lines.filter(({ kind }) => kind !== 'not_available');
  const priced = offered.filter(({ unit_price: price }) => price !== null);
  const totals = offerTotals(offered, currency, delivery);
  return (
    <>
      <p className="text-small text-muted">
        {t('editor.priced', { priced: priced.length, lines: lines.length })}
      </p>
      <TotalsList {...totals} delivery={delivery} />
    </>
  );
}
