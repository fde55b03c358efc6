/** A place for a value; the server knows it by this form, which no escaping changes. */
export const mark = (name: string): string => `KV-${name}-VK`;

/** The same place in every language. */
export const marks = (name: string): { en: string; ru: string; kk: string } => ({
  en: mark(name),
  ru: mark(name),
  kk: mark(name),
});
