-- A contradiction between two elections is a doubt of the one that looks back. Its sides are both texts.
CREATE VIEW doubts AS
SELECT
    CASE f.status WHEN 'error' THEN 1 WHEN 'warn' THEN 2 ELSE 3 END AS severity,
    f.status,
    f.check_id,
    f.message,
    f.subject,
    f.expected,
    f.observed,
    d.key,
    d.raw,
    f.line,
    f.byte_offset,
    d.path,
    f.election_id,
    c.election_name,
    c.country,
    c.election_date,
    e.page_title,
    e.page_url,
    e.revision_id,
    e.source_uri,
    f.ordinal,
    f.other_election_id
FROM (
    SELECT election_id, ordinal, check_id, status, subject, expected, observed, message, field_ordinal, line, byte_offset, NULL::VARCHAR AS other_election_id
    FROM findings
    UNION ALL
    SELECT
        k.election_id,
        k.ordinal,
        k.kind,
        'warn',
        regexp_replace(k.column_name, '^.*[.]', '') || coalesce('/' || k.position, ''),
        k.there,
        k.here,
        k.message,
        f.ordinal,
        k.line,
        k.byte_offset,
        k.other_election_id
    FROM contradictions AS k
    LEFT JOIN (
        SELECT k.election_id, k.ordinal AS contradiction, min(f.ordinal) AS ordinal
        FROM contradictions AS k
        JOIN fields AS f ON f.election_id = k.election_id AND f.byte_offset = k.byte_offset
        GROUP BY k.election_id, k.ordinal
    ) AS f ON f.election_id = k.election_id AND f.contradiction = k.ordinal
) AS f
JOIN elections AS e ON e.election_id = f.election_id
JOIN election_context AS c ON c.election_id = f.election_id
LEFT JOIN fields AS d ON d.election_id = f.election_id AND d.ordinal = f.field_ordinal
ORDER BY severity, f.election_id, f.other_election_id NULLS FIRST, f.ordinal;
COMMENT ON VIEW doubts IS 'A row is one finding, or one contradiction with another election, with the raw field that it is about, the worst first. Key: election_id, check_id, ordinal.';
COMMENT ON COLUMN doubts.severity IS '1 for an error, 2 for a warning, 3 for a note';
COMMENT ON COLUMN doubts.status IS 'error, warn or note';
COMMENT ON COLUMN doubts.check_id IS 'the check, an ID of `hemicycle list checks`, or the kind of a contradiction: contradictions.kind';
COMMENT ON COLUMN doubts.message IS 'the finding in words';
COMMENT ON COLUMN doubts.subject IS 'what is doubted, by name and position, such as seats/2; trace(election_id, subject) takes it';
COMMENT ON COLUMN doubts.expected IS 'what the check expected';
COMMENT ON COLUMN doubts.observed IS 'what it found';
COMMENT ON COLUMN doubts.key IS 'the key of the field that it is about, as the document writes it; NULL where it is about no single field';
COMMENT ON COLUMN doubts.raw IS 'that field''s value as it stands in the document';
COMMENT ON COLUMN doubts.line IS 'line in the document, from 1';
COMMENT ON COLUMN doubts.byte_offset IS 'offset of the place in the document''s text, in bytes of UTF-8';
COMMENT ON COLUMN doubts.path IS 'where in the page the value stands, in a page of HTML; NULL in other formats';
COMMENT ON COLUMN doubts.election_id IS 'the election: elections.election_id';
COMMENT ON COLUMN doubts.election_name IS 'name of the election: election_context.election_name';
COMMENT ON COLUMN doubts.country IS 'country, state or city: election_context.country';
COMMENT ON COLUMN doubts.election_date IS 'first day of the election: election_context.election_date';
COMMENT ON COLUMN doubts.page_title IS 'title of the page';
COMMENT ON COLUMN doubts.page_url IS 'address of the page';
COMMENT ON COLUMN doubts.revision_id IS 'the wiki''s number of the revision that was read';
COMMENT ON COLUMN doubts.source_uri IS 'where the document was found';
COMMENT ON COLUMN doubts.ordinal IS 'number of the finding, or of the contradiction, in its election, from 1';
COMMENT ON COLUMN doubts.other_election_id IS 'the other election of a contradiction; NULL for a finding';
