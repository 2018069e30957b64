// A map of the world of one tile a country, the Pacific in the middle. Places follow the countries' middles, moved apart by a least-cost assignment
// (reckoned once, for these rows); ISO 3166-1 codes, two letters a tile.
const rows = `
IS .. .. .. NO .. SE LV EE FI .. .. .. .. .. .. RU .. .. .. .. .. .. .. .. .. .. .. ..
.. IE GB NL DK DE CZ PL LT BY .. .. .. .. .. .. .. .. .. .. .. .. .. CA .. .. .. .. ..
.. .. BE LU LI AT SI HU SK MD UA .. .. .. KZ .. .. MN .. .. .. .. .. .. .. .. .. .. ..
.. .. FR MC CH SM HR BA RS RO .. GE .. .. UZ .. .. .. .. .. .. .. .. .. .. .. .. .. ..
.. PT ES AD IT VA ME AL MK BG TR AM AZ TM TJ KG .. .. .. KP .. .. .. US .. .. .. .. ..
.. .. .. .. TN MT .. GR .. CY LB SY IQ IR AF .. .. CN .. KR JP .. .. .. .. .. .. .. ..
.. .. MA DZ .. .. LY .. .. IL PS JO KW BH PK NP BT .. .. .. .. .. .. .. .. BS .. .. ..
.. .. .. .. .. .. .. .. .. EG .. SA QA AE .. IN BD MO HK TW .. .. .. MX .. CU HT .. ..
CV MR ML .. NE .. .. .. .. SD .. .. YE OM .. .. MM LA .. .. .. .. .. .. BZ JM DO KN AG
GM SN GN BF .. .. TD .. .. .. .. ER .. .. .. .. TH VN .. .. .. .. .. GT SV HN DM VC LC
GW SL GH BJ NG .. .. .. .. .. .. ET DJ .. .. .. .. KH PH .. .. .. .. .. NI CR GD TT BB
.. LR CI TG .. CM .. CF .. SS .. .. SO .. .. LK .. MY BN PW FM MH .. .. .. PA VE GY SR
.. .. .. ST GQ GA CG .. .. RW UG KE .. .. MV .. .. SG .. .. .. NR KI .. .. EC CO .. ..
.. .. .. .. .. .. .. CD .. BI TZ .. .. SC .. .. .. .. ID TL PG SB TV .. .. .. .. .. ..
.. .. .. .. .. .. AO .. ZM .. MW KM .. .. .. .. .. .. .. .. .. VU WS .. .. PE .. .. BR
.. .. .. .. .. .. NA .. BW ZW MZ .. MG MU .. .. .. .. .. .. .. FJ TO .. .. .. BO .. PY
.. .. .. .. .. .. .. .. ZA LS SZ .. .. .. .. .. .. .. .. AU .. .. .. .. .. .. CL .. UY
.. .. .. .. .. .. .. .. .. .. .. .. .. .. .. .. .. .. .. .. .. NZ .. .. .. .. AR .. ..
`;
export const tiles = rows.trim().split('\n').flatMap((line, row) => line.split(' ').map((country, column) => ({ country, row, column }))).filter(one => one.country !== '..');
export const tile_columns = 1 + Math.max(...tiles.map(one => one.column)), tile_rows = 1 + Math.max(...tiles.map(one => one.row));
