// zod/mini: the sign-in page is public, and full zod alone would be a tenth of what it may weigh.
import i18next from 'i18next';
import * as z from 'zod/mini';

export const PASSWORD_LENGTH_MIN = 10;
const PASSWORD_LENGTH_MAX = 200;

const email = z.pipe(z.string().check(z.trim(), z.minLength(1)), z.email());
const newPassword = z
  .string()
  .check(z.minLength(PASSWORD_LENGTH_MIN), z.maxLength(PASSWORD_LENGTH_MAX));

export const signInSchema = z.object({ email, password: z.string().check(z.minLength(1)) });

/** What somebody who registers comes for; the server makes the organisation and its profiles accordingly. */
export const REGISTRATION_ROLES = ['buyer', 'vendor', 'viewer', 'customer', 'seller'] as const;

/** A retail customer trades for themselves; everybody else acts for an organisation, which has a name. */
export function needsOrganisation(role: string): boolean {
  return role !== 'customer';
}

const name = z.string().check(z.trim(), z.minLength(1), z.maxLength(100));
const organisation = z.string().check(z.trim(), z.maxLength(200));

function hasOrganisation(values: { role: string; organisation_name: string }): boolean {
  return !needsOrganisation(values.role) || values.organisation_name !== '';
}

const ORGANISATION_MISSING = {
  path: ['organisation_name'],
  error: () => i18next.t('required', { ns: 'validation' }),
};

export const registerSchema = z
  .object({
    display_name: name,
    organisation_name: organisation,
    email,
    password: newPassword,
    role: z.enum(REGISTRATION_ROLES),
  })
  .check(z.refine(hasOrganisation, ORGANISATION_MISSING));

export const oauthRegistrationSchema = z
  .object({
    display_name: name,
    email,
    organisation_name: organisation,
    role: z.enum(REGISTRATION_ROLES),
  })
  .check(z.refine(hasOrganisation, ORGANISATION_MISSING));

export const resetRequestSchema = z.object({ email });
export const resetCodeSchema = z.object({
  code: z.pipe(
    z.pipe(
      z.string(),
      z.transform((code: string) => code.replace(/\s/g, '')),
    ),
    z.string().check(z.regex(/^\d{6}$/)),
  ),
});
export const resetPasswordSchema = z.object({ password: newPassword });
