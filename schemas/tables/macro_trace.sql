-- One field can fill several columns; the list says which field that is, where it is not the column's own.
CREATE MACRO trace(election, "column") AS TABLE
SELECT
    f.target AS read_into,
    f.position,
    r.name,
    f.key,
    f.raw,
    f.text,
    f.line,
    f.byte_offset,
    f.path,
    e.page_title,
    e.page_url,
    e.revision_id,
    e.revision_timestamp,
    e.source_uri,
    e.source_sha256
FROM fields AS f
JOIN elections AS e ON e.election_id = f.election_id
LEFT JOIN results AS r ON r.election_id = f.election_id AND r.position = f.position
WHERE f.election_id = election
    AND (regexp_extract("column", '/([0-9]+)$', 1) = ''
        OR f.position IS NULL
        OR f.position = TRY_CAST(regexp_extract("column", '/([0-9]+)$', 1) AS INTEGER)
        OR f.target = 'results.heading' AND f.position < TRY_CAST(regexp_extract("column", '/([0-9]+)$', 1) AS INTEGER))
    AND (f.target IN (regexp_replace(lower("column"), '/[0-9]+$', ''),
            'elections.' || regexp_replace(lower("column"), '/[0-9]+$', ''),
            'results.' || regexp_replace(lower("column"), '/[0-9]+$', ''),
            'offices.' || regexp_replace(lower("column"), '/[0-9]+$', ''))
        OR f.name = regexp_replace(lower("column"), '/[0-9]+$', '')
        OR f.target IN (
            SELECT t.target
            FROM (VALUES
                ('elections', 'election_date_end', 'elections.election_date'),
                ('elections', 'election_date_raw', 'elections.election_date'),
                ('elections', 'election_year', 'elections.election_date'),
                ('elections', 'seats_contested', 'elections.seats_total'),
                ('elections', 'seats_raw', 'elections.seats_total'),
                ('elections', 'chamber', 'elections.seats_total'),
                ('elections', 'turnout_change_pp', 'elections.turnout_pct'),
                ('elections', 'votes_cast', 'elections.turnout_pct'),
                ('elections', 'previous_page', 'elections.previous_election'),
                ('elections', 'next_page', 'elections.next_election'),
                ('elections', 'previous_election', 'elections.previous_page'),
                ('elections', 'next_election', 'elections.next_page'),
                ('elections', 'contender_count', 'results.party'),
                ('elections', 'contender_count', 'results.name'),
                ('elections', 'seats_sum', 'results.seats'),
                ('elections', 'vote_pct_sum', 'results.vote_pct'),
                ('results', 'kind', 'results.name'),
                ('results', 'kind', 'results.party'),
                ('results', 'name', 'results.party'),
                ('results', 'page', 'results.name'),
                ('results', 'page', 'results.party'),
                ('results', 'page', 'results.party_page'),
                ('results', 'party_page', 'results.party'),
                ('results', 'is_independent', 'results.name'),
                ('results', 'is_independent', 'results.party'),
                ('results', 'is_new', 'results.previous_seats'),
                ('results', 'seat_change', 'results.seats'),
                ('results', 'seat_change', 'results.previous_seats'),
                ('standings', 'seat_pct', 'results.seats'),
                ('standings', 'seat_minus_vote_pp', 'results.seats'),
                ('standings', 'seat_minus_vote_pp', 'results.vote_pct')
            ) AS t(of_table, of_column, target)
            WHERE regexp_replace(lower("column"), '/[0-9]+$', '') IN (t.of_column, t.of_table || '.' || t.of_column)
        ))
ORDER BY f.ordinal;
COMMENT ON MACRO TABLE trace IS 'Where a value comes from: FROM trace(election_id, column), such as trace(''enwiki:2007 Moroccan general election#1'', ''results.seats''). A row is one raw field of the box that was read into the column; the column can be named with its table or without, and with a contender''s position behind it, as findings.subject has it: ''seats/2''. A parameter''s own name will do too: ''last_election/2''. No row comes back where the box has no such field, or there is no such column. Columns: read_into, the column that the field was read into (fields.target), which other columns can share; position and name, the contender; key, raw and text, the field as the document writes it, its value as it stands there and as a reader sees it; line and byte_offset of raw in the document, from 1 and from 0; path, where raw stands in a format without lines; page_title, page_url, revision_id and revision_timestamp, the page; source_uri and source_sha256, the document.';
