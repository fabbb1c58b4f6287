// What the lottery's modules hand to each other.

interface LotteryBox {
  x: number;
  y: number;
  width: number;
  height: number;
}

interface Ticket {
  x: number;
  y: number;
  group: number;
}

interface TicketHeading {
  words: string;
  x: number;
  y: number;
}

type LotteryPlaces = ReturnType<typeof import("./places.js").placesOf>;

type LotteryLook = ReturnType<typeof import("./drawing.js").lookOf>;

type Sheet = ReturnType<typeof import("./drawing.js").sheetOf>;

/** Starts by their place on the wall; the bar they were found by, or −1. */
interface LotteryFound {
  starts: number[];
  bar: number;
}

interface LotteryDrawn {
  lottery: LotteryMessage;
  heights: Uint16Array;
  places: LotteryPlaces;
  look: LotteryLook;
  sheet: Sheet;
}
