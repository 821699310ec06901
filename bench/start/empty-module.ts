/** An empty module. */
export {};
