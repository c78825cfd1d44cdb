-- The box of the previous election is found through its page. Where a page has several boxes it is the one
-- of the same chamber; where that is not one box, nothing is compared. A party is known by its page, else
-- by its name; one that stands twice in either box is not compared, nor are independents.
CREATE VIEW chain AS
SELECT
    l.election_id,
    c.election_name,
    c.country,
    c.election_date,
    r.position,
    r.party,
    r.previous_seats,
    q.seats AS seats_then,
    r.previous_seats - q.seats AS difference,
    CASE
        WHEN q.times IS NULL THEN 'not found there'
        WHEN r.is_new THEN 'called new'
        ELSE 'other seats'
    END AS verdict,
    q.party AS party_then,
    q.position AS position_then,
    l.previous_id,
    l.previous_page,
    l.through_redirect
FROM election_context AS c
JOIN (
    SELECT
        a.election_id,
        a.previous_page,
        m.to_title IS NOT NULL AS through_redirect,
        p.election_id AS previous_id
    FROM (
        SELECT election_id, wiki, previous_page, lower(chamber) AS chamber, count(*) OVER (PARTITION BY wiki, page_title) AS boxes
        FROM elections
    ) AS a
    LEFT JOIN redirects AS m ON m.wiki = a.wiki AND m.from_title = a.previous_page
    JOIN (
        SELECT
            election_id,
            wiki,
            page_title,
            lower(chamber) AS chamber,
            count(*) OVER (PARTITION BY wiki, page_title) AS boxes,
            count(*) OVER (PARTITION BY wiki, page_title, lower(chamber)) AS alike
        FROM elections
    ) AS p ON p.wiki IS NOT DISTINCT FROM a.wiki AND p.page_title = coalesce(m.to_title, a.previous_page)
        AND p.election_id <> a.election_id
        AND (p.boxes = 1 AND a.boxes = 1 OR p.chamber = a.chamber AND p.alike = 1)
) AS l ON l.election_id = c.election_id
JOIN (
    SELECT x.election_id, x.wiki, lower(coalesce(m.to_title, x.party_page, x.party)) AS party_key,
        any_value(x.position) AS position, any_value(x.party) AS party, any_value(x.previous_seats) AS previous_seats, any_value(x.is_new) AS is_new
    FROM (
        SELECT r.election_id, e.wiki, r.position, r.party_page, coalesce(r.party, r.name) AS party, r.previous_seats, r.is_new
        FROM results AS r
        JOIN elections AS e ON e.election_id = r.election_id
        WHERE NOT r.is_independent AND e.previous_page IS NOT NULL AND coalesce(r.party_page, r.party, r.name) IS NOT NULL
    ) AS x
    LEFT JOIN redirects AS m ON m.wiki = x.wiki AND m.from_title = x.party_page
    GROUP BY ALL HAVING count(*) = 1
) AS r ON r.election_id = l.election_id
LEFT JOIN (
    SELECT x.election_id, lower(coalesce(m.to_title, x.party_page, x.party)) AS party_key,
        any_value(x.position) AS position, any_value(x.party) AS party, any_value(x.seats) AS seats, count(*) AS times
    FROM (
        SELECT r.election_id, e.wiki, r.position, r.party_page, coalesce(r.party, r.name) AS party, r.seats
        FROM results AS r
        JOIN elections AS e ON e.election_id = r.election_id
        WHERE NOT r.is_independent AND coalesce(r.party_page, r.party, r.name) IS NOT NULL
    ) AS x
    LEFT JOIN redirects AS m ON m.wiki = x.wiki AND m.from_title = x.party_page
    GROUP BY ALL
) AS q ON q.election_id = l.previous_id AND q.party_key = r.party_key
WHERE q.times IS NULL AND r.previous_seats > 0
    OR q.times = 1 AND (q.seats > 0 AND r.is_new OR q.seats <> r.previous_seats);
COMMENT ON VIEW chain IS 'A row is one contender whose seats at the previous election, as a box says, are not those that the previous election''s own box has. Boxes are linked by previous_page, after redirects; an election whose previous page was not read has no row. Key: election_id, position.';
COMMENT ON COLUMN chain.election_id IS 'the election whose box looks back: elections.election_id';
COMMENT ON COLUMN chain.election_name IS 'name of the election: election_context.election_name';
COMMENT ON COLUMN chain.country IS 'country, state or city: election_context.country';
COMMENT ON COLUMN chain.election_date IS 'first day of the election: election_context.election_date';
COMMENT ON COLUMN chain.position IS 'the contender''s number there: results.position';
COMMENT ON COLUMN chain.party IS 'the party there, or the candidate where there is no party';
COMMENT ON COLUMN chain.previous_seats IS 'seats at the previous election, as this box says';
COMMENT ON COLUMN chain.seats_then IS 'seats in the previous election''s own box';
COMMENT ON COLUMN chain.difference IS 'previous_seats − seats_then; NULL where either is';
COMMENT ON COLUMN chain.verdict IS 'other seats; called new where this box calls the party new and that one gives it seats; not found there where that one does not list it';
COMMENT ON COLUMN chain.party_then IS 'the party as the previous election''s box writes it';
COMMENT ON COLUMN chain.position_then IS 'its number there';
COMMENT ON COLUMN chain.previous_id IS 'the previous election: elections.election_id';
COMMENT ON COLUMN chain.previous_page IS 'the page that the link leads to';
COMMENT ON COLUMN chain.through_redirect IS 'the page was found through a redirect';
