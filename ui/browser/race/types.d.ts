// What the race's modules hand to each other.

type Race = import("./race.js").Race;
