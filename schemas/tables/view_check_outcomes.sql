CREATE VIEW check_outcomes AS
SELECT
    o.election_id,
    o.check_id,
    CASE o.gravity WHEN 0 THEN 'skip' WHEN 1 THEN 'pass' WHEN 2 THEN 'note' WHEN 3 THEN 'warn' ELSE 'error' END AS status,
    o.doubts,
    r.remark
FROM (
    SELECT
        election_id,
        check_id,
        max(CASE status WHEN 'note' THEN 2 WHEN 'warn' THEN 3 ELSE 4 END) AS gravity,
        count(*) AS doubts
    FROM findings
    GROUP BY election_id, check_id
    UNION ALL
    SELECT election_id, unnest(checks_passed), 1, 0
    FROM elections
    UNION ALL
    SELECT election_id, unnest(checks_skipped), 0, 0
    FROM elections
) AS o
LEFT JOIN (
    SELECT
        election_id,
        split_part(remark, ': ', 1) AS check_id,
        substr(remark, strpos(remark, ': ') + 2) AS remark
    FROM (SELECT election_id, unnest(check_remarks) AS remark FROM elections)
) AS r ON r.election_id = o.election_id AND r.check_id = o.check_id;
COMMENT ON VIEW check_outcomes IS 'A row is one check on one election with its outcome, also where it passed or was skipped. Key: election_id, check_id.';
COMMENT ON COLUMN check_outcomes.election_id IS 'the election: elections.election_id';
COMMENT ON COLUMN check_outcomes.check_id IS 'the check: an ID of `hemicycle list checks`';
COMMENT ON COLUMN check_outcomes.status IS 'pass, skip where the election does not give what the check needs, or the gravest status of its findings: note, warn, error';
COMMENT ON COLUMN check_outcomes.doubts IS 'how many findings of the check the election has; 0 where it passed or was skipped';
COMMENT ON COLUMN check_outcomes.remark IS 'what a pass or a skip says in words, such as why the check was skipped: elections.check_remarks';
