import type { MoneyValue } from '@/shared/api/types';

import type { Allocation, ComparedLine, ComparedQuote, ComparisonView } from '../api/queries';

/** Which quote gets which line: requested line → quote. */
export type Choice = Readonly<Record<string, string>>;

/** What the reader decides on this page now. */
export type Decision = 'shortlist' | 'award' | 'reaward' | 'none';

/** Says what may be decided: an award wherever it is possible, else the shortlist before it. */
export function decisionOf(actions: readonly { name: string }[]): Decision {
  const may = (name: string): boolean => actions.some((action) => action.name === name);
  if (may('award')) return 'award';
  if (may('reaward')) return 'reaward';
  return may('shortlist') ? 'shortlist' : 'none';
}

/** Says whether a quote could win now; the server checks the same at the second of the award. */
export function canWin(quote: ComparedQuote, decision: Decision, requestState: string): boolean {
  if (quote.expired || quote.needs_reconfirm) return false;
  if (decision === 'reaward') return quote.state === 'standby';
  if (decision !== 'award') return false;
  if (requestState === 'shortlist' && !quote.shortlisted) return false;
  return quote.state === 'submitted' || quote.state === 'updated' || quote.state === 'standby';
}

/** The quote's answer to a line, where it can deliver it in some form. */
export function offerFor(quote: ComparedQuote, lineId: string): ComparedLine | null {
  const line = quote.lines.find((one) => one.request_line_id === lineId);
  return line === undefined || line.kind === 'not_available' ? null : line;
}

/** Gives a line to a quote, or takes it back where that quote has it already. */
export function toggleLine(choice: Choice, lineId: string, quoteId: string): Choice {
  const { [lineId]: present, ...others } = choice;
  return present === quoteId ? others : { ...others, [lineId]: quoteId };
}

/** Gives every line that a quote offers to it, and none to others; once more takes all back. */
export function toggleWhole(choice: Choice, quote: ComparedQuote): Choice {
  return isWhole(choice, quote) ? {} : wholeOf(quote);
}

/** Says whether a quote has all that it offers, and nobody else anything. */
export function isWhole(choice: Choice, quote: ComparedQuote): boolean {
  const whole = wholeOf(quote);
  const lines = Object.keys(choice);
  return (
    lines.length > 0 &&
    lines.length === Object.keys(whole).length &&
    lines.every((lineId) => choice[lineId] === quote.id)
  );
}

function wholeOf(quote: ComparedQuote): Choice {
  return Object.fromEntries(
    quote.lines
      .filter((line) => line.kind !== 'not_available')
      .map((line) => [line.request_line_id, quote.id]),
  );
}

/**
 * Gives each line to the quote that lands it cheapest, a part of its quantity only where nobody offers the whole; of
 * equal ones to that which has most lines already, so that fewer deals come of it.
 */
export function bestSplit(view: ComparisonView, winners: readonly ComparedQuote[]): Choice {
  const choice: Record<string, string> = {};
  const counts = new Map<string, number>();
  for (const line of view.lines) {
    const offered = winners
      .map((quote) => ({ quote, offer: offerFor(quote, line.id) }))
      .filter(({ offer }) => offer?.landed_unit_amount != null);
    const isAnyWhole = offered.some(({ offer }) => offer?.whole === true);
    const offers = offered
      .filter(({ offer }) => !isAnyWhole || offer?.whole === true)
      .map(({ quote, offer }) => ({ quote, price: Number(offer?.landed_unit_amount) }));
    const lowest = Math.min(...offers.map(({ price }) => price));
    const [best] = offers
      .filter(({ price }) => price === lowest)
      .sort((a, b) => (counts.get(b.quote.id) ?? 0) - (counts.get(a.quote.id) ?? 0));
    if (best === undefined) continue;
    choice[line.id] = best.quote.id;
    counts.set(best.quote.id, (counts.get(best.quote.id) ?? 0) + 1);
  }
  return choice;
}

/** Leaves out of a remembered choice what cannot be chosen any more. */
export function stillPossible(
  choice: Choice,
  view: ComparisonView,
  winners: readonly ComparedQuote[],
): Choice {
  return Object.fromEntries(
    Object.entries(choice).filter(([lineId, quoteId]) => {
      const quote = winners.find((one) => one.id === quoteId);
      return (
        quote !== undefined &&
        view.lines.some((line) => line.id === lineId) &&
        offerFor(quote, lineId) !== null
      );
    }),
  );
}

export interface Share {
  quote: ComparedQuote;
  lineIds: string[];
  /** What the deal will come to without tax: its lines, and the quote's whole delivery. */
  amount: MoneyValue;
  isWhole: boolean;
}

/** What each winner gets, in the order of the columns. */
export function sharesOf(choice: Choice, view: ComparisonView): Share[] {
  return view.quotes
    .map((quote) => {
      const lineIds = view.lines
        .map((line) => line.id)
        .filter((lineId) => choice[lineId] === quote.id);
      const amount = lineIds.reduce(
        (sum, lineId) => sum + (offerFor(quote, lineId)?.net?.amount ?? 0),
        quote.delivery.amount,
      );
      return {
        quote,
        lineIds,
        amount: { amount, currency: view.currency },
        isWhole: isWhole(choice, quote),
      };
    })
    .filter((share) => share.lineIds.length > 0);
}

/** The body of an award: a winner of all that it offers needs no list of lines. */
export function allocationsOf(shares: readonly Share[]): Allocation[] {
  return shares.map((share) =>
    share.isWhole
      ? { quote_id: share.quote.id }
      : {
          quote_id: share.quote.id,
          lines: share.lineIds.map((lineId) => ({ request_line_id: lineId })),
        },
  );
}
