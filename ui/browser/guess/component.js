// @ts-check
import { putInAddress } from "../shared/address.js";

/** @param {Component<AddressPart>} component */
export default function ({ data }) {
  putInAddress(data);
}
