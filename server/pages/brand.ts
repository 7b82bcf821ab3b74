import type { Profile } from '../profiles/profile.js';

/** A wallet's name, logo and colours, as every page shows them. @param assets the path of the assets */
export function brandModel({ source: { brand } }: Profile, assets: string) {
  return {
    name: brand.name,
    mark: brand.mark === undefined ? null : `${assets}/${brand.mark}`,
    /** The style sheet with its colours. */
    colors: `${assets}/colors/${brand.color.slice(1)}-${brand.colorDark.slice(1)}.css`,
  };
}
