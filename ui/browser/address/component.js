// @ts-check
import { unlessOvertaken } from "../shared/part.js";

// Streamlit calls this when the component appears, and when its data change.
/** @param {Component<AddressData>} component */
export default function ({ parentElement, data }) {
  return unlessOvertaken(parentElement, () => {
    const address = new URL(location.href), { searchParams } = address;
    for (const [name, value] of Object.entries(data.said)) {
      const [first, ...others] = [value].flat();
      if (first) searchParams.set(name, first);
      else searchParams.delete(name);
      for (const other of others) searchParams.append(name, other);
    }
    if (address.href !== location.href) history.replaceState(history.state, "", address);
  });
}
