import type { Address } from '../../document/address';

/**
 * An address on its way from where it was pasted to the form it fills. It may hold a password, so it
 * goes neither into the page's address nor into the history of the browser.
 */
let waiting: Address | undefined;

export function handOver(address: Address) {
  waiting = address;
}

/** The address for a form of this kind. Reading it twice gives the same; `takeUp` ends it. */
export function handedOver(type: string): Address | undefined {
  return waiting?.type === type ? waiting : undefined;
}

export function takeUp() {
  waiting = undefined;
}
