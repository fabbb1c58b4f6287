// @ts-check
// What a picture of a unit's weights is made of.

// Of a hidden layer, from 1 on; nothing of the first, whose pictures lie as the images do.
/** @param {number} layer */
export const squares = (layer) => (layer > 1 ? ` (a square for each unit of layer ${layer - 1}, row by row)` : "");
