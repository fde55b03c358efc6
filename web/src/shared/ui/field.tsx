import { createContext, use, useId } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { classes } from './classes';

interface FieldContextValue {
  id: string;
  describedBy: string | undefined;
  isInvalid: boolean;
  isRequired: boolean;
}

const FieldContext = createContext<FieldContextValue | null>(null);

interface FieldProps {
  label: ReactNode;
  hint?: ReactNode;
  /** What is wrong and how to mend it; marks the control as invalid. */
  error?: string | undefined;
  isRequired?: boolean;
  /** Keeps the label for screen readers only, where the surroundings already say it. */
  isLabelHidden?: boolean;
  className?: string | undefined;
  children: ReactNode;
}

/** Gives one control its label, hint and error, tied together for assistive technology. */
export function Field({
  label,
  hint,
  error,
  isRequired = false,
  isLabelHidden = false,
  className,
  children,
}: FieldProps): ReactNode {
  const { t } = useTranslation('ui');
  const id = useId();
  const hintId = `${id}-hint`;
  const errorId = `${id}-error`;
  const describedBy =
    [hint !== undefined && hintId, error !== undefined && errorId].filter(Boolean).join(' ') ||
    undefined;
  return (
    <div className={classes('flex flex-col gap-1.5', className)}>
      <label htmlFor={id} className={isLabelHidden ? 'sr-only' : 'text-small font-medium text-ink'}>
        {label}
        {!isRequired && !isLabelHidden && (
          <span className="ml-1.5 font-normal text-faint">{t('optional')}</span>
        )}
      </label>
      {hint !== undefined && (
        <p id={hintId} className="text-small text-muted">
          {hint}
        </p>
      )}
      <FieldContext value={{ id, describedBy, isInvalid: error !== undefined, isRequired }}>
        {children}
      </FieldContext>
      {error !== undefined && <FieldError id={errorId}>{error}</FieldError>}
    </div>
  );
}

/** The line under a control that says what is wrong. */
export function FieldError({ id, children }: { id?: string; children: ReactNode }): ReactNode {
  return (
    <p id={id} className="text-small text-stopped">
      {children}
    </p>
  );
}

interface GroupProps extends Omit<FieldProps, 'isLabelHidden'> {
  isLegendHidden?: boolean;
}

/** Names a group of controls, such as radio buttons, as one question. */
export function FieldGroup({
  label,
  hint,
  error,
  isRequired = false,
  isLegendHidden = false,
  className,
  children,
}: GroupProps): ReactNode {
  const { t } = useTranslation('ui');
  const id = useId();
  return (
    <fieldset
      className={classes('flex min-w-0 flex-col gap-1.5', className)}
      aria-describedby={error === undefined ? undefined : id}
      aria-invalid={error === undefined ? undefined : true}
    >
      <legend className={isLegendHidden ? 'sr-only' : 'mb-1.5 text-small font-medium text-ink'}>
        {label}
        {!isRequired && !isLegendHidden && (
          <span className="ml-1.5 font-normal text-faint">{t('optional')}</span>
        )}
      </legend>
      {hint !== undefined && <p className="text-small text-muted">{hint}</p>}
      {children}
      {error !== undefined && <FieldError id={id}>{error}</FieldError>}
    </fieldset>
  );
}

interface ControlAttributes {
  id?: string;
  'aria-describedby'?: string;
  'aria-invalid'?: true;
  'aria-required'?: true;
}

/** Returns the attributes that tie a control to the field around it; none outside of a field. */
export function useFieldControl(): ControlAttributes {
  const field = use(FieldContext);
  if (field === null) return {};
  return {
    id: field.id,
    ...(field.describedBy === undefined ? {} : { 'aria-describedby': field.describedBy }),
    ...(field.isInvalid ? { 'aria-invalid': true as const } : {}),
    ...(field.isRequired ? { 'aria-required': true as const } : {}),
  };
}
