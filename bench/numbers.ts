/** Far enough apart that no round makes what another made. */
const PER_ROUND = 300_000;
let rounds = 0;

/** The number of the first request of a next round. */
export const numbersOfRound = (): number => PER_ROUND * rounds++;
