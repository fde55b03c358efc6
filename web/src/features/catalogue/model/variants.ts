/** What is known of a variant when one is chosen. */
export interface Choosable {
  id: string;
  options: Readonly<Record<string, string>>;
  available: string | number;
}

/** A value of an option: whether it goes with what else is chosen, and can be had so. */
export interface OptionValue {
  value: string;
  isChosen: boolean;
  isOffered: boolean;
  isAvailable: boolean;
}

/** How the values of one option stand, given the variant that is chosen. */
export function valuesOf(
  axis: { name: string; values: readonly string[] },
  variants: readonly Choosable[],
  chosen: Choosable | undefined,
): OptionValue[] {
  return axis.values
    .filter((value) => variants.some((one) => one.options[axis.name] === value))
    .map((value) => {
      const matching = variants.filter(
        (one) => one.options[axis.name] === value && agrees(one, chosen, axis.name),
      );
      return {
        value,
        isChosen: chosen?.options[axis.name] === value,
        isOffered: matching.length > 0,
        isAvailable: matching.some((one) => Number(one.available) > 0),
      };
    });
}

/** The variant with another value of one option: with all else as it was where there is one, else the nearest. */
export function withValue<Variant extends Choosable>(
  variants: readonly Variant[],
  chosen: Variant | undefined,
  axis: string,
  value: string,
): Variant | undefined {
  const offered = variants.filter((one) => one.options[axis] === value);
  const likeness = (one: Variant): number =>
    Object.entries(chosen?.options ?? {}).filter(([name, kept]) => one.options[name] === kept)
      .length;
  return offered.reduce<Variant | undefined>((best, one) => {
    if (best === undefined) return one;
    const nearer = likeness(one) - likeness(best);
    const had = Number(Number(one.available) > 0) - Number(Number(best.available) > 0);
    return nearer > 0 || (nearer === 0 && had > 0) ? one : best;
  }, undefined);
}

function agrees(one: Choosable, chosen: Choosable | undefined, except: string): boolean {
  return Object.entries(chosen?.options ?? {}).every(
    ([name, value]) => name === except || one.options[name] === value,
  );
}
