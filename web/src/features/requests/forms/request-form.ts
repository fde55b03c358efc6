import type { UseFormReturn } from 'react-hook-form';

import type { RequestValues } from '../model/values';

/** The form that all sections of a request share. */
export type RequestForm = UseFormReturn<RequestValues, unknown, RequestValues>;
