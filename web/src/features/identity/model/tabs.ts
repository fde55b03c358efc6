/** The parts of the sign-in page, as they stand in its URL. */
export const SIGN_IN_TABS = ['sign-in', 'register', 'reset'] as const;

export type SignInTab = (typeof SIGN_IN_TABS)[number];
