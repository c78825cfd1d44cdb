-- The box of the previous election is found through its page, which a box in another leaves to the outer one.
-- Where a page has several boxes with contenders it is the one of the same chamber, or of the same type where no
-- chamber is named; where that is not one box, nothing is compared, nor are elections of different kinds or places, such
-- as a by-election and the general one before it. A party is known by its page, else
-- by its name; one that stands twice in either box is not compared, nor are independents. Elections are
-- joined by their row, and parties within two boxes by a hash of what they are known by: with the texts
-- themselves it takes twice as long.
CREATE VIEW chain AS
SELECT
    x.election_id,
    l.election_name,
    l.country,
    l.election_date,
    x.position,
    coalesce(x.party, x.name) AS party,
    x.previous_seats,
    q.seats AS seats_then,
    x.previous_seats - q.seats AS difference,
    CASE
        WHEN q.times IS NULL THEN 'not found there'
        WHEN x.is_new THEN 'called new'
        ELSE 'other seats'
    END AS verdict,
    coalesce(y.party, y.name) AS party_then,
    q.position AS position_then,
    l.previous_id,
    l.previous_page,
    l.through_redirect
FROM (
    SELECT
        a.id,
        a.election_id,
        a.election_name,
        a.country,
        a.election_date,
        a.previous_page,
        m.to_title IS NOT NULL AS through_redirect,
        p.id AS previous,
        p.election_id AS previous_id
    FROM (
        SELECT
            e.rowid AS id,
            e.election_id,
            e.wiki,
            c.election_name,
            c.country,
            c.election_date,
            c.previous_page,
            nullif(e.election_kind, 'general') AS kind,
            e.country_code,
            coalesce(e.subdivision, '') AS subdivision,
            coalesce(lower(e.chamber), 'type ' || lower(e.election_type)) AS contest,
            sum(CASE WHEN e.contender_count > 0 THEN 1 ELSE 0 END) OVER (PARTITION BY e.wiki, e.page_title) AS boxes
        FROM elections AS e
        JOIN election_context AS c ON c.election_id = e.election_id
    ) AS a
    LEFT JOIN redirects AS m ON m.wiki = a.wiki AND m.from_title = a.previous_page
    JOIN (
        SELECT
            rowid AS id,
            election_id,
            wiki,
            page_title,
            nullif(election_kind, 'general') AS kind,
            country_code,
            coalesce(subdivision, '') AS subdivision,
            coalesce(lower(chamber), 'type ' || lower(election_type)) AS contest,
            count(*) OVER (PARTITION BY wiki, page_title) AS boxes,
            count(*) OVER (PARTITION BY wiki, page_title, coalesce(lower(chamber), 'type ' || lower(election_type))) AS alike
        FROM elections
        WHERE contender_count > 0
    ) AS p ON p.wiki IS NOT DISTINCT FROM a.wiki AND p.page_title = coalesce(m.to_title, a.previous_page)
        AND p.id <> a.id
        AND (p.boxes = 1 AND a.boxes = 1 OR p.contest = a.contest AND p.alike = 1)
        AND (p.kind = a.kind OR p.kind IS NULL OR a.kind IS NULL)
        AND (p.country_code = a.country_code AND p.subdivision = a.subdivision OR p.country_code IS NULL OR a.country_code IS NULL)
) AS l
JOIN (
    SELECT id, party_key, any_value(position) AS position, any_value(previous_seats) AS previous_seats, any_value(is_new) AS is_new
    FROM (
        SELECT e.rowid AS id, hash(lower(coalesce(m.to_title, r.party_page, r.party, r.name))) AS party_key, r.position, r.previous_seats, r.is_new
        FROM results AS r
        JOIN elections AS e ON e.election_id = r.election_id
        LEFT JOIN redirects AS m ON m.wiki = e.wiki AND m.from_title = r.party_page
        WHERE NOT r.is_independent AND r.kind IN ('party', 'candidate') AND coalesce(r.party_page, r.party, r.name) IS NOT NULL
    )
    GROUP BY id, party_key
    HAVING count(*) = 1
) AS r ON r.id = l.id
LEFT JOIN (
    SELECT id, party_key, any_value(position) AS position, any_value(seats) AS seats, count(*) AS times
    FROM (
        SELECT e.rowid AS id, hash(lower(coalesce(m.to_title, r.party_page, r.party, r.name))) AS party_key, r.position, r.seats
        FROM results AS r
        JOIN elections AS e ON e.election_id = r.election_id
        LEFT JOIN redirects AS m ON m.wiki = e.wiki AND m.from_title = r.party_page
        WHERE NOT r.is_independent AND r.kind IN ('party', 'candidate') AND coalesce(r.party_page, r.party, r.name) IS NOT NULL
    )
    GROUP BY id, party_key
) AS q ON q.id = l.previous AND q.party_key = r.party_key
JOIN results AS x ON x.election_id = l.election_id AND x.position = r.position
LEFT JOIN results AS y ON y.election_id = l.previous_id AND y.position = q.position
WHERE q.times IS NULL AND r.previous_seats > 0
    OR q.times = 1 AND (q.seats > 0 AND r.is_new OR q.seats <> r.previous_seats);
COMMENT ON VIEW chain IS 'A row is one contender whose seats at the previous election, as a box says, are not those that the previous election''s own box has. Boxes are linked by previous_page, their own or that of the nearest outer box, after redirects, and on that page by their chamber; elections of different kinds or places, such as a by-election and a general one, are not compared. An election whose previous page was not read has no row. Key: election_id, position.';
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
