// What the parts of a page tell each other.

// The wall shows another moment of training: null for the last one, else its epoch and, where there
// is a digit on the paper, the probabilities with which the network of then read it.
export const MOMENT = "glassbox-moment";

// There is something else on the pad's paper.
export const PAPER = "glassbox-paper";

export function tell(name, detail = null) {
  document.dispatchEvent(new CustomEvent(name, { detail }));
}
