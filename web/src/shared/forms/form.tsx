import type { ReactElement, ReactNode, RefObject } from 'react';
import { useEffect, useRef } from 'react';
import type {
  ControllerRenderProps,
  DefaultValues,
  FieldPath,
  FieldValues,
  UseFormReturn,
} from 'react-hook-form';
import { Controller, useForm, useFormState } from 'react-hook-form';
import type { $ZodType } from 'zod/v4/core';

import { useIsUploading } from '@/shared/api/upload';
import { loadWords } from '@/shared/i18n/i18n';
import { Banner } from '@/shared/ui/banner';
import { Button, type ButtonProps } from '@/shared/ui/button';
import { classes } from '@/shared/ui/classes';
import { Field, FieldGroup } from '@/shared/ui/field';

import { applyProblemToForm } from './problem-to-form';
import { schemaResolver } from './resolver';

/**
 * Makes a form whose values a schema of `zod` or `zod/mini` checks: on submit first, then while people mend.
 */
export function useZodForm<Input extends FieldValues, Output extends FieldValues>(
  schema: $ZodType<Output, Input>,
  defaultValues: DefaultValues<Input>,
): UseFormReturn<Input, unknown, Output> {
  return useForm<Input, unknown, Output>({
    resolver: schemaResolver(schema),
    defaultValues,
    mode: 'onSubmit',
    reValidateMode: 'onChange',
    // The form itself does it, by the order that people see.
    shouldFocusError: false,
  });
}

interface FormProps<Input extends FieldValues, Output extends FieldValues> {
  form: UseFormReturn<Input, unknown, Output>;
  /** Sends the checked values. What it throws lands on the fields or above them. */
  onSubmit: (values: Output) => Promise<unknown>;
  children: ReactNode;
  className?: string;
}

/** A form that shows its server's refusals in the right places. */
export function Form<Input extends FieldValues, Output extends FieldValues>({
  form,
  onSubmit,
  children,
  className,
}: FormProps<Input, Output>): ReactNode {
  const submit = form.handleSubmit(async (values) => {
    try {
      await onSubmit(values);
    } catch (error) {
      await loadWords('problems');
      applyProblemToForm(error, form as unknown as UseFormReturn<Input>);
    }
  });
  const element = useRef<HTMLFormElement>(null);
  return (
    <form
      ref={element}
      noValidate
      className={classes('flex flex-col gap-4', className)}
      onSubmit={(event) => {
        form.clearErrors('root');
        void submit(event);
      }}
    >
      <FormProblem form={form} />
      {children}
      <FirstToMend form={form} element={element} />
    </form>
  );
}

function FormProblem<Input extends FieldValues, Output extends FieldValues>({
  form,
}: {
  form: UseFormReturn<Input, unknown, Output>;
}): ReactNode {
  const { errors } = useFormState({ control: form.control });
  const problem = errors.root?.['server'];
  if (problem?.message === undefined) return null;
  return <Banner tone="stopped">{problem.message}</Banner>;
}

const CONTROLS = 'input, select, textarea, button, [tabindex]';

/** Puts the focus on the first field to mend. Fields make themselves known in another order than they stand in. */
function FirstToMend<Input extends FieldValues, Output extends FieldValues>({
  form,
  element,
}: {
  form: UseFormReturn<Input, unknown, Output>;
  element: RefObject<HTMLFormElement | null>;
}): ReactNode {
  const { submitCount } = useFormState({ control: form.control });
  useEffect(() => {
    if (submitCount === 0) return;
    const wrong = element.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    const control = wrong?.matches(CONTROLS) ? wrong : wrong?.querySelector<HTMLElement>(CONTROLS);
    control?.focus();
  }, [submitCount, element]);
  return null;
}

interface FormFieldProps<
  Input extends FieldValues,
  Output extends FieldValues,
  Name extends FieldPath<Input>,
> {
  form: UseFormReturn<Input, unknown, Output>;
  name: Name;
  label: ReactNode;
  hint?: ReactNode;
  isRequired?: boolean;
  isLabelHidden?: boolean;
  /** The control is a set of controls, such as radio buttons, and the label names the set. */
  isGroup?: boolean;
  className?: string;
  children: (control: ControllerRenderProps<Input, Name>) => ReactElement;
}

/**
 * One labelled value of a form.
 *
 * @example
 * <FormField form={form} name="title" label={t('title')} isRequired>
 *   {(control) => <Input {...control} />}
 * </FormField>
 */
export function FormField<
  Input extends FieldValues,
  Output extends FieldValues,
  Name extends FieldPath<Input>,
>({
  form,
  name,
  isGroup = false,
  isLabelHidden = false,
  children,
  ...field
}: FormFieldProps<Input, Output, Name>): ReactNode {
  return (
    <Controller
      control={form.control}
      name={name}
      render={({ field: control, fieldState }) => {
        const error = fieldState.error?.message;
        return isGroup ? (
          <FieldGroup {...field} isLegendHidden={isLabelHidden} error={error}>
            {children(control)}
          </FieldGroup>
        ) : (
          <Field {...field} isLabelHidden={isLabelHidden} error={error}>
            {children(control)}
          </Field>
        );
      }}
    />
  );
}

/** The button that sends the form; busy while it is being sent, or a file of it is still on its way. */
export function SubmitButton<Input extends FieldValues, Output extends FieldValues>({
  form,
  ...rest
}: Omit<ButtonProps, 'form'> & { form: UseFormReturn<Input, unknown, Output> }): ReactNode {
  const { isSubmitting } = useFormState({ control: form.control });
  const isUploading = useIsUploading();
  return (
    <Button type="submit" variant="primary" isPending={isSubmitting || isUploading} {...rest} />
  );
}
