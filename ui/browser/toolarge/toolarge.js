// @ts-check
// The sentence on a file that is larger than a box takes.

const MEGABYTE = 2 ** 20; // as Streamlit counts

// What is wrong with the largest of these files; "" if nothing is.
/** @param {File[]} files @param {TooLargeData} data @returns {string} */
export function sentenceOn(files, { limit, advice }) {
  const [largest] = files.sort((one, other) => other.size - one.size);
  if (!largest || largest.size <= limit * MEGABYTE) return "";
  const size = largest.size / MEGABYTE;
  const said = size < limit + 1 ? Math.ceil(10 * size) / 10 : Math.round(size);
  return `${largest.name}: has ${said.toLocaleString("en")} MB: expected at most ${limit} MB, ${advice}.`;
}
