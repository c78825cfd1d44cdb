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
    f.ordinal
FROM findings AS f
JOIN elections AS e ON e.election_id = f.election_id
JOIN election_context AS c ON c.election_id = f.election_id
LEFT JOIN fields AS d ON d.election_id = f.election_id AND d.ordinal = f.field_ordinal
ORDER BY severity, f.election_id, f.ordinal;
COMMENT ON VIEW doubts IS 'A row is one finding, with the raw field that it is about, the worst first. Key: election_id, ordinal.';
COMMENT ON COLUMN doubts.severity IS '1 for an error, 2 for a warning, 3 for a note';
COMMENT ON COLUMN doubts.status IS 'error, warn or note';
COMMENT ON COLUMN doubts.check_id IS 'the check: an ID of `hemicycle list checks`';
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
COMMENT ON COLUMN doubts.ordinal IS 'number of the finding in its election, from 1';
