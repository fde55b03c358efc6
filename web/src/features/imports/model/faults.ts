import type { ImportCounts } from '../api/queries';

/** Whether any row was refused, or accepted with a warning. */
export const hasFaults = (report: ImportCounts): boolean =>
  (report.refused ?? 0) + (report.warned ?? 0) > 0;
