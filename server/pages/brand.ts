import type { Profile } from '../profiles/profile.js';
import { pictureFile } from './asset-links.js';

/** A wallet's name, logo and colours, as every page shows them. @param assets the path of the assets */
export function brandModel({ source: { brand } }: Profile, assets: string) {
  return {
    name: brand.name,
    mark: brand.mark === undefined ? null : `${assets}/${pictureFile(brand.mark)}`,
    /** The styles with its colours. They are in the page, because a style sheet of their own would cost a request. */
    colors: `:root{--wallet-color:${brand.color};--wallet-color-dark:${brand.colorDark}}`,
  };
}
