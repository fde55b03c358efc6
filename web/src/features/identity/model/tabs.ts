/** The parts of the sign-in page, as they stand in its URL. */
export const SIGN_IN_TABS = ['sign-in', 'register', 'reset'] as const;

export type SignInTab = (typeof SIGN_IN_TABS)[number];

/** What a link to the registration may choose beforehand: whoever wants to sell need not say so twice. */
export const OFFERED_ROLES = ['buyer', 'vendor'] as const;

export type OfferedRole = (typeof OFFERED_ROLES)[number];
