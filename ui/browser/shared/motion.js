// @ts-check
// Whether anything may move that the reader did not start.

export const motionIsWelcome = () => !matchMedia("(prefers-reduced-motion: reduce)").matches;
