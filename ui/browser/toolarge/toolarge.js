// @ts-check
// The sentence on a file that is larger than a box takes.

const MEGABYTE = 2 ** 20; // as Streamlit counts

// What is wrong with the largest of these files; "" if nothing is.
/** @param {File[]} files @param {TooLargeData} data @returns {string} */
export function sentenceOn(files, { limit, advice }) {
  const [largest] = files.sort((one, other) => other.size - one.size);
  if (!largest || largest.size <= limit * MEGABYTE) return "";
  return `${largest.name}: is larger than the ${limit} MB that are read here, ${advice}.`;
}
