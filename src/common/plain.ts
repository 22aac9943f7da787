/** The fields of a described output without its class: what views build, and may build upon. */
export type Plain<T> = Pick<T, keyof T>;
