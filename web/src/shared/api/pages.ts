const PAGE_SIZE = 100;

interface PageOf<Item> {
  items: Item[];
  pages: number;
}

/** Every row of a list, page by page: what an export writes. */
export async function readAllPages<Item>(
  read: (place: { page: number; size: number }) => Promise<PageOf<Item>>,
): Promise<Item[]> {
  const rows: Item[] = [];
  for (let page = 1, pages = 1; page <= pages; page += 1) {
    const found = await read({ page, size: PAGE_SIZE });
    rows.push(...found.items);
    pages = found.pages;
  }
  return rows;
}
