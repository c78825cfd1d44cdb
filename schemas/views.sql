-- Views of the database, by hand. Every DuckDB from 1.0 on must read them: sub-queries only, no WITH,
-- no recursion. Nested boxes are four deep in the wild, so three steps up reach the outermost.

CREATE VIEW election_summary AS
SELECT
    e.election_id,
    e.page_title,
    e.box,
    e.parent_box,
    coalesce(e.election_name, e.page_title) AS election_name,
    coalesce(e.country, p1.country, p2.country, p3.country) AS country,
    coalesce(e.election_date, p1.election_date, p2.election_date, p3.election_date) AS election_date,
    coalesce(e.election_year, p1.election_year, p2.election_year, p3.election_year) AS election_year,
    CASE
        WHEN e.country IS NULL AND p1.country IS NOT NULL THEN p1.election_id
        WHEN e.country IS NULL AND p2.country IS NOT NULL THEN p2.election_id
        WHEN e.country IS NULL AND p3.country IS NOT NULL THEN p3.election_id
        WHEN e.election_year IS NULL AND p1.election_year IS NOT NULL THEN p1.election_id
        WHEN e.election_year IS NULL AND p2.election_year IS NOT NULL THEN p2.election_id
        WHEN e.election_year IS NULL AND p3.election_year IS NOT NULL THEN p3.election_id
    END AS inherited_from,
    e.chamber,
    e.seats_total,
    e.seats_contested,
    e.seats_sum,
    e.majority_seats,
    e.contender_count,
    w.name AS largest_by_seats,
    w.seats AS largest_seats,
    w.seats >= e.majority_seats AS has_majority,
    e.vote_pct_sum,
    e.turnout_pct,
    coalesce(f.notes, 0) AS notes,
    coalesce(f.warnings, 0) AS warnings,
    coalesce(f.errors, 0) AS errors,
    coalesce(f.errors, 0) = 0 AS is_sound,
    e.page_url,
    e.revision_id
FROM elections AS e
LEFT JOIN elections AS p1 ON p1.election_id = regexp_replace(e.election_id, '[0-9]+$', e.parent_box::VARCHAR)
LEFT JOIN elections AS p2 ON p2.election_id = regexp_replace(e.election_id, '[0-9]+$', p1.parent_box::VARCHAR)
LEFT JOIN elections AS p3 ON p3.election_id = regexp_replace(e.election_id, '[0-9]+$', p2.parent_box::VARCHAR)
LEFT JOIN (
    SELECT election_id, arg_min(name, rank) AS name, arg_min(seats, rank) AS seats
    FROM (
        SELECT election_id, name, seats,
            row_number() OVER (PARTITION BY election_id ORDER BY seats DESC, position) AS rank
        FROM results
        WHERE seats IS NOT NULL AND name IS NOT NULL
    )
    WHERE rank = 1
    GROUP BY election_id
) AS w ON w.election_id = e.election_id
LEFT JOIN (
    SELECT election_id,
        count(*) FILTER (WHERE status = 'note') AS notes,
        count(*) FILTER (WHERE status = 'warn') AS warnings,
        count(*) FILTER (WHERE status = 'error') AS errors
    FROM findings
    GROUP BY election_id
) AS f ON f.election_id = e.election_id;
COMMENT ON VIEW election_summary IS 'A row is one election: what it was, its largest group by seats, and how many doubts stand beside it. Country and date come from the nearest outer box where the box does not give them; inherited_from names that box.';
