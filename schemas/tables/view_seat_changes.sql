CREATE VIEW seat_changes AS
SELECT
    r.election_id,
    c.election_name,
    c.country,
    c.election_date,
    c.election_year,
    r.position,
    r.name,
    r.party,
    r.seats,
    r.previous_seats,
    r.seat_change,
    CASE
        WHEN r.is_new AND (r.seat_change IS NULL OR r.seat_change = r.seats) THEN 'new'
        WHEN r.seat_change > 0 THEN 'gained'
        WHEN r.seat_change < 0 THEN 'lost'
        ELSE 'kept'
    END AS outcome,
    CASE
        WHEN r.seat_change = r.seats - r.previous_seats THEN 'difference'
        WHEN r.seat_change = r.seat_change_stated THEN 'stated'
        WHEN r.seat_change IS NOT NULL THEN 'held'
    END AS change_from
FROM results AS r
JOIN election_context AS c ON c.election_id = r.election_id
WHERE r.kind IN ('party', 'candidate') AND (r.is_new OR r.seat_change IS NOT NULL);
COMMENT ON VIEW seat_changes IS 'A row is one contender whose change in seats is known, or that the box calls new. Key: election_id, position.';
COMMENT ON COLUMN seat_changes.election_id IS 'the election: elections.election_id';
COMMENT ON COLUMN seat_changes.election_name IS 'name of the election: election_context.election_name';
COMMENT ON COLUMN seat_changes.country IS 'country, state or city: election_context.country';
COMMENT ON COLUMN seat_changes.election_date IS 'first day of the election: election_context.election_date';
COMMENT ON COLUMN seat_changes.election_year IS 'year of the election: election_context.election_year';
COMMENT ON COLUMN seat_changes.position IS 'the number in the contender''s keys, not a rank: results.position';
COMMENT ON COLUMN seat_changes.name IS 'the candidate''s name for a candidate, else the party''s';
COMMENT ON COLUMN seat_changes.party IS 'the party''s name';
COMMENT ON COLUMN seat_changes.seats IS 'seats won, or held after the election where the box has only those: results.seats';
COMMENT ON COLUMN seat_changes.previous_seats IS 'seats won at the last election; NULL for a new party';
COMMENT ON COLUMN seat_changes.seat_change IS 'the change in seats: results.seat_change';
COMMENT ON COLUMN seat_changes.outcome IS 'gained, lost or kept; new where the box calls the contender new and the change, if there is one, is all its seats';
COMMENT ON COLUMN seat_changes.change_from IS 'difference where seat_change is seats − previous_seats, stated where it is the change that the box gives, held where it is seats held after the election less those before';
