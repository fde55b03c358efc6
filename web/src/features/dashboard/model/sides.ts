export interface Sides {
  buys: boolean;
  sells: boolean;
}

/** On which sides an organisation trades; one that has not said so yet sees both. */
export function sidesOf(organisation: Sides | undefined): Sides {
  const { buys = false, sells = false } = organisation ?? {};
  return buys || sells ? { buys, sells } : { buys: true, sells: true };
}
