// Pages of the peers for the checks of every page.
export const inside = ['/peers', '/peers/pairs', '/peers/new'];
