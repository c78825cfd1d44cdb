package chambers

// The tables below hold what is known for certain. A country or a year that is missing tells nothing. Source: the
// database Parline of the Inter-Parliamentary Union, and the constitutions of the countries.

// unicameral has the elections, by years, of countries that elect a parliament of one house.
var unicameral = map[string][]span{
	"ALB": {{1991, 0}}, "AND": {{1993, 0}}, "AGO": {{1992, 0}}, "ARM": {{1995, 0}}, "AZE": {{1995, 0}}, "BEN": {{1991, 0}},
	"BFA": {{2002, 2021}}, "BGD": {{1973, 2024}}, "BGR": {{1990, 0}}, "BWA": {{1965, 0}}, "CPV": {{1991, 0}},
	"CHN": {{1954, 0}}, "COM": {{2004, 2017}}, "CRI": {{1953, 0}}, "CUB": {{1976, 0}}, "CYP": {{1976, 0}},
	"CMR": {{1973, 2007}}, "CAF": {{1993, 2021}}, "TCD": {{1997, 2011}}, "DJI": {{1982, 0}}, "DMA": {{1980, 0}},
	"DNK": {{1954, 0}}, "DZA": {{1977, 1991}}, "ECU": {{1979, 0}}, "EST": {{1992, 0}}, "FIN": {{1907, 0}},
	"FJI": {{2014, 0}}, "FSM": {{1979, 0}}, "GEO": {{1995, 0}}, "GHA": {{1992, 0}}, "GMB": {{1997, 0}}, "GNB": {{1994, 0}},
	"GRC": {{1936, 0}}, "GTM": {{1945, 0}}, "GUY": {{1964, 0}}, "HND": {{1957, 0}}, "HRV": {{2003, 0}}, "HUN": {{1945, 0}},
	"IRN": {{1980, 0}}, "IRQ": {{2005, 0}}, "ISL": {{1991, 0}}, "ISR": {{1949, 0}}, "KEN": {{1969, 2007}},
	"KIR": {{1979, 0}}, "KNA": {{1984, 0}}, "KOR": {{1963, 0}}, "PRK": {{1948, 0}}, "KWT": {{1963, 0}}, "KGZ": {{2005, 0}},
	"LAO": {{1989, 0}}, "LVA": {{1922, 1931}, {1993, 0}}, "LBN": {{1943, 0}}, "LIE": {{1922, 0}}, "LKA": {{1977, 0}},
	"LTU": {{1992, 0}}, "LUX": {{1919, 0}}, "MKD": {{1991, 0}}, "MLT": {{1947, 0}}, "MLI": {{1992, 2020}},
	"MUS": {{1967, 0}}, "MDA": {{1994, 0}}, "MCO": {{1911, 0}}, "MNG": {{1992, 0}}, "MNE": {{1992, 0}}, "MOZ": {{1994, 0}},
	"MRT": {{2018, 0}}, "MWI": {{1994, 0}}, "MAR": {{1970, 1993}}, "MHL": {{1979, 0}}, "MDV": {{2009, 0}},
	"NER": {{1993, 2020}}, "NIC": {{1984, 0}}, "NOR": {{2009, 0}}, "NRU": {{1968, 0}}, "NZL": {{1951, 0}},
	"PAN": {{1948, 0}}, "PER": {{1995, 2021}}, "PNG": {{1977, 0}}, "PRT": {{1976, 0}}, "PSE": {{1996, 0}},
	"SEN": {{2013, 0}}, "SGP": {{1968, 0}}, "SLB": {{1980, 0}}, "SLE": {{1996, 0}}, "SLV": {{1950, 0}}, "SMR": {{1945, 0}},
	"SRB": {{1990, 0}}, "STP": {{1991, 0}}, "SUR": {{1977, 0}}, "SVK": {{1994, 0}}, "SWE": {{1970, 0}}, "SYC": {{1993, 0}},
	"SYR": {{1973, 2024}}, "TGO": {{1994, 2023}}, "TLS": {{2001, 0}}, "TON": {{1975, 0}},
	"TUN": {{1959, 1999}, {2011, 2022}},
	"TUR": {{1923, 1960}, {1983, 0}}, "TUV": {{1978, 0}}, "TZA": {{1965, 0}}, "TWN": {{2008, 0}}, "UGA": {{1980, 0}},
	"UKR": {{1994, 0}}, "VCT": {{1979, 0}}, "VEN": {{2000, 0}}, "VNM": {{1976, 0}}, "VUT": {{1979, 0}}, "WSM": {{1964, 0}},
	"XKX": {{2001, 0}}, "ZMB": {{1968, 0}}, "ZWE": {{1990, 2004}},
}

// lowerAlone has the elections, by years, of countries whose upper house no general election of parliament elects.
var lowerAlone = map[string][]span{
	"AUT": {{1945, 0}}, "BEL": {{2014, 0}}, "BHS": {{1973, 0}}, "BLZ": {{1984, 0}}, "BRB": {{1966, 0}}, "CAN": {{1867, 0}},
	"CZE": {{1998, 0}}, "DEU": {{1949, 0}}, "DZA": {{1997, 0}}, "ETH": {{1995, 0}}, "FRA": {{1958, 0}}, "GBR": {{1802, 0}},
	"GRD": {{1976, 0}}, "IND": {{1951, 0}}, "IRL": {{1938, 0}}, "JAM": {{1962, 0}}, "JOR": {{1989, 0}}, "JPN": {{1947, 0}},
	"KHM": {{2003, 0}}, "LCA": {{1979, 0}}, "LSO": {{1993, 0}}, "MAR": {{1997, 0}}, "MYS": {{1959, 0}}, "NLD": {{1848, 0}},
	"PAK": {{1973, 0}}, "RUS": {{1995, 0}}, "TTO": {{1961, 0}}, "ATG": {{1981, 0}},
}

// housesOfRepresentatives are the countries whose House of Representatives is the lower of two houses.
var housesOfRepresentatives = []string{
	"ATG", "AUS", "BLR", "BLZ", "GRD", "JAM", "JPN", "LBR", "MAR", "NGA", "NLD", "PHL", "TTO", "USA", "JOR",
}

// chambersOfDeputies are the countries whose Chamber of Deputies is the lower of two houses.
var chambersOfDeputies = []string{
	"ARG", "BOL", "BRA", "CHL", "CZE", "DOM", "HTI", "ITA", "MEX", "PRY", "ROU", "RWA",
}

// lowerNationalAssemblies has the years in which a National Assembly is the lower of two houses.
var lowerNationalAssemblies = map[string][]span{
	"FRA": {{1958, 0}}, "PAK": {{1973, 0}}, "KEN": {{2013, 0}}, "ZAF": {{1994, 0}}, "LSO": {{1993, 0}}, "KHM": {{2003, 0}},
	"DZA": {{1997, 0}}, "COD": {{2006, 0}}, "NAM": {{1992, 0}}, "BTN": {{2008, 0}}, "CMR": {{2013, 0}}, "CIV": {{2018, 0}},
}

// lowerNationalCouncils and upperNationalCouncils have the years in which a National Council is one of two houses.
var (
	lowerNationalCouncils = map[string][]span{"AUT": {{1920, 0}}, "CHE": {{1848, 0}}}
	upperNationalCouncils = map[string][]span{"NAM": {{1992, 0}}, "BTN": {{2007, 0}}, "SVN": {{1992, 0}}}
)

// lowerHousesOfAssembly has the years in which a House of Assembly is the lower of two houses.
var lowerHousesOfAssembly = map[string][]span{"BRB": {{1966, 0}}, "BHS": {{1973, 0}}}

// unicameralParts has the years in which the parts of a country that have parliaments have such of one house.
var unicameralParts = map[string][]span{
	"AUT": {{1945, 0}}, "BEL": {{1995, 0}}, "ESP": {{1980, 0}}, "MYS": {{1959, 0}},
}

// unicameralStates are the states of India that have one house.
var unicameralStates = []string{
	"Arunachal Pradesh", "Assam", "Chhattisgarh", "Delhi", "Goa", "Gujarat", "Haryana", "Himachal Pradesh", "Jharkhand",
	"Kerala", "Madhya Pradesh", "Manipur", "Meghalaya", "Mizoram", "Nagaland", "Odisha", "Puducherry", "Punjab",
	"Rajasthan", "Sikkim", "Tamil Nadu", "Tripura", "Uttarakhand", "West Bengal",
}
