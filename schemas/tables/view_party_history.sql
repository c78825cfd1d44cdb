-- A party without a page of its own is known by its country and name; where another election of that
-- country gives the name one page, and no second, it is that page's. A joint list is of each of its parties, so
-- that it has several rows. A bare name of which the template makes a link can be that of parties of several
-- countries (Green Party): where it is used in several, its country is part of the key.
CREATE VIEW party_history AS
SELECT
    coalesce(CASE WHEN s.page_key IS NULL THEN p.page_key ELSE c.country_code || ': ' || p.page_key END, n.page_key, c.country || ': ' || coalesce(p.name, r.party, r.name)) AS party_key,
    CASE
        WHEN s.page_key IS NOT NULL THEN 'country and name'
        WHEN p.page_key IS NOT NULL THEN 'party_page'
        WHEN c.country || coalesce(p.name, r.party, r.name) IS NOT NULL THEN 'country and name'
    END AS matched_by,
    j.election_id IS NOT NULL AS shared,
    c.wiki,
    c.country,
    c.election_date,
    c.election_year,
    r.election_id,
    c.election_name,
    r.position,
    coalesce(p.ordinal, 1) AS ordinal,
    r.kind,
    CASE WHEN j.election_id IS NOT NULL THEN p.name ELSE coalesce(r.party, r.name) END AS party,
    r.name,
    r.leader,
    r.alliance,
    r.is_independent,
    r.votes,
    r.vote_pct,
    r.seats,
    CAST(100.0 * r.seats / nullif(greatest(coalesce(b.seats_sum, 0), coalesce(c.seats_stated, 0)), 0) AS DECIMAL(7,4)) AS seat_pct,
    r.previous_seats,
    r.seat_change
FROM results AS r
JOIN election_context AS c ON c.election_id = r.election_id
JOIN (SELECT election_id, nullif(sum(seats), 0) AS seats_sum FROM results GROUP BY election_id) AS b ON b.election_id = r.election_id
LEFT JOIN contender_parties AS p ON p.election_id = r.election_id AND p.position = r.position
LEFT JOIN (SELECT election_id, position FROM contender_parties WHERE ordinal = 2) AS j ON j.election_id = r.election_id AND j.position = r.position
LEFT JOIN (
    SELECT p.page_key
    FROM contender_parties AS p
    JOIN elections AS e ON e.election_id = p.election_id
    WHERE p.page_basis = 'name'
    GROUP BY p.page_key
    HAVING count(DISTINCT e.country_code) > 1
) AS s ON s.page_key = p.page_key AND p.page_basis = 'name' AND c.country_code IS NOT NULL
LEFT JOIN (
    SELECT country, party, min(page_key) AS page_key
    FROM (
        SELECT c.country, lower(p.name) AS party, p.page_key
        FROM contender_parties AS p
        JOIN election_context AS c ON c.election_id = p.election_id
        WHERE p.page_key IS NOT NULL
    )
    GROUP BY country, party
    HAVING min(page_key) = max(page_key)
) AS n ON n.country = c.country AND n.party = CASE WHEN p.page_key IS NULL THEN lower(coalesce(p.name, r.party, r.name)) END
WHERE r.kind IN ('party', 'candidate');
COMMENT ON VIEW party_history IS 'A row is one contender of one election, with a party that it is of: all rows with one party_key are that party, or that candidate where there is no party, through time. A joint list of several parties has a row for each of them, with the votes and seats of the whole list: sum those only over rows that are not shared. Key: election_id, position, ordinal.';
COMMENT ON COLUMN party_history.party_key IS 'what the party is known by in all its elections: contender_parties.page_key, with the country''s code before that of a bare name that several countries use; else country and name; NULL where there is neither';
COMMENT ON COLUMN party_history.matched_by IS 'party_page where the party''s page tells it, else country and name, which other elections may link to a page; NULL where party_key is';
COMMENT ON COLUMN party_history.shared IS 'the contender is a joint list: its votes and seats are those of several parties together';
COMMENT ON COLUMN party_history.wiki IS 'the wiki''s database name, such as enwiki';
COMMENT ON COLUMN party_history.country IS 'country, state or city: election_context.country';
COMMENT ON COLUMN party_history.election_date IS 'first day of the election: election_context.election_date';
COMMENT ON COLUMN party_history.election_year IS 'year of the election: election_context.election_year';
COMMENT ON COLUMN party_history.election_id IS 'the election: elections.election_id';
COMMENT ON COLUMN party_history.election_name IS 'name of the election: election_context.election_name';
COMMENT ON COLUMN party_history.position IS 'the number in the contender''s keys, not a rank: results.position';
COMMENT ON COLUMN party_history.ordinal IS 'number of the party among those of the contender: contender_parties.ordinal; 1 where there is none';
COMMENT ON COLUMN party_history.kind IS 'party or candidate';
COMMENT ON COLUMN party_history.party IS 'the party''s name as this box writes it; the candidate''s where there is no party; of a joint list, the one party';
COMMENT ON COLUMN party_history.name IS 'the candidate''s name for a candidate, else the party''s';
COMMENT ON COLUMN party_history.leader IS 'leader of a party';
COMMENT ON COLUMN party_history.alliance IS 'alliance that the contender stands in';
COMMENT ON COLUMN party_history.is_independent IS 'the name is that of independents, not of a party: such rows are of one name, not of one group';
COMMENT ON COLUMN party_history.votes IS 'votes won';
COMMENT ON COLUMN party_history.vote_pct IS 'share of votes in percent, as stated';
COMMENT ON COLUMN party_history.seats IS 'seats won, or held after the election where the box has only those: results.seats';
COMMENT ON COLUMN party_history.seat_pct IS 'share of seats in percent, computed: of those of all contenders in the box, or of those stated where these are more';
COMMENT ON COLUMN party_history.previous_seats IS 'seats won at the last election, as this box says';
COMMENT ON COLUMN party_history.seat_change IS 'the change in seats: results.seat_change';
