import type { LabelsBody, SheetName } from '../api/queries';

/** A product whose labels are to be printed. */
export interface LabelProduct {
  id: string;
  name: string;
  sku: string;
}

export interface LabelLine {
  product: LabelProduct;
  copies: number;
}

export interface LabelOptions {
  sheet: SheetName;
  start: number;
  price: 'none' | 'net' | 'gross';
  hasName: boolean;
  hasSku: boolean;
}

export const LABELS_MAX = 2000;

/** Columns and rows of each sheet; a roll has one label after the other. */
export const SHEETS: Readonly<Record<SheetName, { columns: number; rows: number }>> = {
  'a4-3x8': { columns: 3, rows: 8 },
  'a4-5x13': { columns: 5, rows: 13 },
  'a4-2x7': { columns: 2, rows: 7 },
  'roll-58x40': { columns: 1, rows: 1 },
  'roll-43x25': { columns: 1, rows: 1 },
};

export const SHEET_NAMES = Object.keys(SHEETS) as SheetName[];

export const FIRST_OPTIONS: LabelOptions = {
  sheet: 'a4-3x8',
  start: 1,
  price: 'gross',
  hasName: true,
  hasSku: true,
};

/** How many labels that makes, and how many sheets of paper. */
export function countLabels(
  lines: readonly LabelLine[],
  { sheet, start }: Pick<LabelOptions, 'sheet' | 'start'>,
): { labels: number; pages: number } {
  const labels = lines.reduce((sum, { copies }) => sum + copies, 0);
  const { columns, rows } = SHEETS[sheet];
  const places = columns * rows;
  const first = places === 1 ? 0 : Math.min(start, places) - 1;
  return { labels, pages: labels === 0 ? 0 : Math.ceil((labels + first) / places) };
}

/** Adds a product, or a copy where it stands in the list already. */
export function withProduct(lines: readonly LabelLine[], product: LabelProduct): LabelLine[] {
  return lines.some((line) => line.product.id === product.id)
    ? lines.map((line) =>
        line.product.id === product.id ? { ...line, copies: line.copies + 1 } : line,
      )
    : [...lines, { product, copies: 1 }];
}

/** What is asked of the server. */
export function labelsBody(lines: readonly LabelLine[], options: LabelOptions): LabelsBody {
  const { columns, rows } = SHEETS[options.sheet];
  return {
    items: lines.map(({ product, copies }) => ({ product_id: product.id, copies })),
    sheet: options.sheet,
    start_position: Math.min(options.start, columns * rows),
    kind: 'auto',
    price: options.price,
    show_name: options.hasName,
    show_sku: options.hasSku,
  };
}
