// What the map's modules hand to each other.

type MapLook = ReturnType<typeof import("./drawing.js").mapLook>;
