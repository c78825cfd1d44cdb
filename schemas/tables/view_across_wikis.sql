-- A page of Wikidata stands for a page of each wiki, which can have several boxes: those of one chamber belong together.
-- Where a wiki has several boxes for one key, which of them is meant cannot be told, so that none of them is taken.
CREATE VIEW across_wikis AS
SELECT
    event_key,
    matched_by,
    wikis,
    wiki,
    election_id,
    page_title,
    full_name,
    election_date,
    country_code,
    chamber_type,
    contender_count,
    seats_total,
    seats_sum,
    vote_pct_sum,
    turnout_pct
FROM (
    SELECT *, count(*) OVER (PARTITION BY event_key) AS wikis
    FROM (
        SELECT *, count(*) OVER (PARTITION BY event_key, wiki) AS of_wiki
        FROM (
            SELECT
                e.*,
                coalesce(
                    coalesce(e.wikidata_qid, p.item) || coalesce(':' || e.chamber_type, ''),
                    e.country_code || ':' || e.election_date || ':' || p.chamber_type
                ) AS event_key,
                CASE WHEN e.wikidata_qid IS NOT NULL THEN 'item' ELSE 'country, date and chamber' END AS matched_by
            FROM elections AS e
            LEFT JOIN (
                SELECT country_code, election_date, chamber_type, min(wikidata_qid) AS item
                FROM elections
                WHERE NOT is_wrapper AND country_code || election_date || chamber_type IS NOT NULL
                GROUP BY country_code, election_date, chamber_type
                HAVING count(DISTINCT wikidata_qid) < 2
            ) AS p
                ON p.country_code = e.country_code
                AND p.election_date = e.election_date
                AND p.chamber_type = e.chamber_type
            WHERE e.wiki IS NOT NULL AND NOT e.is_wrapper
        ) AS keyed
        WHERE event_key IS NOT NULL
    ) AS counted
    WHERE of_wiki = 1
) AS grouped
WHERE wikis > 1;
COMMENT ON VIEW across_wikis IS 'A row is one election as one wiki has it, of those that several wikis of the run have. They are matched by the item of Wikidata, else by country, date and chamber as the box itself gives them. Boxes that only hold others are left out. Where a wiki has several boxes that could be meant, it has no row. Key: election_id.';
COMMENT ON COLUMN across_wikis.event_key IS 'what the election is known by in all wikis: the item of Wikidata and the type of the chamber, else country, date and type of the chamber';
COMMENT ON COLUMN across_wikis.matched_by IS 'item where the page has an item of Wikidata, else country, date and chamber';
COMMENT ON COLUMN across_wikis.wikis IS 'how many wikis have the election';
COMMENT ON COLUMN across_wikis.wiki IS 'the wiki''s database name, such as enwiki';
COMMENT ON COLUMN across_wikis.election_id IS 'the election: elections.election_id';
COMMENT ON COLUMN across_wikis.page_title IS 'title of the page';
COMMENT ON COLUMN across_wikis.full_name IS 'the name of the election, which tells the boxes of a page apart: elections.full_name';
COMMENT ON COLUMN across_wikis.election_date IS 'first day of the election';
COMMENT ON COLUMN across_wikis.country_code IS 'the country: elections.country_code';
COMMENT ON COLUMN across_wikis.chamber_type IS 'the type of the chamber: elections.chamber_type';
COMMENT ON COLUMN across_wikis.contender_count IS 'rows of the box: elections.contender_count';
COMMENT ON COLUMN across_wikis.seats_total IS 'size of the chamber, in seats';
COMMENT ON COLUMN across_wikis.seats_sum IS 'sum of the contenders'' seats';
COMMENT ON COLUMN across_wikis.vote_pct_sum IS 'sum of the contenders'' shares of votes in percent';
COMMENT ON COLUMN across_wikis.turnout_pct IS 'turnout in percent';
