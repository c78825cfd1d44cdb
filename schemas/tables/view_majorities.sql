CREATE VIEW majorities AS
SELECT
    m.election_id,
    m.election_name,
    m.country,
    m.election_date,
    m.rank,
    m.size,
    m.seats,
    string_agg(coalesce(r.name, 'contender ' || m.position), ' + ' ORDER BY m.position) AS members
FROM (
    SELECT
        k.election_id,
        c.election_name,
        c.country,
        c.election_date,
        k.rank,
        k.size,
        k.seats,
        unnest(k.members) AS position
    FROM coalitions AS k
    JOIN election_context AS c ON c.election_id = k.election_id
) AS m
LEFT JOIN results AS r ON r.election_id = m.election_id AND r.position = m.position
GROUP BY m.election_id, m.election_name, m.country, m.election_date, m.rank, m.size, m.seats;
COMMENT ON VIEW majorities IS 'A row is one minimal winning coalition, with its members by name: together they have more than half of the chamber, and no longer when any one of them leaves. The 20 smallest of each election, by rank; how many there are is the measure minimal_winning_coalitions, and the cookbook has a query that lists all. Key: election_id, rank.';
COMMENT ON COLUMN majorities.election_id IS 'the election: elections.election_id';
COMMENT ON COLUMN majorities.election_name IS 'name of the election: election_context.election_name';
COMMENT ON COLUMN majorities.country IS 'country, state or city: election_context.country';
COMMENT ON COLUMN majorities.election_date IS 'first day of the election: election_context.election_date';
COMMENT ON COLUMN majorities.rank IS 'number of the coalition in its election, from 1: coalitions.rank';
COMMENT ON COLUMN majorities.size IS 'how many members it has';
COMMENT ON COLUMN majorities.seats IS 'seats of its members together';
COMMENT ON COLUMN majorities.members IS 'the names of its members, in the order of the box, with + between them';
