-- A box in another leaves to the outer one what both share. Boxes are four deep in the wild, so that three
-- steps up reach the outermost. A date and its year are of one box.
CREATE VIEW election_context AS
SELECT
    e.election_id,
    e.wiki,
    e.page_title,
    e.box,
    coalesce(e.election_name, p1.election_name, p2.election_name, p3.election_name, e.page_title) AS election_name,
    coalesce(e.country, p1.country, p2.country, p3.country) AS country,
    CASE
        WHEN e.election_year IS NOT NULL THEN e.election_date
        WHEN p1.election_year IS NOT NULL THEN p1.election_date
        WHEN p2.election_year IS NOT NULL THEN p2.election_date
        ELSE p3.election_date
    END AS election_date,
    coalesce(e.election_year, p1.election_year, p2.election_year, p3.election_year) AS election_year,
    coalesce(e.seats_contested, e.seats_total) AS seats_stated,
    e.seats_basis = 'won' OR e.seats_contested = e.seats_total AS seats_of_votes,
    CASE
        WHEN e.election_name IS NOT NULL THEN NULL
        WHEN p1.election_name IS NOT NULL THEN p1.election_id
        WHEN p2.election_name IS NOT NULL THEN p2.election_id
        WHEN p3.election_name IS NOT NULL THEN p3.election_id
    END AS name_from,
    CASE
        WHEN e.country IS NOT NULL THEN NULL
        WHEN p1.country IS NOT NULL THEN p1.election_id
        WHEN p2.country IS NOT NULL THEN p2.election_id
        WHEN p3.country IS NOT NULL THEN p3.election_id
    END AS country_from,
    CASE
        WHEN e.election_year IS NOT NULL THEN NULL
        WHEN p1.election_year IS NOT NULL THEN p1.election_id
        WHEN p2.election_year IS NOT NULL THEN p2.election_id
        WHEN p3.election_year IS NOT NULL THEN p3.election_id
    END AS date_from,
    e.event_id,
    e.is_wrapper,
    e.full_name,
    e.country_code,
    e.subdivision,
    e.level,
    e.chamber_type,
    e.election_kind,
    CASE
        WHEN e.previous_page IS NOT NULL OR e.previous_election IS NOT NULL THEN e.previous_election
        WHEN p1.previous_page IS NOT NULL OR p1.previous_election IS NOT NULL THEN p1.previous_election
        WHEN p2.previous_page IS NOT NULL OR p2.previous_election IS NOT NULL THEN p2.previous_election
        ELSE p3.previous_election
    END AS previous_election,
    CASE
        WHEN e.previous_page IS NOT NULL OR e.previous_election IS NOT NULL THEN e.previous_page
        WHEN p1.previous_page IS NOT NULL OR p1.previous_election IS NOT NULL THEN p1.previous_page
        WHEN p2.previous_page IS NOT NULL OR p2.previous_election IS NOT NULL THEN p2.previous_page
        ELSE p3.previous_page
    END AS previous_page,
    CASE
        WHEN e.next_page IS NOT NULL OR e.next_election IS NOT NULL THEN e.next_election
        WHEN p1.next_page IS NOT NULL OR p1.next_election IS NOT NULL THEN p1.next_election
        WHEN p2.next_page IS NOT NULL OR p2.next_election IS NOT NULL THEN p2.next_election
        ELSE p3.next_election
    END AS next_election,
    CASE
        WHEN e.next_page IS NOT NULL OR e.next_election IS NOT NULL THEN e.next_page
        WHEN p1.next_page IS NOT NULL OR p1.next_election IS NOT NULL THEN p1.next_page
        WHEN p2.next_page IS NOT NULL OR p2.next_election IS NOT NULL THEN p2.next_page
        ELSE p3.next_page
    END AS next_page,
    coalesce(e.registered_voters, p1.registered_voters, p2.registered_voters, p3.registered_voters) AS registered_voters,
    CASE
        WHEN e.previous_page IS NOT NULL OR e.previous_election IS NOT NULL THEN NULL
        WHEN p1.previous_page IS NOT NULL OR p1.previous_election IS NOT NULL THEN p1.election_id
        WHEN p2.previous_page IS NOT NULL OR p2.previous_election IS NOT NULL THEN p2.election_id
        WHEN p3.previous_page IS NOT NULL OR p3.previous_election IS NOT NULL THEN p3.election_id
    END AS previous_from,
    CASE
        WHEN e.next_page IS NOT NULL OR e.next_election IS NOT NULL THEN NULL
        WHEN p1.next_page IS NOT NULL OR p1.next_election IS NOT NULL THEN p1.election_id
        WHEN p2.next_page IS NOT NULL OR p2.next_election IS NOT NULL THEN p2.election_id
        WHEN p3.next_page IS NOT NULL OR p3.next_election IS NOT NULL THEN p3.election_id
    END AS next_from,
    CASE
        WHEN e.registered_voters IS NOT NULL THEN NULL
        WHEN p1.registered_voters IS NOT NULL THEN p1.election_id
        WHEN p2.registered_voters IS NOT NULL THEN p2.election_id
        WHEN p3.registered_voters IS NOT NULL THEN p3.election_id
    END AS registered_from,
    nullif(concat_ws(', ',
        CASE WHEN e.election_name IS NULL AND coalesce(p1.election_name, p2.election_name, p3.election_name) IS NOT NULL THEN 'name' END,
        CASE WHEN e.country IS NULL AND coalesce(p1.country, p2.country, p3.country) IS NOT NULL THEN 'country' END,
        CASE WHEN e.election_year IS NULL AND coalesce(p1.election_year, p2.election_year, p3.election_year) IS NOT NULL THEN 'date' END,
        CASE WHEN coalesce(e.previous_page, e.previous_election) IS NULL AND coalesce(p1.previous_page, p1.previous_election, p2.previous_page, p2.previous_election, p3.previous_page, p3.previous_election) IS NOT NULL THEN 'previous election' END,
        CASE WHEN coalesce(e.next_page, e.next_election) IS NULL AND coalesce(p1.next_page, p1.next_election, p2.next_page, p2.next_election, p3.next_page, p3.next_election) IS NOT NULL THEN 'next election' END,
        CASE WHEN e.registered_voters IS NULL AND coalesce(p1.registered_voters, p2.registered_voters, p3.registered_voters) IS NOT NULL THEN 'registered voters' END
    ), '') AS inherited
FROM elections AS e
LEFT JOIN elections AS p1 ON p1.election_id = regexp_replace(e.election_id, '[0-9]+$', e.parent_box::VARCHAR)
LEFT JOIN elections AS p2 ON p2.election_id = regexp_replace(e.election_id, '[0-9]+$', p1.parent_box::VARCHAR)
LEFT JOIN elections AS p3 ON p3.election_id = regexp_replace(e.election_id, '[0-9]+$', p2.parent_box::VARCHAR);
COMMENT ON VIEW election_context IS 'A row is one election with its name, country, date, neighbours and registered voters, taken from the nearest outer box where the box itself does not give them; inherited names what was taken. The other views have them from here.';
COMMENT ON COLUMN election_context.election_id IS 'the election: elections.election_id';
COMMENT ON COLUMN election_context.wiki IS 'the wiki''s database name, such as enwiki';
COMMENT ON COLUMN election_context.page_title IS 'title of the page';
COMMENT ON COLUMN election_context.box IS 'number of the box on its page, from 1';
COMMENT ON COLUMN election_context.election_name IS 'name given in the box or the nearest outer one, else the page''s title';
COMMENT ON COLUMN election_context.country IS 'country, state or city, of the box or the nearest outer one';
COMMENT ON COLUMN election_context.election_date IS 'first day of the election, of the box or the nearest outer one that gives a year; NULL where that one gives no full date';
COMMENT ON COLUMN election_context.election_year IS 'year of the election, of the same box as the date';
COMMENT ON COLUMN election_context.seats_stated IS 'seats filled on the day as the box states them, else the size of the chamber';
COMMENT ON COLUMN election_context.seats_of_votes IS 'the contenders'' seats are those that the votes of this election filled: those won, or all of a chamber that is renewed as a whole; false or NULL where seats of earlier elections are or may be among them';
COMMENT ON COLUMN election_context.name_from IS 'outer election that the name comes from; NULL where it is the box''s own or the page''s title';
COMMENT ON COLUMN election_context.country_from IS 'outer election that the country comes from; NULL where it is the box''s own';
COMMENT ON COLUMN election_context.date_from IS 'outer election that date and year come from; NULL where they are the box''s own';
COMMENT ON COLUMN election_context.event_id IS 'what the boxes of one page have in common: elections.event_id';
COMMENT ON COLUMN election_context.is_wrapper IS 'the box only holds others: elections.is_wrapper';
COMMENT ON COLUMN election_context.full_name IS 'a name that tells the box from the others of its page: elections.full_name';
COMMENT ON COLUMN election_context.country_code IS 'ISO 3166-1 alpha-3 code of the country: elections.country_code';
COMMENT ON COLUMN election_context.subdivision IS 'part of the country: elections.subdivision';
COMMENT ON COLUMN election_context.level IS 'national, subnational, local or supranational: elections.level';
COMMENT ON COLUMN election_context.chamber_type IS 'lower, upper, unicameral or executive: elections.chamber_type';
COMMENT ON COLUMN election_context.election_kind IS 'kind of the election: elections.election_kind';
COMMENT ON COLUMN election_context.previous_election IS 'label of the previous election, of the box or the nearest outer one that names one';
COMMENT ON COLUMN election_context.previous_page IS 'page of the previous election, of the same box as its label; it can have a box for each chamber, too';
COMMENT ON COLUMN election_context.next_election IS 'label of the next election, of the box or the nearest outer one that names one';
COMMENT ON COLUMN election_context.next_page IS 'page of the next election, of the same box as its label';
COMMENT ON COLUMN election_context.registered_voters IS 'people registered to vote, of the box or the nearest outer one';
COMMENT ON COLUMN election_context.previous_from IS 'outer election that the previous election comes from; NULL where it is the box''s own';
COMMENT ON COLUMN election_context.next_from IS 'outer election that the next election comes from; NULL where it is the box''s own';
COMMENT ON COLUMN election_context.registered_from IS 'outer election that registered voters come from; NULL where they are the box''s own';
COMMENT ON COLUMN election_context.inherited IS 'what was taken from an outer box, such as "country, date"; NULL where all is the box''s own';
