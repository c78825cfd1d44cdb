-- A field says by its targets which columns it filled. The columns that are computed from others are declared in
-- computed.go; they take the place of the comment below that names them.
CREATE MACRO trace(election, column_name) AS TABLE
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
    AND (regexp_extract(column_name, '/([0-9]+)$', 1) = ''
        OR f.position IS NULL
        OR f.position = TRY_CAST(regexp_extract(column_name, '/([0-9]+)$', 1) AS INTEGER)
        OR f.target = 'results.heading' AND f.position = (
            SELECT max(h.position)
            FROM fields AS h
            WHERE h.election_id = election AND h.target = 'results.heading'
                AND h.position <= TRY_CAST(regexp_extract(column_name, '/([0-9]+)$', 1) AS INTEGER)))
    AND (f.name = regexp_replace(lower(column_name), '/[0-9]+$', '')
        OR f.ordinal IN (
            SELECT g.ordinal
            FROM (SELECT ordinal, unnest(string_split(targets, ' ')) AS target FROM fields WHERE election_id = election) AS g
            WHERE g.target IN (
                SELECT p.prefix || regexp_replace(lower(column_name), '/[0-9]+$', '')
                FROM (VALUES (''), ('elections.'), ('results.'), ('offices.')) AS p(prefix)
                UNION ALL
                SELECT t.source
                FROM (VALUES
            /* computed columns */
                ) AS t(of_table, of_column, source)
                WHERE regexp_replace(lower(column_name), '/[0-9]+$', '') IN (t.of_column, t.of_table || '.' || t.of_column))))
ORDER BY f.ordinal;
COMMENT ON MACRO TABLE trace IS 'Where a value comes from: FROM trace(election, column_name), such as trace(''enwiki:2007 Moroccan general election#1'', ''results.seats''). A row is one raw field of the box that was read into the column; the column can be named with its table or without, and with a contender''s position behind it, as findings.subject has it: ''seats/2''. A parameter''s own name will do too: ''last_election/2''. No row comes back where the box has no such field, or there is no such column. Columns: read_into, the column that the field is meant for (fields.target); fields.targets has all that it fills; position and name, the contender; key, raw and text, the field as the document writes it, its value as it stands there and as a reader sees it; line and byte_offset of raw in the document, from 1 and from 0; path, where in a page of HTML raw stands; page_title, page_url, revision_id and revision_timestamp, the page; source_uri and source_sha256, the document.';
