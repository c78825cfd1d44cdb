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
    END AS date_from
FROM elections AS e
LEFT JOIN elections AS p1 ON p1.election_id = regexp_replace(e.election_id, '[0-9]+$', e.parent_box::VARCHAR)
LEFT JOIN elections AS p2 ON p2.election_id = regexp_replace(e.election_id, '[0-9]+$', p1.parent_box::VARCHAR)
LEFT JOIN elections AS p3 ON p3.election_id = regexp_replace(e.election_id, '[0-9]+$', p2.parent_box::VARCHAR);
COMMENT ON VIEW election_context IS 'A row is one election with its name, country and date, taken from the nearest outer box where the box itself does not give them; the other views have them from here.';
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
