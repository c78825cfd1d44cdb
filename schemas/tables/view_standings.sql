-- What decides is the first of seats, electoral votes, votes and share of votes that a box gives.
-- Independents counted together are no party, and have no place; nor have rows such as vacant seats. A place is looked
-- up in the election's own sorted list: windows over all contenders would sort every text of theirs.
-- Where the shares under several headings sum to more than a whole, even if each was rounded by half a
-- point, each heading has an electorate of its own. Else headings part the blocs of one electorate.
CREATE VIEW standings AS
SELECT
    r.election_id,
    c.election_name,
    c.country,
    c.election_date,
    c.election_year,
    CASE
        WHEN r.kind NOT IN ('party', 'candidate') OR r.kind = 'party' AND r.is_independent THEN NULL
        WHEN b.ranked_by = 'seats' THEN list_position(b.seats, r.seats)
        WHEN b.ranked_by = 'electoral votes' THEN list_position(b.electoral_votes, r.electoral_votes)
        WHEN b.ranked_by = 'votes' THEN list_position(b.votes, r.votes)
        WHEN b.ranked_by = 'share of votes' THEN list_position(b.shares, r.vote_pct)
    END AS rank,
    b.ranked_by,
    r.position,
    r.kind,
    r.name,
    r.party,
    r.leader,
    r.alliance,
    r.colour,
    r.is_independent,
    r.seats,
    CAST(100.0 * r.seats / nullif(greatest(coalesce(b.seats_sum, 0), coalesce(c.seats_stated, 0)), 0) AS DECIMAL(7,4)) AS seat_pct,
    r.electoral_votes,
    r.votes,
    r.vote_pct,
    CASE
        WHEN r.kind NOT IN ('party', 'candidate') OR r.kind = 'party' AND r.is_independent THEN NULL
        WHEN v.election_id IS NOT NULL AND coalesce(len(v.votes), 0) > coalesce(len(v.shares), 0) THEN list_position(v.votes, r.votes)
        WHEN v.election_id IS NOT NULL THEN list_position(v.shares, r.vote_pct)
        WHEN coalesce(len(b.votes), 0) > coalesce(len(b.shares), 0) THEN list_position(b.votes, r.votes)
        ELSE list_position(b.shares, r.vote_pct)
    END AS vote_rank,
    CASE
        WHEN c.seats_of_votes AND coalesce(r.round, 1) = 1
            THEN CAST(100.0 * r.seats / nullif(greatest(coalesce(b.seats_sum, 0), coalesce(c.seats_stated, 0)), 0) AS DECIMAL(7,4)) - r.vote_pct
    END AS seat_minus_vote_pp
FROM results AS r
JOIN election_context AS c ON c.election_id = r.election_id
JOIN (
    SELECT
        election_id,
        CASE
            WHEN max(seats) FILTER (WHERE kind IN ('party', 'candidate')) > 0 THEN 'seats'
            WHEN max(electoral_votes) FILTER (WHERE kind IN ('party', 'candidate')) > 0 THEN 'electoral votes'
            WHEN max(votes) FILTER (WHERE kind IN ('party', 'candidate')) > 0 THEN 'votes'
            WHEN max(vote_pct) FILTER (WHERE kind IN ('party', 'candidate')) > 0 THEN 'share of votes'
        END AS ranked_by,
        nullif(sum(seats), 0) AS seats_sum,
        list_reverse_sort(list(seats) FILTER (WHERE seats IS NOT NULL AND kind IN ('party', 'candidate') AND NOT (kind = 'party' AND is_independent))) AS seats,
        list_reverse_sort(list(electoral_votes) FILTER (WHERE electoral_votes IS NOT NULL AND kind IN ('party', 'candidate') AND NOT (kind = 'party' AND is_independent))) AS electoral_votes,
        list_reverse_sort(list(votes) FILTER (WHERE votes IS NOT NULL AND kind IN ('party', 'candidate') AND NOT (kind = 'party' AND is_independent))) AS votes,
        list_reverse_sort(list(vote_pct) FILTER (WHERE vote_pct IS NOT NULL AND kind IN ('party', 'candidate') AND NOT (kind = 'party' AND is_independent))) AS shares
    FROM results
    GROUP BY election_id
) AS b ON b.election_id = r.election_id
LEFT JOIN (
    SELECT
        r.election_id,
        coalesce(r.heading, '') AS heading,
        list_reverse_sort(list(r.votes) FILTER (WHERE r.votes IS NOT NULL AND r.kind IN ('party', 'candidate') AND NOT (r.kind = 'party' AND r.is_independent))) AS votes,
        list_reverse_sort(list(r.vote_pct) FILTER (WHERE r.vote_pct IS NOT NULL AND r.kind IN ('party', 'candidate') AND NOT (r.kind = 'party' AND r.is_independent))) AS shares
    FROM results AS r
    JOIN (
        SELECT election_id
        FROM results
        WHERE vote_pct IS NOT NULL AND kind <> 'invalid'
        GROUP BY election_id
        HAVING count(DISTINCT coalesce(heading, '')) > 1 AND sum(vote_pct) > 100 + 0.5 * count(*)
    ) AS e ON e.election_id = r.election_id
    GROUP BY r.election_id, coalesce(r.heading, '')
) AS v ON v.election_id = r.election_id AND v.heading = coalesce(r.heading, '');
COMMENT ON VIEW standings IS 'A row is one contender of one election with its rank and its shares: what it has in seats against what it has in votes. Key: election_id, position.';
COMMENT ON COLUMN standings.election_id IS 'the election: elections.election_id';
COMMENT ON COLUMN standings.election_name IS 'name of the election: election_context.election_name';
COMMENT ON COLUMN standings.country IS 'country, state or city: election_context.country';
COMMENT ON COLUMN standings.election_date IS 'first day of the election: election_context.election_date';
COMMENT ON COLUMN standings.election_year IS 'year of the election: election_context.election_year';
COMMENT ON COLUMN standings.rank IS 'place by what ranked_by names, from 1; those who are level share it; NULL for independents counted together, who are no party, and for rows that are no contender';
COMMENT ON COLUMN standings.ranked_by IS 'what decides: the first of seats, electoral votes, votes and share of votes that the box gives';
COMMENT ON COLUMN standings.position IS 'the number in the contender''s keys, not a rank: results.position';
COMMENT ON COLUMN standings.kind IS 'party or candidate, or what the row is that is no contender: results.kind';
COMMENT ON COLUMN standings.name IS 'the candidate''s name for a candidate, else the party''s';
COMMENT ON COLUMN standings.party IS 'the party''s name';
COMMENT ON COLUMN standings.leader IS 'leader of a party';
COMMENT ON COLUMN standings.alliance IS 'alliance that the contender stands in';
COMMENT ON COLUMN standings.colour IS '#RRGGBB, upper case';
COMMENT ON COLUMN standings.is_independent IS 'the name is that of independents, not of a party';
COMMENT ON COLUMN standings.seats IS 'seats won, or held after the election where the box has only those: results.seats';
COMMENT ON COLUMN standings.seat_pct IS 'share of seats in percent, computed: of those of all contenders in the box, or of those stated where these are more';
COMMENT ON COLUMN standings.electoral_votes IS 'electoral votes or delegates';
COMMENT ON COLUMN standings.votes IS 'votes won, of several rounds in the decisive one: results.round';
COMMENT ON COLUMN standings.vote_pct IS 'share of votes in percent, as stated, of several rounds in the decisive one: results.round';
COMMENT ON COLUMN standings.vote_rank IS 'place by votes, by share where the box counts fewer votes than shares; among those of one electorate, where headings part electorates, so that each has a first; NULL as rank is';
COMMENT ON COLUMN standings.seat_minus_vote_pp IS 'seat_pct − vote_pct in percentage points: above zero where seats outrun votes; NULL where the seats are not known to be those that these votes filled, and where the votes are those of a later round';
