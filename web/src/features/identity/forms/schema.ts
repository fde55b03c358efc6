import * as z from 'zod';

export const PASSWORD_LENGTH_MIN = 10;
const PASSWORD_LENGTH_MAX = 200;

const email = z.string().trim().min(1).pipe(z.email());
const newPassword = z.string().min(PASSWORD_LENGTH_MIN).max(PASSWORD_LENGTH_MAX);

export const signInSchema = z.object({ email, password: z.string().min(1) });

/** What somebody who registers comes for; the server makes the organisation and its profiles accordingly. */
export const REGISTRATION_ROLES = ['buyer', 'vendor', 'viewer', 'customer', 'seller'] as const;

export const registerSchema = z.object({
  display_name: z.string().trim().min(1).max(200),
  organisation_name: z.string().trim().min(1).max(200),
  email,
  password: newPassword,
  role: z.enum(REGISTRATION_ROLES),
});

export const oauthRegistrationSchema = z.object({
  organisation_name: z.string().trim().min(1).max(200),
  role: z.enum(REGISTRATION_ROLES),
});

export const resetRequestSchema = z.object({ email });
export const resetCodeSchema = z.object({
  code: z
    .string()
    .transform((code) => code.replace(/\s/g, ''))
    .pipe(z.string().regex(/^\d{6}$/)),
});
export const resetPasswordSchema = z.object({ password: newPassword });
