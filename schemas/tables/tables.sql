-- Made from schemas/tables by `just schemas`; schema version 2.0.

CREATE TABLE elections (
    election_id VARCHAR NOT NULL,
    wiki VARCHAR,
    lang VARCHAR,
    page_title VARCHAR,
    title_basis VARCHAR CHECK (title_basis IN ('page', 'box', 'file_name')),
    page_id BIGINT,
    page_url VARCHAR,
    revision_id BIGINT,
    revision_timestamp TIMESTAMP WITH TIME ZONE,
    wikidata_qid VARCHAR,
    box INTEGER NOT NULL CHECK (box >= 1),
    parent_box INTEGER CHECK (parent_box < box),
    template VARCHAR,
    event_id VARCHAR NOT NULL,
    is_wrapper BOOLEAN NOT NULL,
    full_name VARCHAR,
    election_name VARCHAR,
    country VARCHAR,
    election_type VARCHAR,
    country_code VARCHAR,
    country_code_basis VARCHAR CHECK (country_code_basis IN ('label', 'phrase', 'title', 'template', 'outer_box')),
    subdivision VARCHAR,
    subdivision_basis VARCHAR CHECK (subdivision_basis IN ('label', 'phrase', 'title', 'template', 'outer_box')),
    level VARCHAR CHECK (level IN ('national', 'subnational', 'local', 'supranational')),
    level_basis VARCHAR CHECK (level_basis IN ('label', 'phrase', 'title', 'template', 'outer_box')),
    chamber_type VARCHAR CHECK (chamber_type IN ('lower', 'upper', 'unicameral', 'executive')),
    chamber_type_basis VARCHAR CHECK (chamber_type_basis IN ('label', 'phrase', 'title', 'template', 'outer_box')),
    election_kind VARCHAR CHECK (election_kind IN ('legislative', 'presidential', 'gubernatorial', 'mayoral', 'other_executive', 'judicial', 'local', 'general', 'by-election', 'primary', 'leadership', 'recall', 'referendum')),
    election_kind_basis VARCHAR CHECK (election_kind_basis IN ('label', 'phrase', 'title', 'template', 'outer_box')),
    status VARCHAR CHECK (status IN ('ongoing', 'future', 'completed')),
    election_date DATE,
    election_date_end DATE CHECK (election_date_end >= election_date),
    election_date_raw VARCHAR,
    election_year INTEGER,
    seats_total INTEGER CHECK (seats_total >= 0),
    seats_contested INTEGER CHECK (seats_contested >= 0),
    seats_raw VARCHAR,
    seats_basis VARCHAR CHECK (seats_basis IN ('won', 'held_after')),
    chamber VARCHAR,
    chamber_page VARCHAR,
    majority_seats INTEGER CHECK (majority_seats >= 0),
    registered_voters BIGINT CHECK (registered_voters >= 0),
    votes_cast BIGINT CHECK (votes_cast >= 0),
    turnout_pct DECIMAL(7,4),
    turnout_change_pp DECIMAL(7,4),
    previous_election VARCHAR,
    previous_page VARCHAR,
    next_election VARCHAR,
    next_page VARCHAR,
    contender_count INTEGER NOT NULL CHECK (contender_count >= 0),
    seats_sum BIGINT CHECK (seats_sum >= 0),
    vote_pct_sum DECIMAL(7,4),
    checks_passed VARCHAR[] NOT NULL,
    checks_skipped VARCHAR[] NOT NULL,
    check_remarks VARCHAR[] NOT NULL,
    source_uri VARCHAR NOT NULL,
    source_sha256 VARCHAR NOT NULL,
    PRIMARY KEY (election_id)
);
COMMENT ON TABLE elections IS 'A row is one election infobox. Primary key: election_id. Source: Wikipedia, https://www.wikipedia.org/; the page and revision of each election stand in elections.page_url and elections.revision_id. Licence: CC BY-SA 4.0, https://creativecommons.org/licenses/by-sa/4.0/; text by the contributors of each page, see its history.';
COMMENT ON COLUMN elections.election_id IS 'identity of the box: <wiki>:<page id>#<box>, or <wiki or local>:<page title>#<box> where the source gives no page id';
COMMENT ON COLUMN elections.wiki IS 'the wiki''s database name, such as enwiki';
COMMENT ON COLUMN elections.lang IS 'language code of the page';
COMMENT ON COLUMN elections.page_title IS 'title of the page';
COMMENT ON COLUMN elections.title_basis IS 'where the title is from: page (the page itself, or the export or answer that holds it), box, or file_name, where a page that says no title is in a file that is named as one';
COMMENT ON COLUMN elections.page_id IS 'the wiki''s number of the page; it survives a move';
COMMENT ON COLUMN elections.page_url IS 'address of the page';
COMMENT ON COLUMN elections.revision_id IS 'the wiki''s number of the revision that was read';
COMMENT ON COLUMN elections.revision_timestamp IS 'when that revision was saved, an instant';
COMMENT ON COLUMN elections.wikidata_qid IS 'the page''s item in Wikidata';
COMMENT ON COLUMN elections.box IS 'number of the box on its page, from 1, in the order in which boxes open';
COMMENT ON COLUMN elections.parent_box IS 'number of the box that this one stands in; NULL for an outer box';
COMMENT ON COLUMN elections.template IS 'the box''s template after redirects; NULL where the form does not name it';
COMMENT ON COLUMN elections.event_id IS 'what the boxes of one page have in common: election_id without the number of the box';
COMMENT ON COLUMN elections.is_wrapper IS 'true for a box that other boxes stand in and that has no contenders of its own; count elections without it';
COMMENT ON COLUMN elections.full_name IS 'a name that tells the box from the others of its page: the page''s title, then what the box is named, its chamber or its number; the box''s own name, else the title, where the page has one box';
COMMENT ON COLUMN elections.election_name IS 'name given in the box; NULL where the box leaves it to the page''s title';
COMMENT ON COLUMN elections.country IS 'what the box shows as the flag''s label: a country, a state or a city';
COMMENT ON COLUMN elections.election_type IS 'type as the box writes it: presidential, parliamentary, …';
COMMENT ON COLUMN elections.country_code IS 'ISO 3166-1 alpha-3 code of the country or territory, XKX for Kosovo, the code of ISO 3166-3 for a state that is no more; NULL where it cannot be told';
COMMENT ON COLUMN elections.country_code_basis IS 'what country_code was taken from: label (that of the flag, of the type or the name in the box), phrase (on seats), title (of the page), template, or outer_box (the flag''s label there)';
COMMENT ON COLUMN elections.subdivision IS 'part of that country that votes or whose body is elected, such as a state or a province, in English';
COMMENT ON COLUMN elections.subdivision_basis IS 'what subdivision was taken from: label (that of the flag, of the type or the name in the box), phrase (on seats), title (of the page), template, or outer_box (the flag''s label there)';
COMMENT ON COLUMN elections.level IS 'level of the body that is elected, or of the people who vote in a referendum: national, subnational, local or supranational; NULL where it cannot be told, and in territories';
COMMENT ON COLUMN elections.level_basis IS 'what level was taken from: label (that of the flag, of the type or the name in the box), phrase (on seats), title (of the page), template, or outer_box (the flag''s label there)';
COMMENT ON COLUMN elections.chamber_type IS 'lower, upper or unicameral for a chamber, executive for a president, a governor, a mayor or another officer; NULL where it cannot be told, and for councils';
COMMENT ON COLUMN elections.chamber_type_basis IS 'what chamber_type was taken from: label (that of the flag, of the type or the name in the box), phrase (on seats), title (of the page), template, or outer_box (the flag''s label there)';
COMMENT ON COLUMN elections.election_kind IS 'legislative (also of an assembly that makes a constitution), presidential, gubernatorial, mayoral, other_executive, judicial, local (councils, also with mayors), general (of several bodies, in the box around theirs), by-election, primary, leadership, recall or referendum; NULL where it cannot be told';
COMMENT ON COLUMN elections.election_kind_basis IS 'what election_kind was taken from: label (that of the flag, of the type or the name in the box), phrase (on seats), title (of the page), template, or outer_box (the flag''s label there)';
COMMENT ON COLUMN elections.status IS 'ongoing, future or completed, where the box says so';
COMMENT ON COLUMN elections.election_date IS 'first day named; NULL where no full date is given';
COMMENT ON COLUMN elections.election_date_end IS 'last day named; the same where there is one';
COMMENT ON COLUMN elections.election_date_raw IS 'the date as the box shows it';
COMMENT ON COLUMN elections.election_year IS 'year of the first day, also where the date is partial';
COMMENT ON COLUMN elections.seats_total IS 'size of the chamber, in seats';
COMMENT ON COLUMN elections.seats_contested IS 'seats filled on the day';
COMMENT ON COLUMN elections.seats_raw IS 'the phrase on seats as the box shows it';
COMMENT ON COLUMN elections.seats_basis IS 'what results.seats are: won (on the day) or held_after (the election, seats of earlier elections among them); NULL where there are none, or where it cannot be told. In a chamber that is renewed as a whole both are the same seats';
COMMENT ON COLUMN elections.chamber IS 'chamber named in that phrase';
COMMENT ON COLUMN elections.chamber_page IS 'page that the name of that chamber links to';
COMMENT ON COLUMN elections.majority_seats IS 'seats needed for a majority, as stated, never computed';
COMMENT ON COLUMN elections.registered_voters IS 'people registered to vote; of several rounds, as turnout_pct';
COMMENT ON COLUMN elections.votes_cast IS 'votes cast, where the box counts them; of several rounds, as turnout_pct';
COMMENT ON COLUMN elections.turnout_pct IS 'turnout in percent; of several rounds, that of the last one of which the box gives it: rounds has each';
COMMENT ON COLUMN elections.turnout_change_pp IS 'change of turnout since the last election in percentage points; NULL where its sign cannot be told';
COMMENT ON COLUMN elections.previous_election IS 'label of the previous election: a year or a name';
COMMENT ON COLUMN elections.previous_page IS 'page of the previous election';
COMMENT ON COLUMN elections.next_election IS 'label of the next election: a year or a name';
COMMENT ON COLUMN elections.next_page IS 'page of the next election';
COMMENT ON COLUMN elections.contender_count IS 'rows of the box: contenders, and rows such as vacant seats, which results.kind tells apart';
COMMENT ON COLUMN elections.seats_sum IS 'sum of the contenders'' seats';
COMMENT ON COLUMN elections.vote_pct_sum IS 'sum of the contenders'' shares of votes in percent; NULL from 1,000 on';
COMMENT ON COLUMN elections.checks_passed IS 'the checks that found nothing to doubt, by ID, in the order of `hemicycle list checks`; those that doubt something are in findings';
COMMENT ON COLUMN elections.checks_skipped IS 'the checks that were not made, since the election does not give what they need; as checks_passed';
COMMENT ON COLUMN elections.check_remarks IS 'what these checks say in words, such as why one was skipped or a measure is absent, each behind its check: seat-total: the box does not say how many seats there are';
COMMENT ON COLUMN elections.source_uri IS 'where the document was found';
COMMENT ON COLUMN elections.source_sha256 IS 'SHA-256 of the document''s own bytes, in hexadecimal';

CREATE TABLE results (
    election_id VARCHAR NOT NULL,
    position INTEGER NOT NULL CHECK (position >= 1),
    kind VARCHAR NOT NULL CHECK (kind IN ('party', 'candidate', 'others', 'vacant', 'reserved', 'appointed', 'none_of_the_above', 'invalid')),
    name VARCHAR,
    page VARCHAR,
    party VARCHAR,
    party_page VARCHAR,
    leader VARCHAR,
    running_mate VARCHAR,
    alliance VARCHAR,
    alliance_page VARCHAR,
    heading VARCHAR,
    colour VARCHAR CHECK (regexp_full_match(colour, '#[0-9A-F]{6}')),
    round INTEGER CHECK (round >= 1),
    votes BIGINT CHECK (votes >= 0),
    vote_pct DECIMAL(7,4),
    swing_pp DECIMAL(7,4),
    previous_vote_pct DECIMAL(7,4),
    electoral_votes INTEGER CHECK (electoral_votes >= 0),
    seats INTEGER CHECK (seats >= 0),
    seats_won INTEGER CHECK (seats_won >= 0),
    seats_after INTEGER CHECK (seats_after >= 0),
    previous_seats INTEGER CHECK (previous_seats >= 0),
    seats_before INTEGER CHECK (seats_before >= 0),
    seat_change INTEGER,
    seat_change_stated INTEGER,
    is_new BOOLEAN,
    is_independent BOOLEAN NOT NULL,
    PRIMARY KEY (election_id, position)
);
COMMENT ON TABLE results IS 'A row is one contender of an election, a party or a candidate, or a row of the box that is none, such as vacant seats. Primary key: election_id, position. Source: Wikipedia, https://www.wikipedia.org/; the page and revision of each election stand in elections.page_url and elections.revision_id. Licence: CC BY-SA 4.0, https://creativecommons.org/licenses/by-sa/4.0/; text by the contributors of each page, see its history.';
COMMENT ON COLUMN results.election_id IS 'the election that the row belongs to: elections.election_id';
COMMENT ON COLUMN results.position IS 'the number in the contender''s keys, not a rank';
COMMENT ON COLUMN results.kind IS 'party or candidate; or, for a row that is no contender: others (whom the box does not name), vacant, reserved or appointed (seats), none_of_the_above or invalid (votes). Measures and ranks leave these rows out';
COMMENT ON COLUMN results.name IS 'the candidate''s name for a candidate, else the party''s';
COMMENT ON COLUMN results.page IS 'page that the name links to';
COMMENT ON COLUMN results.party IS 'the party''s name';
COMMENT ON COLUMN results.party_page IS 'page that the party''s name links to; that of the first party of a joint list, of which contender_parties has all';
COMMENT ON COLUMN results.leader IS 'leader of a party; contender_leaders has each of several';
COMMENT ON COLUMN results.running_mate IS 'running mate of a candidate';
COMMENT ON COLUMN results.alliance IS 'alliance that the contender stands in';
COMMENT ON COLUMN results.alliance_page IS 'page that the alliance''s name links to; NULL where it links to several';
COMMENT ON COLUMN results.heading IS 'heading of the box that the contender stands under';
COMMENT ON COLUMN results.colour IS '#RRGGBB, upper case';
COMMENT ON COLUMN results.round IS 'the round that votes and vote_pct are of: the decisive one, as far as the box gives its votes; round_results has the others. NULL where the box does not speak of rounds, or where the round of the votes cannot be told';
COMMENT ON COLUMN results.votes IS 'votes won; round says in which round';
COMMENT ON COLUMN results.vote_pct IS 'share of votes in percent, as stated; round says of which round';
COMMENT ON COLUMN results.swing_pp IS 'change of the share in percentage points; NULL where its sign cannot be told';
COMMENT ON COLUMN results.previous_vote_pct IS 'share of votes at the last election in percent, as the box states it beside the seats, else vote_pct − swing_pp; NULL for a new party';
COMMENT ON COLUMN results.electoral_votes IS 'electoral votes or delegates; they are no seats';
COMMENT ON COLUMN results.seats IS 'seats that the box gives: those won on the day, or, where it has only those, those held after the election; elections.seats_basis says which';
COMMENT ON COLUMN results.seats_won IS 'seats won on the day; NULL where the box gives only those held after the election';
COMMENT ON COLUMN results.seats_after IS 'seats held after the election, where the box gives them';
COMMENT ON COLUMN results.previous_seats IS 'seats won at the last election; NULL for a new party';
COMMENT ON COLUMN results.seats_before IS 'seats held when the chamber was dissolved';
COMMENT ON COLUMN results.seat_change IS 'seats − previous_seats where both are known and of the whole chamber, else the change that the box states, else seats held after the election − seats_before';
COMMENT ON COLUMN results.seat_change_stated IS 'the change in seats that the box states, also where seat_change is another; NULL where its sign cannot be told';
COMMENT ON COLUMN results.is_new IS 'the box says that the party is new; NULL where it does not speak of the last election';
COMMENT ON COLUMN results.is_independent IS 'the name is that of independents, not of a party';

CREATE TABLE contender_parties (
    election_id VARCHAR NOT NULL,
    position INTEGER NOT NULL CHECK (position >= 1),
    ordinal INTEGER NOT NULL CHECK (ordinal >= 1),
    name VARCHAR NOT NULL,
    page VARCHAR,
    page_key VARCHAR,
    page_basis VARCHAR CHECK (page_basis IN ('link', 'name'))
);
COMMENT ON TABLE contender_parties IS 'A row is a party of a contender: one row for most, several for a joint list of parties that the box links to; none for independents and for rows that are no contender. Key: election_id, position, ordinal (its uniqueness is proved by a query when the database is built). Source: Wikipedia, https://www.wikipedia.org/; the page and revision of each election stand in elections.page_url and elections.revision_id. Licence: CC BY-SA 4.0, https://creativecommons.org/licenses/by-sa/4.0/; text by the contributors of each page, see its history.';
COMMENT ON COLUMN contender_parties.election_id IS 'the election that the row belongs to: elections.election_id';
COMMENT ON COLUMN contender_parties.position IS 'the contender: results.position';
COMMENT ON COLUMN contender_parties.ordinal IS 'number of the party among those of the contender, from 1';
COMMENT ON COLUMN contender_parties.name IS 'the party as the box names it';
COMMENT ON COLUMN contender_parties.page IS 'page that the name leads to, as the box has it';
COMMENT ON COLUMN contender_parties.page_key IS 'what the page is known by in every box: <wiki>:<title>, as MediaWiki compares titles and with redirects followed to their end; NULL where page is';
COMMENT ON COLUMN contender_parties.page_basis IS 'link where the box links to the page, or name where its template makes a link of the bare name, which can be that of several; NULL where page is';

CREATE TABLE contender_leaders (
    election_id VARCHAR NOT NULL,
    position INTEGER NOT NULL CHECK (position >= 1),
    ordinal INTEGER NOT NULL CHECK (ordinal >= 1),
    name VARCHAR NOT NULL,
    page VARCHAR,
    page_key VARCHAR,
    page_basis VARCHAR CHECK (page_basis IN ('link', 'name'))
);
COMMENT ON TABLE contender_leaders IS 'A row is a leader of a contender: one row for most, several for leaders that the box names together. Key: election_id, position, ordinal (its uniqueness is proved by a query when the database is built). Source: Wikipedia, https://www.wikipedia.org/; the page and revision of each election stand in elections.page_url and elections.revision_id. Licence: CC BY-SA 4.0, https://creativecommons.org/licenses/by-sa/4.0/; text by the contributors of each page, see its history.';
COMMENT ON COLUMN contender_leaders.election_id IS 'the election that the row belongs to: elections.election_id';
COMMENT ON COLUMN contender_leaders.position IS 'the contender: results.position';
COMMENT ON COLUMN contender_leaders.ordinal IS 'number of the leader among those of the contender, from 1';
COMMENT ON COLUMN contender_leaders.name IS 'the leader as the box names it';
COMMENT ON COLUMN contender_leaders.page IS 'page that the name leads to, as the box has it';
COMMENT ON COLUMN contender_leaders.page_key IS 'what the page is known by in every box: <wiki>:<title>, as MediaWiki compares titles and with redirects followed to their end; NULL where page is';
COMMENT ON COLUMN contender_leaders.page_basis IS 'link where the box links to the page, or name where its template makes a link of the bare name, which can be that of several; NULL where page is';

CREATE TABLE rounds (
    election_id VARCHAR NOT NULL,
    round INTEGER NOT NULL CHECK (round >= 1),
    date DATE,
    date_end DATE CHECK (date_end >= date),
    turnout_pct DECIMAL(7,4),
    turnout_change_pp DECIMAL(7,4),
    registered_voters BIGINT CHECK (registered_voters >= 0),
    votes_cast BIGINT CHECK (votes_cast >= 0),
    field_ordinals INTEGER[] NOT NULL,
    PRIMARY KEY (election_id, round)
);
COMMENT ON TABLE rounds IS 'A row is one round of an election whose box speaks of several; phases and several days of voting in one round are no rounds. Primary key: election_id, round. Source: Wikipedia, https://www.wikipedia.org/; the page and revision of each election stand in elections.page_url and elections.revision_id. Licence: CC BY-SA 4.0, https://creativecommons.org/licenses/by-sa/4.0/; text by the contributors of each page, see its history.';
COMMENT ON COLUMN rounds.election_id IS 'the election that the row belongs to: elections.election_id';
COMMENT ON COLUMN rounds.round IS 'number of the round, from 1; a run-off is the one behind all that the box numbers, at least the second';
COMMENT ON COLUMN rounds.date IS 'first day of the round; NULL where no full date is given';
COMMENT ON COLUMN rounds.date_end IS 'last day of the round; the same where there is one';
COMMENT ON COLUMN rounds.turnout_pct IS 'turnout of the round in percent';
COMMENT ON COLUMN rounds.turnout_change_pp IS 'the change that stands beside that turnout, in percentage points; NULL where its sign cannot be told';
COMMENT ON COLUMN rounds.registered_voters IS 'people registered to vote in the round';
COMMENT ON COLUMN rounds.votes_cast IS 'votes cast in the round, where the box counts them';
COMMENT ON COLUMN rounds.field_ordinals IS 'the fields that it was read from: their numbers in fields.ordinal, ascending, such as [4, 9]';

CREATE TABLE round_results (
    election_id VARCHAR NOT NULL,
    round INTEGER NOT NULL CHECK (round >= 1),
    position INTEGER NOT NULL CHECK (position >= 1),
    votes BIGINT CHECK (votes >= 0),
    vote_pct DECIMAL(7,4),
    field_ordinals INTEGER[] NOT NULL,
    PRIMARY KEY (election_id, round, position)
);
COMMENT ON TABLE round_results IS 'A row is the votes of one contender in one round, of those whose round the box tells. Primary key: election_id, round, position. Source: Wikipedia, https://www.wikipedia.org/; the page and revision of each election stand in elections.page_url and elections.revision_id. Licence: CC BY-SA 4.0, https://creativecommons.org/licenses/by-sa/4.0/; text by the contributors of each page, see its history.';
COMMENT ON COLUMN round_results.election_id IS 'the election that the row belongs to: elections.election_id';
COMMENT ON COLUMN round_results.round IS 'the round: rounds.round';
COMMENT ON COLUMN round_results.position IS 'the contender: results.position';
COMMENT ON COLUMN round_results.votes IS 'votes won in the round';
COMMENT ON COLUMN round_results.vote_pct IS 'share of the votes of the round in percent, as stated';
COMMENT ON COLUMN round_results.field_ordinals IS 'the fields that it was read from: their numbers in fields.ordinal, ascending, such as [4, 9]';

CREATE TABLE offices (
    election_id VARCHAR NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal >= 1),
    office VARCHAR,
    before_name VARCHAR,
    before_party VARCHAR,
    after_name VARCHAR,
    after_party VARCHAR,
    before_page VARCHAR,
    before_party_page VARCHAR,
    after_page VARCHAR,
    after_party_page VARCHAR,
    PRIMARY KEY (election_id, ordinal)
);
COMMENT ON TABLE offices IS 'A row is an office before and after an election. Primary key: election_id, ordinal. Source: Wikipedia, https://www.wikipedia.org/; the page and revision of each election stand in elections.page_url and elections.revision_id. Licence: CC BY-SA 4.0, https://creativecommons.org/licenses/by-sa/4.0/; text by the contributors of each page, see its history.';
COMMENT ON COLUMN offices.election_id IS 'the election that the row belongs to: elections.election_id';
COMMENT ON COLUMN offices.ordinal IS 'number of the office in the box, from 1';
COMMENT ON COLUMN offices.office IS 'the office, such as Prime Minister';
COMMENT ON COLUMN offices.before_name IS 'who held it before the election';
COMMENT ON COLUMN offices.before_party IS 'that person''s party';
COMMENT ON COLUMN offices.after_name IS 'who held it after the election';
COMMENT ON COLUMN offices.after_party IS 'that person''s party';
COMMENT ON COLUMN offices.before_page IS 'page that the name of the one who held it before the election links to; NULL where it links to several';
COMMENT ON COLUMN offices.before_party_page IS 'page that the name of that person''s party links to; NULL where it links to several';
COMMENT ON COLUMN offices.after_page IS 'page that the name of the one who held it after the election links to; NULL where it links to several';
COMMENT ON COLUMN offices.after_party_page IS 'page that the name of that person''s party links to; NULL where it links to several';

CREATE TABLE claims (
    election_id VARCHAR NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal >= 1),
    subject VARCHAR NOT NULL,
    value VARCHAR NOT NULL,
    excerpt VARCHAR NOT NULL,
    line INTEGER,
    byte_offset BIGINT
);
COMMENT ON TABLE claims IS 'A row is a figure that the page''s prose states. Key: election_id, ordinal (its uniqueness is proved by a query when the database is built). Source: Wikipedia, https://www.wikipedia.org/; the page and revision of each election stand in elections.page_url and elections.revision_id. Licence: CC BY-SA 4.0, https://creativecommons.org/licenses/by-sa/4.0/; text by the contributors of each page, see its history.';
COMMENT ON COLUMN claims.election_id IS 'the election that the row belongs to: elections.election_id; the page''s first outer box';
COMMENT ON COLUMN claims.ordinal IS 'number of the claim on its page, from 1';
COMMENT ON COLUMN claims.subject IS 'what is claimed: seats, turnout_pct, election_date, parties_standing, candidates_standing, independent_candidates_standing';
COMMENT ON COLUMN claims.value IS 'the figure as a plain number or an ISO date';
COMMENT ON COLUMN claims.excerpt IS 'the sentence that says so, white space folded, shortened around the figure';
COMMENT ON COLUMN claims.line IS 'line of the figure in the document, from 1';
COMMENT ON COLUMN claims.byte_offset IS 'offset of the figure''s first byte in the document''s text, UTF-8';

CREATE TABLE findings (
    election_id VARCHAR NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal >= 1),
    check_id VARCHAR NOT NULL,
    status VARCHAR NOT NULL CHECK (status IN ('note', 'warn', 'error')),
    subject VARCHAR,
    expected VARCHAR,
    observed VARCHAR,
    message VARCHAR,
    field_ordinal INTEGER,
    line INTEGER,
    byte_offset BIGINT
);
COMMENT ON TABLE findings IS 'A row is one doubt of a check about one election; the checks that passed or were skipped are listed in elections.checks_passed and elections.checks_skipped. Key: election_id, ordinal (its uniqueness is proved by a query when the database is built). Source: Wikipedia, https://www.wikipedia.org/; the page and revision of each election stand in elections.page_url and elections.revision_id. Licence: CC BY-SA 4.0, https://creativecommons.org/licenses/by-sa/4.0/; text by the contributors of each page, see its history.';
COMMENT ON COLUMN findings.election_id IS 'the election that the row belongs to: elections.election_id';
COMMENT ON COLUMN findings.ordinal IS 'number of the finding in its election, from 1; checks that passed or were skipped count too, so that there are gaps';
COMMENT ON COLUMN findings.check_id IS 'the check: an ID of `hemicycle list checks`';
COMMENT ON COLUMN findings.status IS 'note (worth knowing), warn (an editor should look at it) or error (it cannot be true)';
COMMENT ON COLUMN findings.subject IS 'what is doubted, by name and position, such as seats/2';
COMMENT ON COLUMN findings.expected IS 'what the check expected';
COMMENT ON COLUMN findings.observed IS 'what it found';
COMMENT ON COLUMN findings.message IS 'the finding in words';
COMMENT ON COLUMN findings.field_ordinal IS 'the field that it is about: fields.ordinal';
COMMENT ON COLUMN findings.line IS 'line in the document, from 1';
COMMENT ON COLUMN findings.byte_offset IS 'offset of the place in the document''s text, in bytes of UTF-8';

CREATE TABLE fields (
    election_id VARCHAR NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal >= 1),
    key VARCHAR,
    name VARCHAR,
    position INTEGER,
    raw VARCHAR NOT NULL,
    text VARCHAR,
    target VARCHAR,
    targets VARCHAR,
    line INTEGER,
    byte_offset BIGINT,
    path VARCHAR,
    footnotes VARCHAR
);
COMMENT ON TABLE fields IS 'A row is one raw field of one box. Key: election_id, ordinal (its uniqueness is proved by a query when the database is built). Source: Wikipedia, https://www.wikipedia.org/; the page and revision of each election stand in elections.page_url and elections.revision_id. Licence: CC BY-SA 4.0, https://creativecommons.org/licenses/by-sa/4.0/; text by the contributors of each page, see its history.';
COMMENT ON COLUMN fields.election_id IS 'the election that the row belongs to: elections.election_id';
COMMENT ON COLUMN fields.ordinal IS 'number of the field in its box, from 1';
COMMENT ON COLUMN fields.key IS 'the key as the document writes it, such as Last Election7; NULL where it is empty';
COMMENT ON COLUMN fields.name IS 'the parameter''s name without its number, such as last_election; NULL where the key is empty';
COMMENT ON COLUMN fields.position IS 'the number in the key; NULL where it has none';
COMMENT ON COLUMN fields.raw IS 'the value as it stands in the document; empty where the field is';
COMMENT ON COLUMN fields.text IS 'the value as a reader sees it, white space folded';
COMMENT ON COLUMN fields.target IS 'the column that a rule read it into, such as results.previous_seats; NULL where no rule reads it';
COMMENT ON COLUMN fields.targets IS 'all the columns that the rule filled from it, target first, with a space between: elections.turnout_pct elections.votes_cast; string_split(targets, '' '') is a list';
COMMENT ON COLUMN fields.line IS 'line of the value in the document, from 1';
COMMENT ON COLUMN fields.byte_offset IS 'offset of raw''s first byte in the document''s text, UTF-8: the bytes from there are raw';
COMMENT ON COLUMN fields.path IS 'where in the page the value stands, in a page of HTML; NULL in other formats';
COMMENT ON COLUMN fields.footnotes IS 'what the value''s footnotes say, one a line; they are no part of text. NULL where it has none, and in rendered pages, whose footnotes stand elsewhere';

CREATE TABLE measures (
    election_id VARCHAR NOT NULL,
    measure VARCHAR NOT NULL,
    value DOUBLE,
    low DOUBLE,
    high DOUBLE,
    treatment VARCHAR NOT NULL
);
COMMENT ON TABLE measures IS 'A row is one index of one election. Key: election_id, measure (its uniqueness is proved by a query when the database is built). Source: Wikipedia, https://www.wikipedia.org/; the page and revision of each election stand in elections.page_url and elections.revision_id. Licence: CC BY-SA 4.0, https://creativecommons.org/licenses/by-sa/4.0/; text by the contributors of each page, see its history.';
COMMENT ON COLUMN measures.election_id IS 'the election that the row belongs to: elections.election_id';
COMMENT ON COLUMN measures.measure IS 'the index: effective_parties_votes, effective_parties_votes_rescaled and effective_parties_seats (effective number of parties); fractionalisation_votes and fractionalisation_seats (Rae''s fractionalisation, 0 to 1); gallagher, gallagher_rescaled, loosemore_hanby, loosemore_hanby_listed and rae_index (disproportionality, in percent); vote_volatility, seat_volatility and seat_volatility_listed (Pedersen''s volatility, in percent); largest_group_share (of the seats, in percent) and largest_group_advantage (its share of the seats / its share of the votes); minimal_winning_coalitions and minimal_winning_coalitions_independents_alone (how many there are); smallest_winning_coalition (its members); banzhaf_total_swings (of all contenders); `hemicycle list measures` has every formula';
COMMENT ON COLUMN measures.value IS 'its value under the treatment, rounded to nine decimals; NULL where low and high are more than two points apart, for vote_volatility, and for gallagher, loosemore_hanby and rae_index if the box leaves seats open, too: what lies between is no estimate then';
COMMENT ON COLUMN measures.low IS 'the least that it can be, whatever the box leaves out; NULL where nothing is open, or where how much is open is not known';
COMMENT ON COLUMN measures.high IS 'the most that it can be, whatever the box leaves out; NULL as low is';
COMMENT ON COLUMN measures.treatment IS 'how what the box leaves open was treated for value: all_listed (the box lists all, or all but less than half a point); unlisted_one_party (the rest is taken for one party); unlisted_least_component (the rest is taken for parties as large as the smallest that is listed); unlisted_ignored (the rest is left out, and the shares stay as they are); unlisted_dropped (the rest is left out, and the shares are rescaled to 100 percent); of_listed_votes (the box gives votes, and neither shares nor a total: shares are of the votes listed, and what is unlisted is not known); previous_chamber_as_large (the last chamber is taken to have been as large as this one, and the rest of it to have gone to parties that hold nothing now); independents_one_group (independents count as one group); independents_alone (each independent member counts alone)';

CREATE TABLE contender_measures (
    election_id VARCHAR NOT NULL,
    position INTEGER NOT NULL CHECK (position >= 1),
    vote_share DOUBLE,
    vote_share_treatment VARCHAR,
    seat_share DOUBLE,
    banzhaf DOUBLE,
    banzhaf_absolute DOUBLE,
    banzhaf_swings DOUBLE,
    shapley_shubik DOUBLE,
    power_treatment VARCHAR,
    banzhaf_independents_alone DOUBLE,
    shapley_shubik_independents_alone DOUBLE
);
COMMENT ON TABLE contender_measures IS 'A row is one contender that has an index of its own; `hemicycle list measures` has every formula. Key: election_id, position (its uniqueness is proved by a query when the database is built). Source: Wikipedia, https://www.wikipedia.org/; the page and revision of each election stand in elections.page_url and elections.revision_id. Licence: CC BY-SA 4.0, https://creativecommons.org/licenses/by-sa/4.0/; text by the contributors of each page, see its history.';
COMMENT ON COLUMN contender_measures.election_id IS 'the election that the row belongs to: elections.election_id';
COMMENT ON COLUMN contender_measures.position IS 'the contender: results.position';
COMMENT ON COLUMN contender_measures.vote_share IS 'its share of the votes in percent, as the box states it, else of the votes listed; rounded to nine decimals';
COMMENT ON COLUMN contender_measures.vote_share_treatment IS 'how what the box leaves open was treated for vote_share, as in measures.treatment';
COMMENT ON COLUMN contender_measures.seat_share IS 'its share of the seats in percent; rounded to nine decimals';
COMMENT ON COLUMN contender_measures.banzhaf IS 'Banzhaf''s index of voting power, 0 to 1; rounded to nine decimals';
COMMENT ON COLUMN contender_measures.banzhaf_absolute IS 'the chance that it is decisive, 0 to 1; rounded to nine decimals';
COMMENT ON COLUMN contender_measures.banzhaf_swings IS 'how many winning coalitions lose without it; exact up to 2⁵³; rounded to nine decimals';
COMMENT ON COLUMN contender_measures.shapley_shubik IS 'Shapley and Shubik''s index of voting power, 0 to 1; rounded to nine decimals';
COMMENT ON COLUMN contender_measures.power_treatment IS 'how what the box leaves open was treated for banzhaf, its kin and shapley_shubik, as in measures.treatment';
COMMENT ON COLUMN contender_measures.banzhaf_independents_alone IS 'banzhaf where each independent member counts alone; only where independents have two seats or more; rounded to nine decimals';
COMMENT ON COLUMN contender_measures.shapley_shubik_independents_alone IS 'shapley_shubik where each independent member counts alone; only where independents have two seats or more; rounded to nine decimals';

CREATE TABLE coalitions (
    election_id VARCHAR NOT NULL,
    rank INTEGER NOT NULL CHECK (rank >= 1),
    size INTEGER NOT NULL CHECK (size >= 1),
    seats BIGINT NOT NULL CHECK (seats >= 1),
    members INTEGER[] NOT NULL
);
COMMENT ON TABLE coalitions IS 'A row is one minimal winning coalition: contenders that hold more than half of the chamber together, and no longer when any one of them leaves; the 20 smallest of an election; how many there are is the measure minimal_winning_coalitions. Key: election_id, rank (its uniqueness is proved by a query when the database is built). Source: Wikipedia, https://www.wikipedia.org/; the page and revision of each election stand in elections.page_url and elections.revision_id. Licence: CC BY-SA 4.0, https://creativecommons.org/licenses/by-sa/4.0/; text by the contributors of each page, see its history.';
COMMENT ON COLUMN coalitions.election_id IS 'the election that the row belongs to: elections.election_id';
COMMENT ON COLUMN coalitions.rank IS 'number of the coalition in its election, from 1: fewest members first, then fewest seats, then the larger smallest member, next to smallest member and so on, equals by position';
COMMENT ON COLUMN coalitions.size IS 'how many members it has';
COMMENT ON COLUMN coalitions.seats IS 'seats of its members together';
COMMENT ON COLUMN coalitions.members IS 'their positions (results.position), ascending, such as [1, 4, 5]';

CREATE TABLE contradictions (
    election_id VARCHAR NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal >= 1),
    kind VARCHAR NOT NULL CHECK (kind IN ('chain', 'cross-wiki')),
    other_election_id VARCHAR NOT NULL,
    position INTEGER,
    other_position INTEGER,
    column_name VARCHAR NOT NULL,
    other_column_name VARCHAR NOT NULL,
    here VARCHAR NOT NULL,
    there VARCHAR NOT NULL,
    message VARCHAR NOT NULL,
    line INTEGER,
    byte_offset BIGINT,
    other_line INTEGER,
    other_byte_offset BIGINT
);
COMMENT ON TABLE contradictions IS 'A row is a value at which two elections of the run cannot both be right: what a box says of another election is not what that one''s own box says. Key: election_id, ordinal (its uniqueness is proved by a query when the database is built). Source: Wikipedia, https://www.wikipedia.org/; the page and revision of each election stand in elections.page_url and elections.revision_id. Licence: CC BY-SA 4.0, https://creativecommons.org/licenses/by-sa/4.0/; text by the contributors of each page, see its history.';
COMMENT ON COLUMN contradictions.election_id IS 'the election that the row belongs to: elections.election_id';
COMMENT ON COLUMN contradictions.ordinal IS 'number of the contradiction in its election, from 1';
COMMENT ON COLUMN contradictions.kind IS 'chain: what a box says of the previous election, against the box of that one; cross-wiki: what two wikis say of one election, of those that across_wikis joins';
COMMENT ON COLUMN contradictions.other_election_id IS 'the other election, or the same one in another wiki: elections.election_id';
COMMENT ON COLUMN contradictions.position IS 'the contender here: results.position; NULL for a value of the election';
COMMENT ON COLUMN contradictions.other_position IS 'the same contender there';
COMMENT ON COLUMN contradictions.column_name IS 'the value here, as table.column: results.previous_seats';
COMMENT ON COLUMN contradictions.other_column_name IS 'the value there, as table.column: results.seats';
COMMENT ON COLUMN contradictions.here IS 'what the box says of the other election';
COMMENT ON COLUMN contradictions.there IS 'what the other election''s own box says';
COMMENT ON COLUMN contradictions.message IS 'the contradiction in words';
COMMENT ON COLUMN contradictions.line IS 'line of the value here in its document, from 1';
COMMENT ON COLUMN contradictions.byte_offset IS 'its offset in the text of the document, in bytes of UTF-8';
COMMENT ON COLUMN contradictions.other_line IS 'line of the value there in its document, from 1';
COMMENT ON COLUMN contradictions.other_byte_offset IS 'its offset in the text of that document, in bytes of UTF-8';

CREATE TABLE contests (
    contest_id VARCHAR NOT NULL,
    election_id VARCHAR,
    link VARCHAR CHECK (link IN ('names', 'only_box', 'part')),
    wiki VARCHAR,
    page_title VARCHAR,
    page_id BIGINT,
    page_url VARCHAR,
    revision_id BIGINT,
    revision_timestamp TIMESTAMP WITH TIME ZONE,
    family VARCHAR NOT NULL CHECK (family IN ('Election results', 'Election box', 'Election summary')),
    section VARCHAR[] NOT NULL,
    title VARCHAR,
    ordinal INTEGER NOT NULL CHECK (ordinal >= 1),
    round INTEGER CHECK (round >= 1),
    round_name VARCHAR,
    contest_date DATE,
    seats_to_fill BIGINT,
    electorate BIGINT,
    valid BIGINT,
    valid_shown BIGINT,
    invalid BIGINT,
    blank BIGINT,
    votes_cast_shown BIGINT,
    turnout_votes BIGINT,
    total_votes BIGINT,
    turnout_pct DECIMAL(7,4),
    turnout_pct_shown DECIMAL(7,4),
    turnout_change_pp DECIMAL(7,4),
    seat_change_total BIGINT,
    majority_votes VARCHAR[] NOT NULL,
    outcomes VARCHAR[] NOT NULL,
    seat_columns VARCHAR[] NOT NULL,
    row_count INTEGER NOT NULL CHECK (row_count >= 0),
    line INTEGER,
    byte_offset BIGINT,
    source_uri VARCHAR NOT NULL,
    source_sha256 VARCHAR NOT NULL,
    PRIMARY KEY (contest_id)
);
COMMENT ON TABLE contests IS 'A row is a table of results on a page, or a round or ballot of one: an Election results, an Election box or an Election summary. The table is empty unless the pipeline says contests: true. A value is what the page states; the columns that end with _shown have what the template computes when the page is shown. Primary key: contest_id. Source: Wikipedia, https://www.wikipedia.org/; the page and revision of each election stand in elections.page_url and elections.revision_id. Licence: CC BY-SA 4.0, https://creativecommons.org/licenses/by-sa/4.0/; text by the contributors of each page, see its history.';
COMMENT ON COLUMN contests.contest_id IS 'identity: the page, #c, the number of the table on it and, of one with rounds, a point and the number of the round. The number changes when a table is put above this one: section and title tell which it is';
COMMENT ON COLUMN contests.election_id IS 'the election of the page that the contest is of, or a part of: elections.election_id; NULL where it cannot be told';
COMMENT ON COLUMN contests.link IS 'why election_id is that one: names (two or more contenders of the box have the same votes or seats), only_box (the page has one box and one such table), or part (a ward or constituency of the only box)';
COMMENT ON COLUMN contests.wiki IS 'the wiki''s database name, such as enwiki';
COMMENT ON COLUMN contests.page_title IS 'title of the page';
COMMENT ON COLUMN contests.page_id IS 'the wiki''s number of the page; it survives a move';
COMMENT ON COLUMN contests.page_url IS 'address of the page';
COMMENT ON COLUMN contests.revision_id IS 'the wiki''s number of the revision that was read';
COMMENT ON COLUMN contests.revision_timestamp IS 'when that revision was saved, an instant';
COMMENT ON COLUMN contests.family IS 'the templates that make the table';
COMMENT ON COLUMN contests.section IS 'the headings above the table, the outermost first';
COMMENT ON COLUMN contests.title IS 'the title that the template is given, such as Mill Ward (2 seats)';
COMMENT ON COLUMN contests.ordinal IS 'number of the table on its page, from 1';
COMMENT ON COLUMN contests.round IS 'number of the round, or of the parallel ballot, by its column; NULL where the table has one';
COMMENT ON COLUMN contests.round_name IS 'the heading of the column of that round, where the page gives one';
COMMENT ON COLUMN contests.contest_date IS 'the day that the title, or the heading above the table, names';
COMMENT ON COLUMN contests.seats_to_fill IS 'how many seats the contest fills, by its title';
COMMENT ON COLUMN contests.electorate IS 'registered voters';
COMMENT ON COLUMN contests.valid IS 'valid votes, where the page states them';
COMMENT ON COLUMN contests.valid_shown IS 'valid votes that the template shows where none are stated: the sum of all rows';
COMMENT ON COLUMN contests.invalid IS 'invalid votes; with the blank ones where the page has one number for both';
COMMENT ON COLUMN contests.blank IS 'blank votes, where the page counts them apart';
COMMENT ON COLUMN contests.votes_cast_shown IS 'votes cast that the template shows: valid, invalid and blank ones';
COMMENT ON COLUMN contests.turnout_votes IS 'the number in the row of turnout. Pages count valid votes, ballots or all votes there, and do not say which';
COMMENT ON COLUMN contests.total_votes IS 'the number in the row of total votes, whatever it counts';
COMMENT ON COLUMN contests.turnout_pct IS 'turnout in percent, where the page states it';
COMMENT ON COLUMN contests.turnout_pct_shown IS 'turnout in percent that the template shows where none is stated: votes cast of the electorate';
COMMENT ON COLUMN contests.turnout_change_pp IS 'change of turnout, in percentage points';
COMMENT ON COLUMN contests.seat_change_total IS 'the total below the column of changes in seats';
COMMENT ON COLUMN contests.majority_votes IS 'the majorities in votes, as whole numbers, in the order of the page: one, or one for each winner';
COMMENT ON COLUMN contests.outcomes IS 'what became of each seat, in the order of the page: hold, gain or win, the winner and, behind from, the loser, such as gain: Moon Party from Sun Party';
COMMENT ON COLUMN contests.seat_columns IS 'the headings of the free columns of seats; contest_results.seat_cells has their cells';
COMMENT ON COLUMN contests.row_count IS 'rows in contest_results';
COMMENT ON COLUMN contests.line IS 'line of the table in the document, from 1';
COMMENT ON COLUMN contests.byte_offset IS 'offset of the table''s first byte in the document''s text, UTF-8';
COMMENT ON COLUMN contests.source_uri IS 'where the document was found';
COMMENT ON COLUMN contests.source_sha256 IS 'SHA-256 of the document''s own bytes, in hexadecimal';

CREATE TABLE contest_results (
    contest_id VARCHAR NOT NULL,
    position INTEGER NOT NULL CHECK (position >= 1),
    candidate VARCHAR,
    candidate_page VARCHAR,
    running_mate VARCHAR,
    party VARCHAR,
    party_page VARCHAR,
    alliance VARCHAR,
    alliance_page VARCHAR,
    votes BIGINT,
    votes_cover_rows INTEGER,
    vote_pct DECIMAL(7,4),
    pct_basis VARCHAR CHECK (pct_basis IN ('stated', 'shown')),
    change_pp DECIMAL(7,4),
    is_new BOOLEAN,
    seats INTEGER,
    seats_total INTEGER,
    seat_change INTEGER,
    seats_gained INTEGER,
    seats_lost INTEGER,
    elected BOOLEAN,
    incumbent BOOLEAN,
    row_kind VARCHAR,
    seat_cells VARCHAR[] NOT NULL,
    line INTEGER,
    byte_offset BIGINT
);
COMMENT ON TABLE contest_results IS 'A row is one row of one contest: a party, a candidate, or votes for nobody. Key: contest_id, position (its uniqueness is proved by a query when the database is built). Source: Wikipedia, https://www.wikipedia.org/; the page and revision of each election stand in elections.page_url and elections.revision_id. Licence: CC BY-SA 4.0, https://creativecommons.org/licenses/by-sa/4.0/; text by the contributors of each page, see its history.';
COMMENT ON COLUMN contest_results.contest_id IS 'the contest that the row belongs to: contests.contest_id';
COMMENT ON COLUMN contest_results.position IS 'number of the row: that of its parameters in Election results, and its place in the other families';
COMMENT ON COLUMN contest_results.candidate IS 'the candidate, without the mark of an incumbent';
COMMENT ON COLUMN contest_results.candidate_page IS 'page that the candidate''s name links to';
COMMENT ON COLUMN contest_results.running_mate IS 'the running mate';
COMMENT ON COLUMN contest_results.party IS 'the party or list, or the label of a row that is no party';
COMMENT ON COLUMN contest_results.party_page IS 'page that the party links to, or that the template links it to';
COMMENT ON COLUMN contest_results.alliance IS 'the alliance or joint list that covers the row';
COMMENT ON COLUMN contest_results.alliance_page IS 'page that the alliance links to';
COMMENT ON COLUMN contest_results.votes IS 'votes';
COMMENT ON COLUMN contest_results.votes_cover_rows IS 'how many rows the votes cover, this one included, where they are those of a joint list; NULL for one';
COMMENT ON COLUMN contest_results.vote_pct IS 'share of votes in percent, on the basis in pct_basis';
COMMENT ON COLUMN contest_results.pct_basis IS 'where vote_pct is from: stated (the page states it) or shown (the template computes it when the page is shown, of the sum of all rows)';
COMMENT ON COLUMN contest_results.change_pp IS 'change of the share, in percentage points';
COMMENT ON COLUMN contest_results.is_new IS 'true where a change says New; NULL where none does';
COMMENT ON COLUMN contest_results.seats IS 'seats won in the contest';
COMMENT ON COLUMN contest_results.seats_total IS 'seats held after it, or won in all ballots together';
COMMENT ON COLUMN contest_results.seat_change IS 'change in seats';
COMMENT ON COLUMN contest_results.seats_gained IS 'seats gained';
COMMENT ON COLUMN contest_results.seats_lost IS 'seats lost';
COMMENT ON COLUMN contest_results.elected IS 'whether the row is that of a winner, by the name of its template alone; NULL in a contest in which no template says so';
COMMENT ON COLUMN contest_results.incumbent IS 'true where a mark says that the candidate holds the seat';
COMMENT ON COLUMN contest_results.row_kind IS 'what the row is where it is no contender: others, none_of_the_above, invalid, vacant, appointed or reserved; NULL for a contender';
COMMENT ON COLUMN contest_results.seat_cells IS 'the cells in the free columns of seats as the page shows them, in the order of contests.seat_columns';
COMMENT ON COLUMN contest_results.line IS 'line of the row in the document, from 1';
COMMENT ON COLUMN contest_results.byte_offset IS 'offset of the row in the document''s text, in bytes of UTF-8: of its template, or of its first value';

CREATE TABLE contest_findings (
    contest_id VARCHAR NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal >= 1),
    check_id VARCHAR NOT NULL,
    status VARCHAR NOT NULL CHECK (status IN ('note', 'warn', 'error')),
    subject VARCHAR,
    expected VARCHAR,
    observed VARCHAR,
    message VARCHAR,
    line INTEGER,
    byte_offset BIGINT
);
COMMENT ON TABLE contest_findings IS 'A row is something odd about one contest. Key: contest_id, ordinal (its uniqueness is proved by a query when the database is built). Source: Wikipedia, https://www.wikipedia.org/; the page and revision of each election stand in elections.page_url and elections.revision_id. Licence: CC BY-SA 4.0, https://creativecommons.org/licenses/by-sa/4.0/; text by the contributors of each page, see its history.';
COMMENT ON COLUMN contest_findings.contest_id IS 'the contest that the row belongs to: contests.contest_id';
COMMENT ON COLUMN contest_findings.ordinal IS 'number of the finding in its contest, from 1';
COMMENT ON COLUMN contest_findings.check_id IS 'what is odd, such as contest-value-unreadable';
COMMENT ON COLUMN contest_findings.status IS 'note (worth knowing), warn (an editor should look at it) or error (it cannot be true)';
COMMENT ON COLUMN contest_findings.subject IS 'what is doubted, by name and position, such as votes/2';
COMMENT ON COLUMN contest_findings.expected IS 'what was expected';
COMMENT ON COLUMN contest_findings.observed IS 'what stands there';
COMMENT ON COLUMN contest_findings.message IS 'the finding in words';
COMMENT ON COLUMN contest_findings.line IS 'line in the document, from 1';
COMMENT ON COLUMN contest_findings.byte_offset IS 'offset of the place in the document''s text, in bytes of UTF-8';

CREATE TABLE contest_fields (
    contest_id VARCHAR NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal >= 1),
    template VARCHAR NOT NULL,
    call INTEGER NOT NULL CHECK (call >= 1),
    key VARCHAR,
    raw VARCHAR NOT NULL,
    text VARCHAR,
    targets VARCHAR[] NOT NULL,
    position INTEGER,
    line INTEGER,
    byte_offset BIGINT
);
COMMENT ON TABLE contest_fields IS 'A row is one raw field of one contest, from which columns of contests and contest_results were read; a field that belongs to several rounds has a row in each. Key: contest_id, ordinal (its uniqueness is proved by a query when the database is built). Source: Wikipedia, https://www.wikipedia.org/; the page and revision of each election stand in elections.page_url and elections.revision_id. Licence: CC BY-SA 4.0, https://creativecommons.org/licenses/by-sa/4.0/; text by the contributors of each page, see its history.';
COMMENT ON COLUMN contest_fields.contest_id IS 'the contest that the row belongs to: contests.contest_id';
COMMENT ON COLUMN contest_fields.ordinal IS 'number of the row in its contest, from 1';
COMMENT ON COLUMN contest_fields.template IS 'the template that has the field, as the page names it';
COMMENT ON COLUMN contest_fields.call IS 'number of that template in the table, from 1';
COMMENT ON COLUMN contest_fields.key IS 'the key as the document writes it, such as votes1_2';
COMMENT ON COLUMN contest_fields.raw IS 'the value as it stands in the document; empty where the field is';
COMMENT ON COLUMN contest_fields.text IS 'the value as a reader sees it, white space folded';
COMMENT ON COLUMN contest_fields.targets IS 'the columns that were read from it, such as contest_results.votes; empty where none was';
COMMENT ON COLUMN contest_fields.position IS 'the row that it fills: contest_results.position; NULL where it fills none';
COMMENT ON COLUMN contest_fields.line IS 'line of the value in the document, from 1';
COMMENT ON COLUMN contest_fields.byte_offset IS 'offset of raw''s first byte in the document''s text, UTF-8: the bytes from there are raw';

CREATE TABLE pages (
    source_uri VARCHAR NOT NULL,
    wiki VARCHAR,
    page_id BIGINT,
    page_title VARCHAR,
    revision_id BIGINT,
    revision_timestamp TIMESTAMP WITH TIME ZONE,
    wikidata_qid VARCHAR,
    state VARCHAR NOT NULL CHECK (state IN ('read', 'stale', 'without_box', 'not_wikitext', 'rejected')),
    newest_revision_id BIGINT,
    elections BIGINT NOT NULL CHECK (elections >= 0)
);
COMMENT ON TABLE pages IS 'A row is a page that the version was made of: each with an election box or with a table of results that was asked for, and of a live wiki each that was asked for, also those without a box. Source: Wikipedia, https://www.wikipedia.org/; the page and revision of each election stand in elections.page_url and elections.revision_id. Licence: CC BY-SA 4.0, https://creativecommons.org/licenses/by-sa/4.0/; text by the contributors of each page, see its history.';
COMMENT ON COLUMN pages.source_uri IS 'where the page was found: sources.source_uri';
COMMENT ON COLUMN pages.wiki IS 'the wiki''s database name, such as enwiki';
COMMENT ON COLUMN pages.page_id IS 'the wiki''s number of the page; it survives a move';
COMMENT ON COLUMN pages.page_title IS 'title of the page; NULL if it could not be read';
COMMENT ON COLUMN pages.revision_id IS 'the revision that was read, or could not be';
COMMENT ON COLUMN pages.revision_timestamp IS 'when that revision was saved, an instant';
COMMENT ON COLUMN pages.wikidata_qid IS 'the page''s item in Wikidata';
COMMENT ON COLUMN pages.state IS 'what became of the page: read; stale, which is read at an older revision since the wiki did not give the newest; without_box; not_wikitext, which is content of another kind; or rejected, for which rejects has the reason';
COMMENT ON COLUMN pages.newest_revision_id IS 'the newer revision that the wiki did not give; NULL unless state is stale';
COMMENT ON COLUMN pages.elections IS 'elections of the page in the version';

CREATE TABLE redirects (
    wiki VARCHAR,
    from_title VARCHAR NOT NULL,
    to_title VARCHAR NOT NULL
);
COMMENT ON TABLE redirects IS 'A row is a redirect by which an election box links: to a neighbouring election, a contender or a party. Source: Wikipedia, https://www.wikipedia.org/; the page and revision of each election stand in elections.page_url and elections.revision_id. Licence: CC BY-SA 4.0, https://creativecommons.org/licenses/by-sa/4.0/; text by the contributors of each page, see its history.';
COMMENT ON COLUMN redirects.wiki IS 'the wiki''s database name, such as enwiki';
COMMENT ON COLUMN redirects.from_title IS 'title that is linked to';
COMMENT ON COLUMN redirects.to_title IS 'title of the page that it leads to, without a section';

CREATE TABLE rejects (
    source_uri VARCHAR NOT NULL,
    wiki VARCHAR,
    page_title VARCHAR,
    unit VARCHAR NOT NULL CHECK (unit IN ('document', 'box', 'contest')),
    stage VARCHAR NOT NULL CHECK (stage IN ('extract', 'transform', 'load')),
    reason VARCHAR NOT NULL,
    detail VARCHAR NOT NULL,
    line INTEGER,
    byte_offset BIGINT
);
COMMENT ON TABLE rejects IS 'A row is a document, a box or a table of results that could not be read. Source: Wikipedia, https://www.wikipedia.org/; the page and revision of each election stand in elections.page_url and elections.revision_id. Licence: CC BY-SA 4.0, https://creativecommons.org/licenses/by-sa/4.0/; text by the contributors of each page, see its history.';
COMMENT ON COLUMN rejects.source_uri IS 'where the document was found';
COMMENT ON COLUMN rejects.wiki IS 'the wiki''s database name, such as enwiki: that of the page, or of its source where the page says none';
COMMENT ON COLUMN rejects.page_title IS 'title of the page, where it could be read';
COMMENT ON COLUMN rejects.unit IS 'document, box or contest, which is a table of results';
COMMENT ON COLUMN rejects.stage IS 'the stage that gave up: extract, transform or load';
COMMENT ON COLUMN rejects.reason IS 'why, in one word, such as empty, not-text, duplicate';
COMMENT ON COLUMN rejects.detail IS 'why, in words, and what to do';
COMMENT ON COLUMN rejects.line IS 'line of the place in the document, from 1';
COMMENT ON COLUMN rejects.byte_offset IS 'offset of the place in the document, in bytes';

CREATE TABLE sources (
    source_uri VARCHAR NOT NULL,
    wikis VARCHAR[] NOT NULL,
    format VARCHAR,
    bytes BIGINT NOT NULL CHECK (bytes >= 0),
    sha256 VARCHAR,
    scan VARCHAR NOT NULL CHECK (scan IN ('whole', 'index')),
    documents BIGINT NOT NULL CHECK (documents = with_box + without_box + rejected + other_namespaces + redirects),
    with_box BIGINT NOT NULL CHECK (with_box >= 0),
    without_box BIGINT NOT NULL CHECK (without_box >= 0),
    other_namespaces BIGINT NOT NULL CHECK (other_namespaces >= 0),
    redirects BIGINT NOT NULL CHECK (redirects >= 0),
    rejected BIGINT NOT NULL CHECK (rejected >= 0),
    boxes BIGINT NOT NULL CHECK (boxes = elections + rejected_boxes),
    elections BIGINT NOT NULL CHECK (elections >= 0),
    rejected_boxes BIGINT NOT NULL CHECK (rejected_boxes >= 0),
    with_contest BIGINT NOT NULL CHECK (with_contest >= 0),
    contests BIGINT NOT NULL CHECK (contests >= 0),
    rejected_contests BIGINT NOT NULL CHECK (rejected_contests >= 0),
    is_complete BOOLEAN NOT NULL,
    missing_bytes BIGINT CHECK (missing_bytes >= 0),
    missing_detail VARCHAR CHECK ((missing_detail IS NULL) = is_complete)
);
COMMENT ON TABLE sources IS 'A row is the account of one source: documents = with_box + without_box + rejected + other_namespaces + redirects, boxes = elections + rejected_boxes. Source: Wikipedia, https://www.wikipedia.org/; the page and revision of each election stand in elections.page_url and elections.revision_id. Licence: CC BY-SA 4.0, https://creativecommons.org/licenses/by-sa/4.0/; text by the contributors of each page, see its history.';
COMMENT ON COLUMN sources.source_uri IS 'where the source is';
COMMENT ON COLUMN sources.wikis IS 'the wikis that its pages are of, in order; an empty text stands for pages that are of none';
COMMENT ON COLUMN sources.format IS 'the format that it was read as; NULL where none was found';
COMMENT ON COLUMN sources.bytes IS 'size in bytes';
COMMENT ON COLUMN sources.sha256 IS 'SHA-256 of its bytes, in hexadecimal; NULL where it was not read whole';
COMMENT ON COLUMN sources.scan IS 'whole, or index where only the streams that an index names were read';
COMMENT ON COLUMN sources.documents IS 'documents met';
COMMENT ON COLUMN sources.with_box IS 'documents with at least one election box';
COMMENT ON COLUMN sources.without_box IS 'documents without an election box';
COMMENT ON COLUMN sources.other_namespaces IS 'pages outside the namespace of articles';
COMMENT ON COLUMN sources.redirects IS 'pages that only lead to another';
COMMENT ON COLUMN sources.rejected IS 'documents that could not be read: rejects with unit document';
COMMENT ON COLUMN sources.boxes IS 'election boxes met';
COMMENT ON COLUMN sources.elections IS 'boxes that became elections';
COMMENT ON COLUMN sources.rejected_boxes IS 'boxes that did not: rejects with unit box';
COMMENT ON COLUMN sources.with_contest IS 'documents with a table of results, with a box or without: 0 unless the pipeline says contests: true';
COMMENT ON COLUMN sources.contests IS 'contests that were read: rows of contests';
COMMENT ON COLUMN sources.rejected_contests IS 'rejects with unit contest';
COMMENT ON COLUMN sources.is_complete IS 'all of it was there and could be read; false where it is cut short, damaged or unreadable, or a page of it is lost to damage';
COMMENT ON COLUMN sources.missing_bytes IS 'bytes of it that could not be read or are not proven; NULL where it is complete, and where it is not known how many are missing';
COMMENT ON COLUMN sources.missing_detail IS 'what is missing, where and why; NULL where it is complete';

CREATE TABLE runs (
    run_id VARCHAR NOT NULL,
    pipeline VARCHAR NOT NULL,
    started_at TIMESTAMP WITH TIME ZONE NOT NULL,
    finished_at TIMESTAMP WITH TIME ZONE NOT NULL,
    version VARCHAR NOT NULL,
    schema_version VARCHAR NOT NULL,
    wikis VARCHAR[],
    documents BIGINT NOT NULL,
    elections BIGINT NOT NULL,
    sound_elections BIGINT NOT NULL,
    rejected BIGINT NOT NULL,
    rejected_boxes BIGINT NOT NULL,
    incomplete_sources BIGINT NOT NULL,
    notes BIGINT NOT NULL,
    warnings BIGINT NOT NULL,
    errors BIGINT NOT NULL,
    PRIMARY KEY (run_id)
);
COMMENT ON TABLE runs IS 'A row is a run that made these tables: one, or, where they are laid out by wiki, each that made the rows of a wiki; the only table that knows the clock. Primary key: run_id. Source: Wikipedia, https://www.wikipedia.org/; the page and revision of each election stand in elections.page_url and elections.revision_id. Licence: CC BY-SA 4.0, https://creativecommons.org/licenses/by-sa/4.0/; text by the contributors of each page, see its history.';
COMMENT ON COLUMN runs.run_id IS 'name of the run and of its folder under versions';
COMMENT ON COLUMN runs.pipeline IS 'name of the pipeline';
COMMENT ON COLUMN runs.started_at IS 'when the run began, an instant';
COMMENT ON COLUMN runs.finished_at IS 'when its last record was written, an instant, before the database was built';
COMMENT ON COLUMN runs.version IS 'version of the program';
COMMENT ON COLUMN runs.schema_version IS 'version of the tables';
COMMENT ON COLUMN runs.wikis IS 'the wikis whose rows are of this run, in order; an empty text stands for pages that are of none; NULL where the tables are not laid out by wiki, and all rows are of one run';
COMMENT ON COLUMN runs.documents IS 'documents met in all sources';
COMMENT ON COLUMN runs.elections IS 'elections loaded';
COMMENT ON COLUMN runs.sound_elections IS 'elections in which no check found an error';
COMMENT ON COLUMN runs.rejected IS 'documents that could not be read';
COMMENT ON COLUMN runs.rejected_boxes IS 'boxes that could not be read';
COMMENT ON COLUMN runs.incomplete_sources IS 'sources of which something is missing: those with is_complete false';
COMMENT ON COLUMN runs.notes IS 'findings with status note';
COMMENT ON COLUMN runs.warnings IS 'findings with status warn';
COMMENT ON COLUMN runs.errors IS 'findings with status error';

CREATE TABLE changes (
    table_name VARCHAR NOT NULL,
    row_key VARCHAR NOT NULL,
    column_name VARCHAR NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN ('added', 'changed', 'removed')),
    old_value VARCHAR,
    new_value VARCHAR,
    election_id VARCHAR,
    page_title VARCHAR,
    old_revision_id BIGINT,
    new_revision_id BIGINT
);
COMMENT ON TABLE changes IS 'A row is a value that is not as it was in the version before, which manifest.json names in changes.since; a row that was added or removed has a row here for each of its values that is not NULL. Where and when something was read is no change: lines, offsets, ordinals, revisions, files, times. Source: Wikipedia, https://www.wikipedia.org/; the page and revision of each election stand in elections.page_url and elections.revision_id. Licence: CC BY-SA 4.0, https://creativecommons.org/licenses/by-sa/4.0/; text by the contributors of each page, see its history.';
COMMENT ON COLUMN changes.table_name IS 'the table of the value';
COMMENT ON COLUMN changes.row_key IS 'the row of the value, as a JSON object of the columns that name it; occurrence, from 1, tells rows apart that these columns do not';
COMMENT ON COLUMN changes.column_name IS 'the column of the value';
COMMENT ON COLUMN changes.kind IS 'changed, where both versions have the row; added, where only this one has it; removed, where only the one before had it';
COMMENT ON COLUMN changes.old_value IS 'the value before, as a text: decimals with all four digits, days as 2007-09-07, lists as JSON; NULL where it was NULL or the row is new';
COMMENT ON COLUMN changes.new_value IS 'the value now, as a text of the same form; NULL where it is NULL or the row is gone';
COMMENT ON COLUMN changes.election_id IS 'the election that the row belongs to: elections.election_id; NULL for a row of no election';
COMMENT ON COLUMN changes.page_title IS 'title of the page that the row is from: the new one, or the old one where the page is gone';
COMMENT ON COLUMN changes.old_revision_id IS 'the revision of the page that was read before';
COMMENT ON COLUMN changes.new_revision_id IS 'the revision of the page that was read now';
