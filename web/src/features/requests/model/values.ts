import * as z from 'zod/mini';

import type { FileView, MoneyValue } from '@/shared/api/types';
import type { CategoryCode } from '@/shared/categories/categories';

import type { AmendBody, InvitationView, RequestPatch, RequestView } from '../api/types';

export const LINES_MAX = 500;
export const ATTACHMENTS_MAX = 20;
const TITLE_MAX = 200;
const TEXT_MAX = 10_000;
const PHRASE_MAX = 300;

const money = z.custom<MoneyValue | null>();

/** A quantity as it is typed, with either decimal mark: positive, at most six decimals. */
export const QUANTITY = /^\d{1,12}([.,]\d{1,6})?$/;

const lineSchema = z.object({
  id: z.nullable(z.string()),
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(TITLE_MAX)),
  specification: z.string().check(z.maxLength(TEXT_MAX)),
  quantity: z.string().check(
    z.trim(),
    z.minLength(1),
    z.regex(QUANTITY),
    z.refine((text) => Number(decimal(text)) > 0),
  ),
  unit: z.string(),
  target_price: money,
});

/** Values of the form; what `publish` asks for beyond the title is checked when it is published. */
export const requestSchema = z.object({
  title: z.string().check(z.trim(), z.minLength(1), z.maxLength(TITLE_MAX)),
  description: z.string().check(z.maxLength(TEXT_MAX)),
  category: z.string(),
  visibility: z.enum(['public', 'invited']),
  sealed: z.boolean(),
  currency: z.string(),
  budget: money,
  quotes_due_at: z.string(),
  needed_by: z.string(),
  delivery_country: z.string(),
  delivery_place: z.string().check(z.maxLength(PHRASE_MAX)),
  delivery_terms: z.string().check(z.maxLength(PHRASE_MAX)),
  payment_terms: z.string().check(z.maxLength(PHRASE_MAX)),
  lines: z.array(lineSchema).check(z.maxLength(LINES_MAX)),
  attachments: z.custom<FileView[]>(),
});

export type RequestValues = z.infer<typeof requestSchema>;
export type LineValues = z.infer<typeof lineSchema>;

export const EMPTY_LINE: LineValues = {
  id: null,
  name: '',
  specification: '',
  quantity: '',
  unit: 'H87',
  target_price: null,
};

/** What the form shows of a request. */
export function valuesOf(request: RequestView): RequestValues {
  return {
    title: request.title,
    description: request.description,
    category: request.category,
    visibility: request.visibility,
    sealed: request.sealed,
    currency: request.currency,
    budget: request.budget,
    quotes_due_at: request.quotes_due_at ?? '',
    needed_by: request.needed_by ?? '',
    delivery_country: request.delivery_country ?? '',
    delivery_place: request.delivery_place,
    delivery_terms: request.delivery_terms,
    payment_terms: request.payment_terms,
    lines: request.lines.map(({ id, name, specification, quantity, unit, target_price }) => ({
      id,
      name,
      specification,
      quantity,
      unit,
      target_price,
    })),
    attachments: request.attachments,
  };
}

/** Says whether a line can be kept: the server wants its name and quantity. */
export function isComplete(line: LineValues): boolean {
  return lineSchema.safeParse(line).success;
}

/** Writes a typed quantity as the API wants it. */
export function decimal(text: string): string {
  return text.trim().replace(',', '.');
}

function linesBody(lines: readonly LineValues[]) {
  return lines.map((line) => ({
    ...(line.id === null ? {} : { id: line.id }),
    name: line.name.trim(),
    specification: line.specification,
    quantity: decimal(line.quantity),
    unit: line.unit,
    target_price: line.target_price,
  }));
}

/**
 * The body that keeps a draft as it is typed.
 *
 * New lines that are not complete stay in the form alone. While a line that the server knows is incomplete the
 * lines are left out, so that clearing a name in order to retype it does not delete the line.
 */
export function draftBody(values: RequestValues): RequestPatch {
  const isRetyping = values.lines.some((line) => line.id !== null && !isComplete(line));
  return {
    ...(values.title.trim() === '' ? {} : { title: values.title.trim() }),
    description: values.description,
    category: values.category as CategoryCode,
    visibility: values.visibility,
    sealed: values.sealed,
    currency: values.currency,
    budget: values.budget,
    quotes_due_at: values.quotes_due_at || null,
    needed_by: values.needed_by || null,
    delivery_country: values.delivery_country || null,
    delivery_place: values.delivery_place,
    delivery_terms: values.delivery_terms,
    payment_terms: values.payment_terms,
    ...(isRetyping ? {} : { lines: linesBody(values.lines.filter(isComplete)) }),
    attachment_ids: values.attachments.map((file) => file.id),
  };
}

/** Puts the ids that the server gave into lines that had none: it answers complete lines in their order. */
export function withIds(
  lines: readonly LineValues[],
  sent: readonly { id?: string | null }[] | undefined,
  answered: readonly { id: string }[],
): Map<number, string> {
  const ids = new Map<number, string>();
  if (sent === undefined || sent.length !== answered.length) return ids;
  let at = 0;
  lines.forEach((line, index) => {
    if (!isComplete(line)) return;
    const id = answered[at]?.id;
    if (line.id === null && id !== undefined) ids.set(index, id);
    at += 1;
  });
  return ids;
}

const AMENDED = [
  'title',
  'description',
  'category',
  'budget',
  'quotes_due_at',
  'needed_by',
  'delivery_country',
  'delivery_place',
  'delivery_terms',
  'payment_terms',
  'lines',
  'attachment_ids',
] as const satisfies readonly (keyof AmendBody)[];

/** Only what an amendment changes; an empty object where nothing does. */
export function amendment(before: RequestValues, after: RequestValues): AmendBody {
  const was = draftBody(before);
  const becomes = draftBody(after);
  const changed = AMENDED.filter(
    (name) => JSON.stringify(was[name]) !== JSON.stringify(becomes[name]),
  );
  return Object.fromEntries(changed.map((name) => [name, becomes[name]]));
}

export type Missing = 'lines' | 'deadline' | 'past_deadline' | 'invitations';

/** What keeps a draft from being published. The server checks the same once more. */
export function missingForPublish(
  values: Pick<RequestValues, 'lines' | 'quotes_due_at' | 'visibility'>,
  invitations: readonly Pick<InvitationView, 'organisation'>[],
  now: Date,
): Missing[] {
  const missing: Missing[] = [];
  if (!values.lines.some(isComplete)) missing.push('lines');
  if (values.quotes_due_at === '') missing.push('deadline');
  else if (new Date(values.quotes_due_at) <= now) missing.push('past_deadline');
  if (values.visibility === 'invited' && invitations.length === 0) missing.push('invitations');
  return missing;
}
