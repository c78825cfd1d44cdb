-- Seats that the box does not list are those of the chamber less those of the contenders. Where the size of the
-- chamber is not given, it is at most twice the majority less one.
CREATE VIEW election_summary AS
SELECT
    e.election_id,
    e.wiki,
    e.page_title,
    e.box,
    e.parent_box,
    c.election_name,
    c.country,
    c.election_date,
    c.election_year,
    coalesce(c.country_from, c.date_from, c.name_from) AS inherited_from,
    e.chamber,
    e.seats_total,
    e.seats_contested,
    e.seats_sum,
    e.majority_seats,
    e.contender_count,
    w.winner_by,
    w.winner,
    w.winner_party,
    w.winner_seats,
    w.winner_votes,
    w.winner_vote_pct,
    w.runner_up,
    w.runner_up_party,
    w.runner_up_seats,
    w.runner_up_votes,
    w.runner_up_vote_pct,
    w.largest_by_seats,
    w.largest_seats,
    coalesce(e.majority_seats, e.seats_total // 2 + 1) AS majority_needed,
    CASE
        WHEN w.largest_seats >= coalesce(e.majority_seats, e.seats_total // 2 + 1) THEN true
        WHEN o.most_after >= coalesce(e.majority_seats, e.seats_total // 2 + 1) THEN true
        WHEN o.most_after + greatest(e.seats_total - o.after_sum, 0) < coalesce(e.majority_seats, e.seats_total // 2 + 1) THEN false
        WHEN w.largest_seats + greatest(coalesce(e.seats_total, 2 * e.majority_seats - 1) - e.seats_sum, 0) + coalesce(o.seats, 0)
            < coalesce(e.majority_seats, e.seats_total // 2 + 1) THEN false
    END AS has_majority,
    e.vote_pct_sum,
    e.turnout_pct,
    e.turnout_change_pp,
    coalesce(f.notes, 0) AS notes,
    coalesce(f.warnings, 0) AS warnings,
    coalesce(f.errors, 0) AS errors,
    coalesce(f.errors, 0) = 0 AS is_sound,
    e.page_url,
    e.revision_id,
    e.event_id,
    e.full_name,
    e.country_code,
    e.subdivision,
    e.level,
    e.chamber_type,
    e.election_kind
FROM elections AS e
JOIN election_context AS c ON c.election_id = e.election_id
LEFT JOIN (
    SELECT
        election_id,
        min(ranked_by) AS winner_by,
        CASE WHEN count(*) FILTER (WHERE rank = 1) = 1 THEN min(name) FILTER (WHERE rank = 1) END AS winner,
        CASE WHEN count(*) FILTER (WHERE rank = 1) = 1 THEN min(party) FILTER (WHERE rank = 1) END AS winner_party,
        max(seats) FILTER (WHERE rank = 1) AS winner_seats,
        CASE WHEN count(*) FILTER (WHERE rank = 1) = 1 THEN min(votes) FILTER (WHERE rank = 1) END AS winner_votes,
        CASE WHEN count(*) FILTER (WHERE rank = 1) = 1 THEN min(vote_pct) FILTER (WHERE rank = 1) END AS winner_vote_pct,
        CASE WHEN count(*) FILTER (WHERE rank = 2) = 1 THEN min(name) FILTER (WHERE rank = 2) END AS runner_up,
        CASE WHEN count(*) FILTER (WHERE rank = 2) = 1 THEN min(party) FILTER (WHERE rank = 2) END AS runner_up_party,
        CASE WHEN count(*) FILTER (WHERE rank = 2) = 1 THEN min(seats) FILTER (WHERE rank = 2) END AS runner_up_seats,
        CASE WHEN count(*) FILTER (WHERE rank = 2) = 1 THEN min(votes) FILTER (WHERE rank = 2) END AS runner_up_votes,
        CASE WHEN count(*) FILTER (WHERE rank = 2) = 1 THEN min(vote_pct) FILTER (WHERE rank = 2) END AS runner_up_vote_pct,
        arg_min(name, position) FILTER (WHERE rank = 1 AND ranked_by = 'seats') AS largest_by_seats,
        max(seats) FILTER (WHERE rank = 1 AND ranked_by = 'seats') AS largest_seats
    FROM standings
    WHERE rank <= 2
    GROUP BY election_id
) AS w ON w.election_id = e.election_id
LEFT JOIN (
    SELECT
        election_id,
        sum(seats) FILTER (WHERE kind = 'others') AS seats,
        max(seats_after) FILTER (WHERE kind IN ('party', 'candidate') AND NOT (kind = 'party' AND is_independent)) AS most_after,
        sum(seats_after) FILTER (WHERE kind <> 'others') AS after_sum
    FROM results
    WHERE kind = 'others' OR seats_after IS NOT NULL
    GROUP BY election_id
) AS o ON o.election_id = e.election_id
LEFT JOIN (
    SELECT
        election_id,
        count(*) FILTER (WHERE status = 'note') AS notes,
        count(*) FILTER (WHERE status = 'warn') AS warnings,
        count(*) FILTER (WHERE status = 'error') AS errors
    FROM findings
    GROUP BY election_id
) AS f ON f.election_id = e.election_id
WHERE NOT e.is_wrapper;
COMMENT ON VIEW election_summary IS 'A row is one election: what it was, who won, who came second, whether anyone has a majority, the turnout, and how many doubts stand beside it. A box that only holds others (elections.is_wrapper) has no row. The place to begin. Key: election_id.';
COMMENT ON COLUMN election_summary.election_id IS 'identity of the box: elections.election_id';
COMMENT ON COLUMN election_summary.wiki IS 'the wiki''s database name, such as enwiki';
COMMENT ON COLUMN election_summary.page_title IS 'title of the page';
COMMENT ON COLUMN election_summary.box IS 'number of the box on its page, from 1';
COMMENT ON COLUMN election_summary.parent_box IS 'number of the box that this one stands in; NULL for an outer box';
COMMENT ON COLUMN election_summary.election_name IS 'name of the election: election_context.election_name';
COMMENT ON COLUMN election_summary.country IS 'country, state or city: election_context.country';
COMMENT ON COLUMN election_summary.election_date IS 'first day of the election: election_context.election_date';
COMMENT ON COLUMN election_summary.election_year IS 'year of the election: election_context.election_year';
COMMENT ON COLUMN election_summary.inherited_from IS 'nearest outer election that gives the name, the country or the date that this box lacks; NULL where nothing is taken from one; election_context says which';
COMMENT ON COLUMN election_summary.chamber IS 'chamber that the phrase on seats names';
COMMENT ON COLUMN election_summary.seats_total IS 'size of the chamber, in seats';
COMMENT ON COLUMN election_summary.seats_contested IS 'seats filled on the day';
COMMENT ON COLUMN election_summary.seats_sum IS 'sum of the contenders'' seats';
COMMENT ON COLUMN election_summary.majority_seats IS 'seats needed for a majority, as the box states them';
COMMENT ON COLUMN election_summary.contender_count IS 'rows of the box: elections.contender_count';
COMMENT ON COLUMN election_summary.winner_by IS 'what decides who is first: seats, electoral votes, votes or share of votes, the first that the box gives; independents counted together do not compete';
COMMENT ON COLUMN election_summary.winner IS 'contender with the most of it; NULL where several are level';
COMMENT ON COLUMN election_summary.winner_party IS 'that contender''s party';
COMMENT ON COLUMN election_summary.winner_seats IS 'seats of the winner, or of each of those who are level';
COMMENT ON COLUMN election_summary.winner_votes IS 'votes of the winner';
COMMENT ON COLUMN election_summary.winner_vote_pct IS 'share of votes of the winner in percent, as stated';
COMMENT ON COLUMN election_summary.runner_up IS 'contender in the second place; NULL where several are level, there or in the first place';
COMMENT ON COLUMN election_summary.runner_up_party IS 'that contender''s party';
COMMENT ON COLUMN election_summary.runner_up_seats IS 'seats of the runner-up';
COMMENT ON COLUMN election_summary.runner_up_votes IS 'votes of the runner-up';
COMMENT ON COLUMN election_summary.runner_up_vote_pct IS 'share of votes of the runner-up in percent, as stated';
COMMENT ON COLUMN election_summary.largest_by_seats IS 'contender with the most seats, the first in the box where several are level; NULL where no seats are given';
COMMENT ON COLUMN election_summary.largest_seats IS 'seats of that contender';
COMMENT ON COLUMN election_summary.majority_needed IS 'seats needed for a majority: majority_seats, else more than half of seats_total';
COMMENT ON COLUMN election_summary.has_majority IS 'true where largest_seats, or the seats that one contender holds after the election, reach majority_needed; false where nobody can have so many, even if all seats that the box does not list, or gives to others, were those of one party; NULL where neither is certain';
COMMENT ON COLUMN election_summary.vote_pct_sum IS 'sum of the contenders'' shares of votes in percent';
COMMENT ON COLUMN election_summary.turnout_pct IS 'turnout in percent';
COMMENT ON COLUMN election_summary.turnout_change_pp IS 'change of turnout since the last election in percentage points; NULL where its sign cannot be told';
COMMENT ON COLUMN election_summary.notes IS 'findings with status note: worth knowing';
COMMENT ON COLUMN election_summary.warnings IS 'findings with status warn: what an editor should look at';
COMMENT ON COLUMN election_summary.errors IS 'findings with status error: what cannot be true';
COMMENT ON COLUMN election_summary.is_sound IS 'no check found an error';
COMMENT ON COLUMN election_summary.page_url IS 'address of the page';
COMMENT ON COLUMN election_summary.revision_id IS 'the wiki''s number of the revision that was read';
COMMENT ON COLUMN election_summary.event_id IS 'what the boxes of one page have in common: elections.event_id';
COMMENT ON COLUMN election_summary.full_name IS 'a name that tells the box from the others of its page: elections.full_name';
COMMENT ON COLUMN election_summary.country_code IS 'ISO 3166-1 alpha-3 code of the country: elections.country_code';
COMMENT ON COLUMN election_summary.subdivision IS 'part of the country: elections.subdivision';
COMMENT ON COLUMN election_summary.level IS 'national, subnational, local or supranational: elections.level';
COMMENT ON COLUMN election_summary.chamber_type IS 'lower, upper, unicameral or executive: elections.chamber_type';
COMMENT ON COLUMN election_summary.election_kind IS 'kind of the election: elections.election_kind';
