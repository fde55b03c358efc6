import * as z from 'zod/mini';

export const categoriesSearch = z.object({
  /** The category whose panel is open. */
  category: z.catch(z.optional(z.string().check(z.regex(/^[0-9a-f-]{36}$/))), undefined),
  /** Whether archived categories are shown. */
  archived: z.catch(z.optional(z.literal(true)), undefined),
});

export type CategoriesSearch = z.infer<typeof categoriesSearch>;
export type CategoriesPatch = {
  [Key in keyof CategoriesSearch]?: CategoriesSearch[Key] | undefined;
};
