-- Made from schemas/tables by `just schemas`; schema version 2.0.
--
-- Applies the table changes of a version to a copy of the version before, so that the copy has the same rows, in every
-- column that is compared. Make the changes known as incoming before, and run it once for each version, in order:
--
--     CREATE TEMP TABLE incoming AS FROM read_parquet('version/parquet/changes/*.parquet');
--
-- The tables of the copy are made by CREATE TABLE … AS; leave out the sections of tables that it does not have.

BEGIN TRANSACTION;

CREATE OR REPLACE TABLE elections AS
WITH here AS (
    SELECT *, CAST(json_object('election_id', election_id) AS VARCHAR) AS row_key FROM elections
), patch AS (
    SELECT row_key, max(kind) AS kind, map(list(column_name), list(new_value)) AS v
    FROM incoming WHERE table_name = 'elections' GROUP BY row_key
)
SELECT
    CASE WHEN len(map_extract(v, 'election_id')) > 0 THEN map_extract(v, 'election_id')[1] ELSE here.election_id END AS election_id,
    CASE WHEN len(map_extract(v, 'wiki')) > 0 THEN map_extract(v, 'wiki')[1] ELSE here.wiki END AS wiki,
    CASE WHEN len(map_extract(v, 'lang')) > 0 THEN map_extract(v, 'lang')[1] ELSE here.lang END AS lang,
    CASE WHEN len(map_extract(v, 'page_title')) > 0 THEN map_extract(v, 'page_title')[1] ELSE here.page_title END AS page_title,
    CASE WHEN len(map_extract(v, 'title_basis')) > 0 THEN map_extract(v, 'title_basis')[1] ELSE here.title_basis END AS title_basis,
    CASE WHEN len(map_extract(v, 'page_id')) > 0 THEN CAST(map_extract(v, 'page_id')[1] AS BIGINT) ELSE here.page_id END AS page_id,
    CASE WHEN len(map_extract(v, 'page_url')) > 0 THEN map_extract(v, 'page_url')[1] ELSE here.page_url END AS page_url,
    CASE WHEN len(map_extract(v, 'revision_id')) > 0 THEN CAST(map_extract(v, 'revision_id')[1] AS BIGINT) ELSE here.revision_id END AS revision_id,
    CASE WHEN len(map_extract(v, 'revision_timestamp')) > 0 THEN CAST(map_extract(v, 'revision_timestamp')[1] AS TIMESTAMP WITH TIME ZONE) ELSE here.revision_timestamp END AS revision_timestamp,
    CASE WHEN len(map_extract(v, 'wikidata_qid')) > 0 THEN map_extract(v, 'wikidata_qid')[1] ELSE here.wikidata_qid END AS wikidata_qid,
    CASE WHEN len(map_extract(v, 'box')) > 0 THEN CAST(map_extract(v, 'box')[1] AS INTEGER) ELSE here.box END AS box,
    CASE WHEN len(map_extract(v, 'parent_box')) > 0 THEN CAST(map_extract(v, 'parent_box')[1] AS INTEGER) ELSE here.parent_box END AS parent_box,
    CASE WHEN len(map_extract(v, 'template')) > 0 THEN map_extract(v, 'template')[1] ELSE here.template END AS template,
    CASE WHEN len(map_extract(v, 'event_id')) > 0 THEN map_extract(v, 'event_id')[1] ELSE here.event_id END AS event_id,
    CASE WHEN len(map_extract(v, 'is_wrapper')) > 0 THEN CAST(map_extract(v, 'is_wrapper')[1] AS BOOLEAN) ELSE here.is_wrapper END AS is_wrapper,
    CASE WHEN len(map_extract(v, 'full_name')) > 0 THEN map_extract(v, 'full_name')[1] ELSE here.full_name END AS full_name,
    CASE WHEN len(map_extract(v, 'election_name')) > 0 THEN map_extract(v, 'election_name')[1] ELSE here.election_name END AS election_name,
    CASE WHEN len(map_extract(v, 'country')) > 0 THEN map_extract(v, 'country')[1] ELSE here.country END AS country,
    CASE WHEN len(map_extract(v, 'election_type')) > 0 THEN map_extract(v, 'election_type')[1] ELSE here.election_type END AS election_type,
    CASE WHEN len(map_extract(v, 'country_code')) > 0 THEN map_extract(v, 'country_code')[1] ELSE here.country_code END AS country_code,
    CASE WHEN len(map_extract(v, 'country_code_basis')) > 0 THEN map_extract(v, 'country_code_basis')[1] ELSE here.country_code_basis END AS country_code_basis,
    CASE WHEN len(map_extract(v, 'subdivision')) > 0 THEN map_extract(v, 'subdivision')[1] ELSE here.subdivision END AS subdivision,
    CASE WHEN len(map_extract(v, 'subdivision_basis')) > 0 THEN map_extract(v, 'subdivision_basis')[1] ELSE here.subdivision_basis END AS subdivision_basis,
    CASE WHEN len(map_extract(v, 'level')) > 0 THEN map_extract(v, 'level')[1] ELSE here.level END AS level,
    CASE WHEN len(map_extract(v, 'level_basis')) > 0 THEN map_extract(v, 'level_basis')[1] ELSE here.level_basis END AS level_basis,
    CASE WHEN len(map_extract(v, 'chamber_type')) > 0 THEN map_extract(v, 'chamber_type')[1] ELSE here.chamber_type END AS chamber_type,
    CASE WHEN len(map_extract(v, 'chamber_type_basis')) > 0 THEN map_extract(v, 'chamber_type_basis')[1] ELSE here.chamber_type_basis END AS chamber_type_basis,
    CASE WHEN len(map_extract(v, 'election_kind')) > 0 THEN map_extract(v, 'election_kind')[1] ELSE here.election_kind END AS election_kind,
    CASE WHEN len(map_extract(v, 'election_kind_basis')) > 0 THEN map_extract(v, 'election_kind_basis')[1] ELSE here.election_kind_basis END AS election_kind_basis,
    CASE WHEN len(map_extract(v, 'status')) > 0 THEN map_extract(v, 'status')[1] ELSE here.status END AS status,
    CASE WHEN len(map_extract(v, 'election_date')) > 0 THEN CAST(map_extract(v, 'election_date')[1] AS DATE) ELSE here.election_date END AS election_date,
    CASE WHEN len(map_extract(v, 'election_date_end')) > 0 THEN CAST(map_extract(v, 'election_date_end')[1] AS DATE) ELSE here.election_date_end END AS election_date_end,
    CASE WHEN len(map_extract(v, 'election_date_raw')) > 0 THEN map_extract(v, 'election_date_raw')[1] ELSE here.election_date_raw END AS election_date_raw,
    CASE WHEN len(map_extract(v, 'election_year')) > 0 THEN CAST(map_extract(v, 'election_year')[1] AS INTEGER) ELSE here.election_year END AS election_year,
    CASE WHEN len(map_extract(v, 'seats_total')) > 0 THEN CAST(map_extract(v, 'seats_total')[1] AS INTEGER) ELSE here.seats_total END AS seats_total,
    CASE WHEN len(map_extract(v, 'seats_contested')) > 0 THEN CAST(map_extract(v, 'seats_contested')[1] AS INTEGER) ELSE here.seats_contested END AS seats_contested,
    CASE WHEN len(map_extract(v, 'seats_raw')) > 0 THEN map_extract(v, 'seats_raw')[1] ELSE here.seats_raw END AS seats_raw,
    CASE WHEN len(map_extract(v, 'seats_basis')) > 0 THEN map_extract(v, 'seats_basis')[1] ELSE here.seats_basis END AS seats_basis,
    CASE WHEN len(map_extract(v, 'chamber')) > 0 THEN map_extract(v, 'chamber')[1] ELSE here.chamber END AS chamber,
    CASE WHEN len(map_extract(v, 'chamber_page')) > 0 THEN map_extract(v, 'chamber_page')[1] ELSE here.chamber_page END AS chamber_page,
    CASE WHEN len(map_extract(v, 'majority_seats')) > 0 THEN CAST(map_extract(v, 'majority_seats')[1] AS INTEGER) ELSE here.majority_seats END AS majority_seats,
    CASE WHEN len(map_extract(v, 'registered_voters')) > 0 THEN CAST(map_extract(v, 'registered_voters')[1] AS BIGINT) ELSE here.registered_voters END AS registered_voters,
    CASE WHEN len(map_extract(v, 'votes_cast')) > 0 THEN CAST(map_extract(v, 'votes_cast')[1] AS BIGINT) ELSE here.votes_cast END AS votes_cast,
    CASE WHEN len(map_extract(v, 'turnout_pct')) > 0 THEN CAST(map_extract(v, 'turnout_pct')[1] AS DECIMAL(7,4)) ELSE here.turnout_pct END AS turnout_pct,
    CASE WHEN len(map_extract(v, 'turnout_change_pp')) > 0 THEN CAST(map_extract(v, 'turnout_change_pp')[1] AS DECIMAL(7,4)) ELSE here.turnout_change_pp END AS turnout_change_pp,
    CASE WHEN len(map_extract(v, 'previous_election')) > 0 THEN map_extract(v, 'previous_election')[1] ELSE here.previous_election END AS previous_election,
    CASE WHEN len(map_extract(v, 'previous_page')) > 0 THEN map_extract(v, 'previous_page')[1] ELSE here.previous_page END AS previous_page,
    CASE WHEN len(map_extract(v, 'next_election')) > 0 THEN map_extract(v, 'next_election')[1] ELSE here.next_election END AS next_election,
    CASE WHEN len(map_extract(v, 'next_page')) > 0 THEN map_extract(v, 'next_page')[1] ELSE here.next_page END AS next_page,
    CASE WHEN len(map_extract(v, 'contender_count')) > 0 THEN CAST(map_extract(v, 'contender_count')[1] AS INTEGER) ELSE here.contender_count END AS contender_count,
    CASE WHEN len(map_extract(v, 'seats_sum')) > 0 THEN CAST(map_extract(v, 'seats_sum')[1] AS BIGINT) ELSE here.seats_sum END AS seats_sum,
    CASE WHEN len(map_extract(v, 'vote_pct_sum')) > 0 THEN CAST(map_extract(v, 'vote_pct_sum')[1] AS DECIMAL(7,4)) ELSE here.vote_pct_sum END AS vote_pct_sum,
    CASE WHEN len(map_extract(v, 'checks_passed')) > 0 THEN CAST(CAST(map_extract(v, 'checks_passed')[1] AS JSON) AS VARCHAR[]) ELSE here.checks_passed END AS checks_passed,
    CASE WHEN len(map_extract(v, 'checks_skipped')) > 0 THEN CAST(CAST(map_extract(v, 'checks_skipped')[1] AS JSON) AS VARCHAR[]) ELSE here.checks_skipped END AS checks_skipped,
    CASE WHEN len(map_extract(v, 'check_remarks')) > 0 THEN CAST(CAST(map_extract(v, 'check_remarks')[1] AS JSON) AS VARCHAR[]) ELSE here.check_remarks END AS check_remarks,
    CASE WHEN len(map_extract(v, 'source_uri')) > 0 THEN map_extract(v, 'source_uri')[1] ELSE here.source_uri END AS source_uri,
    CASE WHEN len(map_extract(v, 'source_sha256')) > 0 THEN map_extract(v, 'source_sha256')[1] ELSE here.source_sha256 END AS source_sha256
FROM here FULL JOIN patch ON here.row_key = patch.row_key
WHERE patch.kind IS DISTINCT FROM 'removed';

CREATE OR REPLACE TABLE results AS
WITH here AS (
    SELECT *, CAST(json_object('election_id', election_id, 'position', position) AS VARCHAR) AS row_key FROM results
), patch AS (
    SELECT row_key, max(kind) AS kind, map(list(column_name), list(new_value)) AS v
    FROM incoming WHERE table_name = 'results' GROUP BY row_key
)
SELECT
    CASE WHEN len(map_extract(v, 'election_id')) > 0 THEN map_extract(v, 'election_id')[1] ELSE here.election_id END AS election_id,
    CASE WHEN len(map_extract(v, 'position')) > 0 THEN CAST(map_extract(v, 'position')[1] AS INTEGER) ELSE here.position END AS position,
    CASE WHEN len(map_extract(v, 'kind')) > 0 THEN map_extract(v, 'kind')[1] ELSE here.kind END AS kind,
    CASE WHEN len(map_extract(v, 'name')) > 0 THEN map_extract(v, 'name')[1] ELSE here.name END AS name,
    CASE WHEN len(map_extract(v, 'page')) > 0 THEN map_extract(v, 'page')[1] ELSE here.page END AS page,
    CASE WHEN len(map_extract(v, 'party')) > 0 THEN map_extract(v, 'party')[1] ELSE here.party END AS party,
    CASE WHEN len(map_extract(v, 'party_page')) > 0 THEN map_extract(v, 'party_page')[1] ELSE here.party_page END AS party_page,
    CASE WHEN len(map_extract(v, 'leader')) > 0 THEN map_extract(v, 'leader')[1] ELSE here.leader END AS leader,
    CASE WHEN len(map_extract(v, 'running_mate')) > 0 THEN map_extract(v, 'running_mate')[1] ELSE here.running_mate END AS running_mate,
    CASE WHEN len(map_extract(v, 'alliance')) > 0 THEN map_extract(v, 'alliance')[1] ELSE here.alliance END AS alliance,
    CASE WHEN len(map_extract(v, 'alliance_page')) > 0 THEN map_extract(v, 'alliance_page')[1] ELSE here.alliance_page END AS alliance_page,
    CASE WHEN len(map_extract(v, 'heading')) > 0 THEN map_extract(v, 'heading')[1] ELSE here.heading END AS heading,
    CASE WHEN len(map_extract(v, 'colour')) > 0 THEN map_extract(v, 'colour')[1] ELSE here.colour END AS colour,
    CASE WHEN len(map_extract(v, 'round')) > 0 THEN CAST(map_extract(v, 'round')[1] AS INTEGER) ELSE here.round END AS round,
    CASE WHEN len(map_extract(v, 'votes')) > 0 THEN CAST(map_extract(v, 'votes')[1] AS BIGINT) ELSE here.votes END AS votes,
    CASE WHEN len(map_extract(v, 'vote_pct')) > 0 THEN CAST(map_extract(v, 'vote_pct')[1] AS DECIMAL(7,4)) ELSE here.vote_pct END AS vote_pct,
    CASE WHEN len(map_extract(v, 'swing_pp')) > 0 THEN CAST(map_extract(v, 'swing_pp')[1] AS DECIMAL(7,4)) ELSE here.swing_pp END AS swing_pp,
    CASE WHEN len(map_extract(v, 'previous_vote_pct')) > 0 THEN CAST(map_extract(v, 'previous_vote_pct')[1] AS DECIMAL(7,4)) ELSE here.previous_vote_pct END AS previous_vote_pct,
    CASE WHEN len(map_extract(v, 'electoral_votes')) > 0 THEN CAST(map_extract(v, 'electoral_votes')[1] AS INTEGER) ELSE here.electoral_votes END AS electoral_votes,
    CASE WHEN len(map_extract(v, 'seats')) > 0 THEN CAST(map_extract(v, 'seats')[1] AS INTEGER) ELSE here.seats END AS seats,
    CASE WHEN len(map_extract(v, 'seats_won')) > 0 THEN CAST(map_extract(v, 'seats_won')[1] AS INTEGER) ELSE here.seats_won END AS seats_won,
    CASE WHEN len(map_extract(v, 'seats_after')) > 0 THEN CAST(map_extract(v, 'seats_after')[1] AS INTEGER) ELSE here.seats_after END AS seats_after,
    CASE WHEN len(map_extract(v, 'previous_seats')) > 0 THEN CAST(map_extract(v, 'previous_seats')[1] AS INTEGER) ELSE here.previous_seats END AS previous_seats,
    CASE WHEN len(map_extract(v, 'seats_before')) > 0 THEN CAST(map_extract(v, 'seats_before')[1] AS INTEGER) ELSE here.seats_before END AS seats_before,
    CASE WHEN len(map_extract(v, 'seat_change')) > 0 THEN CAST(map_extract(v, 'seat_change')[1] AS INTEGER) ELSE here.seat_change END AS seat_change,
    CASE WHEN len(map_extract(v, 'seat_change_stated')) > 0 THEN CAST(map_extract(v, 'seat_change_stated')[1] AS INTEGER) ELSE here.seat_change_stated END AS seat_change_stated,
    CASE WHEN len(map_extract(v, 'is_new')) > 0 THEN CAST(map_extract(v, 'is_new')[1] AS BOOLEAN) ELSE here.is_new END AS is_new,
    CASE WHEN len(map_extract(v, 'is_independent')) > 0 THEN CAST(map_extract(v, 'is_independent')[1] AS BOOLEAN) ELSE here.is_independent END AS is_independent
FROM here FULL JOIN patch ON here.row_key = patch.row_key
WHERE patch.kind IS DISTINCT FROM 'removed';

CREATE OR REPLACE TABLE contender_parties AS
WITH here AS (
    SELECT *, CAST(json_object('election_id', election_id, 'position', position, 'ordinal', ordinal) AS VARCHAR) AS row_key FROM contender_parties
), patch AS (
    SELECT row_key, max(kind) AS kind, map(list(column_name), list(new_value)) AS v
    FROM incoming WHERE table_name = 'contender_parties' GROUP BY row_key
)
SELECT
    CASE WHEN len(map_extract(v, 'election_id')) > 0 THEN map_extract(v, 'election_id')[1] ELSE here.election_id END AS election_id,
    CASE WHEN len(map_extract(v, 'position')) > 0 THEN CAST(map_extract(v, 'position')[1] AS INTEGER) ELSE here.position END AS position,
    CASE WHEN len(map_extract(v, 'ordinal')) > 0 THEN CAST(map_extract(v, 'ordinal')[1] AS INTEGER) ELSE here.ordinal END AS ordinal,
    CASE WHEN len(map_extract(v, 'name')) > 0 THEN map_extract(v, 'name')[1] ELSE here.name END AS name,
    CASE WHEN len(map_extract(v, 'page')) > 0 THEN map_extract(v, 'page')[1] ELSE here.page END AS page,
    CASE WHEN len(map_extract(v, 'page_key')) > 0 THEN map_extract(v, 'page_key')[1] ELSE here.page_key END AS page_key,
    CASE WHEN len(map_extract(v, 'page_basis')) > 0 THEN map_extract(v, 'page_basis')[1] ELSE here.page_basis END AS page_basis
FROM here FULL JOIN patch ON here.row_key = patch.row_key
WHERE patch.kind IS DISTINCT FROM 'removed';

CREATE OR REPLACE TABLE contender_leaders AS
WITH here AS (
    SELECT *, CAST(json_object('election_id', election_id, 'position', position, 'ordinal', ordinal) AS VARCHAR) AS row_key FROM contender_leaders
), patch AS (
    SELECT row_key, max(kind) AS kind, map(list(column_name), list(new_value)) AS v
    FROM incoming WHERE table_name = 'contender_leaders' GROUP BY row_key
)
SELECT
    CASE WHEN len(map_extract(v, 'election_id')) > 0 THEN map_extract(v, 'election_id')[1] ELSE here.election_id END AS election_id,
    CASE WHEN len(map_extract(v, 'position')) > 0 THEN CAST(map_extract(v, 'position')[1] AS INTEGER) ELSE here.position END AS position,
    CASE WHEN len(map_extract(v, 'ordinal')) > 0 THEN CAST(map_extract(v, 'ordinal')[1] AS INTEGER) ELSE here.ordinal END AS ordinal,
    CASE WHEN len(map_extract(v, 'name')) > 0 THEN map_extract(v, 'name')[1] ELSE here.name END AS name,
    CASE WHEN len(map_extract(v, 'page')) > 0 THEN map_extract(v, 'page')[1] ELSE here.page END AS page,
    CASE WHEN len(map_extract(v, 'page_key')) > 0 THEN map_extract(v, 'page_key')[1] ELSE here.page_key END AS page_key,
    CASE WHEN len(map_extract(v, 'page_basis')) > 0 THEN map_extract(v, 'page_basis')[1] ELSE here.page_basis END AS page_basis
FROM here FULL JOIN patch ON here.row_key = patch.row_key
WHERE patch.kind IS DISTINCT FROM 'removed';

CREATE OR REPLACE TABLE rounds AS
WITH here AS (
    SELECT *, CAST(json_object('election_id', election_id, 'round', round) AS VARCHAR) AS row_key FROM rounds
), patch AS (
    SELECT row_key, max(kind) AS kind, map(list(column_name), list(new_value)) AS v
    FROM incoming WHERE table_name = 'rounds' GROUP BY row_key
)
SELECT
    CASE WHEN len(map_extract(v, 'election_id')) > 0 THEN map_extract(v, 'election_id')[1] ELSE here.election_id END AS election_id,
    CASE WHEN len(map_extract(v, 'round')) > 0 THEN CAST(map_extract(v, 'round')[1] AS INTEGER) ELSE here.round END AS round,
    CASE WHEN len(map_extract(v, 'date')) > 0 THEN CAST(map_extract(v, 'date')[1] AS DATE) ELSE here.date END AS date,
    CASE WHEN len(map_extract(v, 'date_end')) > 0 THEN CAST(map_extract(v, 'date_end')[1] AS DATE) ELSE here.date_end END AS date_end,
    CASE WHEN len(map_extract(v, 'turnout_pct')) > 0 THEN CAST(map_extract(v, 'turnout_pct')[1] AS DECIMAL(7,4)) ELSE here.turnout_pct END AS turnout_pct,
    CASE WHEN len(map_extract(v, 'turnout_change_pp')) > 0 THEN CAST(map_extract(v, 'turnout_change_pp')[1] AS DECIMAL(7,4)) ELSE here.turnout_change_pp END AS turnout_change_pp,
    CASE WHEN len(map_extract(v, 'registered_voters')) > 0 THEN CAST(map_extract(v, 'registered_voters')[1] AS BIGINT) ELSE here.registered_voters END AS registered_voters,
    CASE WHEN len(map_extract(v, 'votes_cast')) > 0 THEN CAST(map_extract(v, 'votes_cast')[1] AS BIGINT) ELSE here.votes_cast END AS votes_cast,
    CASE WHEN len(map_extract(v, 'field_ordinals')) > 0 THEN CAST(CAST(map_extract(v, 'field_ordinals')[1] AS JSON) AS INTEGER[]) ELSE here.field_ordinals END AS field_ordinals
FROM here FULL JOIN patch ON here.row_key = patch.row_key
WHERE patch.kind IS DISTINCT FROM 'removed';

CREATE OR REPLACE TABLE round_results AS
WITH here AS (
    SELECT *, CAST(json_object('election_id', election_id, 'round', round, 'position', position) AS VARCHAR) AS row_key FROM round_results
), patch AS (
    SELECT row_key, max(kind) AS kind, map(list(column_name), list(new_value)) AS v
    FROM incoming WHERE table_name = 'round_results' GROUP BY row_key
)
SELECT
    CASE WHEN len(map_extract(v, 'election_id')) > 0 THEN map_extract(v, 'election_id')[1] ELSE here.election_id END AS election_id,
    CASE WHEN len(map_extract(v, 'round')) > 0 THEN CAST(map_extract(v, 'round')[1] AS INTEGER) ELSE here.round END AS round,
    CASE WHEN len(map_extract(v, 'position')) > 0 THEN CAST(map_extract(v, 'position')[1] AS INTEGER) ELSE here.position END AS position,
    CASE WHEN len(map_extract(v, 'votes')) > 0 THEN CAST(map_extract(v, 'votes')[1] AS BIGINT) ELSE here.votes END AS votes,
    CASE WHEN len(map_extract(v, 'vote_pct')) > 0 THEN CAST(map_extract(v, 'vote_pct')[1] AS DECIMAL(7,4)) ELSE here.vote_pct END AS vote_pct,
    CASE WHEN len(map_extract(v, 'field_ordinals')) > 0 THEN CAST(CAST(map_extract(v, 'field_ordinals')[1] AS JSON) AS INTEGER[]) ELSE here.field_ordinals END AS field_ordinals
FROM here FULL JOIN patch ON here.row_key = patch.row_key
WHERE patch.kind IS DISTINCT FROM 'removed';

CREATE OR REPLACE TABLE offices AS
WITH here AS (
    SELECT *, CAST(json_object('election_id', election_id, 'ordinal', ordinal) AS VARCHAR) AS row_key FROM offices
), patch AS (
    SELECT row_key, max(kind) AS kind, map(list(column_name), list(new_value)) AS v
    FROM incoming WHERE table_name = 'offices' GROUP BY row_key
)
SELECT
    CASE WHEN len(map_extract(v, 'election_id')) > 0 THEN map_extract(v, 'election_id')[1] ELSE here.election_id END AS election_id,
    CASE WHEN len(map_extract(v, 'ordinal')) > 0 THEN CAST(map_extract(v, 'ordinal')[1] AS INTEGER) ELSE here.ordinal END AS ordinal,
    CASE WHEN len(map_extract(v, 'office')) > 0 THEN map_extract(v, 'office')[1] ELSE here.office END AS office,
    CASE WHEN len(map_extract(v, 'before_name')) > 0 THEN map_extract(v, 'before_name')[1] ELSE here.before_name END AS before_name,
    CASE WHEN len(map_extract(v, 'before_party')) > 0 THEN map_extract(v, 'before_party')[1] ELSE here.before_party END AS before_party,
    CASE WHEN len(map_extract(v, 'after_name')) > 0 THEN map_extract(v, 'after_name')[1] ELSE here.after_name END AS after_name,
    CASE WHEN len(map_extract(v, 'after_party')) > 0 THEN map_extract(v, 'after_party')[1] ELSE here.after_party END AS after_party,
    CASE WHEN len(map_extract(v, 'before_page')) > 0 THEN map_extract(v, 'before_page')[1] ELSE here.before_page END AS before_page,
    CASE WHEN len(map_extract(v, 'before_party_page')) > 0 THEN map_extract(v, 'before_party_page')[1] ELSE here.before_party_page END AS before_party_page,
    CASE WHEN len(map_extract(v, 'after_page')) > 0 THEN map_extract(v, 'after_page')[1] ELSE here.after_page END AS after_page,
    CASE WHEN len(map_extract(v, 'after_party_page')) > 0 THEN map_extract(v, 'after_party_page')[1] ELSE here.after_party_page END AS after_party_page
FROM here FULL JOIN patch ON here.row_key = patch.row_key
WHERE patch.kind IS DISTINCT FROM 'removed';

CREATE OR REPLACE TABLE claims AS
WITH here AS (
    SELECT *, CAST(json_object('election_id', election_id, 'subject', subject, 'occurrence', row_number() OVER (PARTITION BY election_id, subject ORDER BY value NULLS FIRST, excerpt NULLS FIRST)) AS VARCHAR) AS row_key FROM claims
), patch AS (
    SELECT row_key, max(kind) AS kind, map(list(column_name), list(new_value)) AS v
    FROM incoming WHERE table_name = 'claims' GROUP BY row_key
)
SELECT
    CASE WHEN len(map_extract(v, 'election_id')) > 0 THEN map_extract(v, 'election_id')[1] ELSE here.election_id END AS election_id,
    CASE WHEN len(map_extract(v, 'ordinal')) > 0 THEN CAST(map_extract(v, 'ordinal')[1] AS INTEGER) ELSE here.ordinal END AS ordinal,
    CASE WHEN len(map_extract(v, 'subject')) > 0 THEN map_extract(v, 'subject')[1] ELSE here.subject END AS subject,
    CASE WHEN len(map_extract(v, 'value')) > 0 THEN map_extract(v, 'value')[1] ELSE here.value END AS value,
    CASE WHEN len(map_extract(v, 'excerpt')) > 0 THEN map_extract(v, 'excerpt')[1] ELSE here.excerpt END AS excerpt,
    CASE WHEN len(map_extract(v, 'line')) > 0 THEN CAST(map_extract(v, 'line')[1] AS INTEGER) ELSE here.line END AS line,
    CASE WHEN len(map_extract(v, 'byte_offset')) > 0 THEN CAST(map_extract(v, 'byte_offset')[1] AS BIGINT) ELSE here.byte_offset END AS byte_offset
FROM here FULL JOIN patch ON here.row_key = patch.row_key
WHERE patch.kind IS DISTINCT FROM 'removed';

CREATE OR REPLACE TABLE findings AS
WITH here AS (
    SELECT *, CAST(json_object('election_id', election_id, 'check_id', check_id, 'subject', subject, 'occurrence', row_number() OVER (PARTITION BY election_id, check_id, subject ORDER BY status NULLS FIRST, expected NULLS FIRST, observed NULLS FIRST, regexp_replace(message, 'line [0-9]+', 'line ', 'g') NULLS FIRST)) AS VARCHAR) AS row_key FROM findings
), patch AS (
    SELECT row_key, max(kind) AS kind, map(list(column_name), list(new_value)) AS v
    FROM incoming WHERE table_name = 'findings' GROUP BY row_key
)
SELECT
    CASE WHEN len(map_extract(v, 'election_id')) > 0 THEN map_extract(v, 'election_id')[1] ELSE here.election_id END AS election_id,
    CASE WHEN len(map_extract(v, 'ordinal')) > 0 THEN CAST(map_extract(v, 'ordinal')[1] AS INTEGER) ELSE here.ordinal END AS ordinal,
    CASE WHEN len(map_extract(v, 'check_id')) > 0 THEN map_extract(v, 'check_id')[1] ELSE here.check_id END AS check_id,
    CASE WHEN len(map_extract(v, 'status')) > 0 THEN map_extract(v, 'status')[1] ELSE here.status END AS status,
    CASE WHEN len(map_extract(v, 'subject')) > 0 THEN map_extract(v, 'subject')[1] ELSE here.subject END AS subject,
    CASE WHEN len(map_extract(v, 'expected')) > 0 THEN map_extract(v, 'expected')[1] ELSE here.expected END AS expected,
    CASE WHEN len(map_extract(v, 'observed')) > 0 THEN map_extract(v, 'observed')[1] ELSE here.observed END AS observed,
    CASE WHEN len(map_extract(v, 'message')) > 0 THEN map_extract(v, 'message')[1] ELSE here.message END AS message,
    CASE WHEN len(map_extract(v, 'field_ordinal')) > 0 THEN CAST(map_extract(v, 'field_ordinal')[1] AS INTEGER) ELSE here.field_ordinal END AS field_ordinal,
    CASE WHEN len(map_extract(v, 'line')) > 0 THEN CAST(map_extract(v, 'line')[1] AS INTEGER) ELSE here.line END AS line,
    CASE WHEN len(map_extract(v, 'byte_offset')) > 0 THEN CAST(map_extract(v, 'byte_offset')[1] AS BIGINT) ELSE here.byte_offset END AS byte_offset
FROM here FULL JOIN patch ON here.row_key = patch.row_key
WHERE patch.kind IS DISTINCT FROM 'removed';

CREATE OR REPLACE TABLE fields AS
WITH here AS (
    SELECT *, CAST(json_object('election_id', election_id, 'key', key, 'occurrence', row_number() OVER (PARTITION BY election_id, key ORDER BY name NULLS FIRST, position NULLS FIRST, raw NULLS FIRST, text NULLS FIRST, target NULLS FIRST, targets NULLS FIRST, footnotes NULLS FIRST)) AS VARCHAR) AS row_key FROM fields
), patch AS (
    SELECT row_key, max(kind) AS kind, map(list(column_name), list(new_value)) AS v
    FROM incoming WHERE table_name = 'fields' GROUP BY row_key
)
SELECT
    CASE WHEN len(map_extract(v, 'election_id')) > 0 THEN map_extract(v, 'election_id')[1] ELSE here.election_id END AS election_id,
    CASE WHEN len(map_extract(v, 'ordinal')) > 0 THEN CAST(map_extract(v, 'ordinal')[1] AS INTEGER) ELSE here.ordinal END AS ordinal,
    CASE WHEN len(map_extract(v, 'key')) > 0 THEN map_extract(v, 'key')[1] ELSE here.key END AS key,
    CASE WHEN len(map_extract(v, 'name')) > 0 THEN map_extract(v, 'name')[1] ELSE here.name END AS name,
    CASE WHEN len(map_extract(v, 'position')) > 0 THEN CAST(map_extract(v, 'position')[1] AS INTEGER) ELSE here.position END AS position,
    CASE WHEN len(map_extract(v, 'raw')) > 0 THEN map_extract(v, 'raw')[1] ELSE here.raw END AS raw,
    CASE WHEN len(map_extract(v, 'text')) > 0 THEN map_extract(v, 'text')[1] ELSE here.text END AS text,
    CASE WHEN len(map_extract(v, 'target')) > 0 THEN map_extract(v, 'target')[1] ELSE here.target END AS target,
    CASE WHEN len(map_extract(v, 'targets')) > 0 THEN map_extract(v, 'targets')[1] ELSE here.targets END AS targets,
    CASE WHEN len(map_extract(v, 'line')) > 0 THEN CAST(map_extract(v, 'line')[1] AS INTEGER) ELSE here.line END AS line,
    CASE WHEN len(map_extract(v, 'byte_offset')) > 0 THEN CAST(map_extract(v, 'byte_offset')[1] AS BIGINT) ELSE here.byte_offset END AS byte_offset,
    CASE WHEN len(map_extract(v, 'path')) > 0 THEN map_extract(v, 'path')[1] ELSE here.path END AS path,
    CASE WHEN len(map_extract(v, 'footnotes')) > 0 THEN map_extract(v, 'footnotes')[1] ELSE here.footnotes END AS footnotes
FROM here FULL JOIN patch ON here.row_key = patch.row_key
WHERE patch.kind IS DISTINCT FROM 'removed';

CREATE OR REPLACE TABLE measures AS
WITH here AS (
    SELECT *, CAST(json_object('election_id', election_id, 'measure', measure) AS VARCHAR) AS row_key FROM measures
), patch AS (
    SELECT row_key, max(kind) AS kind, map(list(column_name), list(new_value)) AS v
    FROM incoming WHERE table_name = 'measures' GROUP BY row_key
)
SELECT
    CASE WHEN len(map_extract(v, 'election_id')) > 0 THEN map_extract(v, 'election_id')[1] ELSE here.election_id END AS election_id,
    CASE WHEN len(map_extract(v, 'measure')) > 0 THEN map_extract(v, 'measure')[1] ELSE here.measure END AS measure,
    CASE WHEN len(map_extract(v, 'value')) > 0 THEN CAST(map_extract(v, 'value')[1] AS DOUBLE) ELSE here.value END AS value,
    CASE WHEN len(map_extract(v, 'low')) > 0 THEN CAST(map_extract(v, 'low')[1] AS DOUBLE) ELSE here.low END AS low,
    CASE WHEN len(map_extract(v, 'high')) > 0 THEN CAST(map_extract(v, 'high')[1] AS DOUBLE) ELSE here.high END AS high,
    CASE WHEN len(map_extract(v, 'treatment')) > 0 THEN map_extract(v, 'treatment')[1] ELSE here.treatment END AS treatment
FROM here FULL JOIN patch ON here.row_key = patch.row_key
WHERE patch.kind IS DISTINCT FROM 'removed';

CREATE OR REPLACE TABLE contender_measures AS
WITH here AS (
    SELECT *, CAST(json_object('election_id', election_id, 'position', position) AS VARCHAR) AS row_key FROM contender_measures
), patch AS (
    SELECT row_key, max(kind) AS kind, map(list(column_name), list(new_value)) AS v
    FROM incoming WHERE table_name = 'contender_measures' GROUP BY row_key
)
SELECT
    CASE WHEN len(map_extract(v, 'election_id')) > 0 THEN map_extract(v, 'election_id')[1] ELSE here.election_id END AS election_id,
    CASE WHEN len(map_extract(v, 'position')) > 0 THEN CAST(map_extract(v, 'position')[1] AS INTEGER) ELSE here.position END AS position,
    CASE WHEN len(map_extract(v, 'vote_share')) > 0 THEN CAST(map_extract(v, 'vote_share')[1] AS DOUBLE) ELSE here.vote_share END AS vote_share,
    CASE WHEN len(map_extract(v, 'vote_share_treatment')) > 0 THEN map_extract(v, 'vote_share_treatment')[1] ELSE here.vote_share_treatment END AS vote_share_treatment,
    CASE WHEN len(map_extract(v, 'seat_share')) > 0 THEN CAST(map_extract(v, 'seat_share')[1] AS DOUBLE) ELSE here.seat_share END AS seat_share,
    CASE WHEN len(map_extract(v, 'banzhaf')) > 0 THEN CAST(map_extract(v, 'banzhaf')[1] AS DOUBLE) ELSE here.banzhaf END AS banzhaf,
    CASE WHEN len(map_extract(v, 'banzhaf_absolute')) > 0 THEN CAST(map_extract(v, 'banzhaf_absolute')[1] AS DOUBLE) ELSE here.banzhaf_absolute END AS banzhaf_absolute,
    CASE WHEN len(map_extract(v, 'banzhaf_swings')) > 0 THEN CAST(map_extract(v, 'banzhaf_swings')[1] AS DOUBLE) ELSE here.banzhaf_swings END AS banzhaf_swings,
    CASE WHEN len(map_extract(v, 'shapley_shubik')) > 0 THEN CAST(map_extract(v, 'shapley_shubik')[1] AS DOUBLE) ELSE here.shapley_shubik END AS shapley_shubik,
    CASE WHEN len(map_extract(v, 'power_treatment')) > 0 THEN map_extract(v, 'power_treatment')[1] ELSE here.power_treatment END AS power_treatment,
    CASE WHEN len(map_extract(v, 'banzhaf_independents_alone')) > 0 THEN CAST(map_extract(v, 'banzhaf_independents_alone')[1] AS DOUBLE) ELSE here.banzhaf_independents_alone END AS banzhaf_independents_alone,
    CASE WHEN len(map_extract(v, 'shapley_shubik_independents_alone')) > 0 THEN CAST(map_extract(v, 'shapley_shubik_independents_alone')[1] AS DOUBLE) ELSE here.shapley_shubik_independents_alone END AS shapley_shubik_independents_alone
FROM here FULL JOIN patch ON here.row_key = patch.row_key
WHERE patch.kind IS DISTINCT FROM 'removed';

CREATE OR REPLACE TABLE coalitions AS
WITH here AS (
    SELECT *, CAST(json_object('election_id', election_id, 'members', members) AS VARCHAR) AS row_key FROM coalitions
), patch AS (
    SELECT row_key, max(kind) AS kind, map(list(column_name), list(new_value)) AS v
    FROM incoming WHERE table_name = 'coalitions' GROUP BY row_key
)
SELECT
    CASE WHEN len(map_extract(v, 'election_id')) > 0 THEN map_extract(v, 'election_id')[1] ELSE here.election_id END AS election_id,
    CASE WHEN len(map_extract(v, 'rank')) > 0 THEN CAST(map_extract(v, 'rank')[1] AS INTEGER) ELSE here.rank END AS rank,
    CASE WHEN len(map_extract(v, 'size')) > 0 THEN CAST(map_extract(v, 'size')[1] AS INTEGER) ELSE here.size END AS size,
    CASE WHEN len(map_extract(v, 'seats')) > 0 THEN CAST(map_extract(v, 'seats')[1] AS BIGINT) ELSE here.seats END AS seats,
    CASE WHEN len(map_extract(v, 'members')) > 0 THEN CAST(CAST(map_extract(v, 'members')[1] AS JSON) AS INTEGER[]) ELSE here.members END AS members
FROM here FULL JOIN patch ON here.row_key = patch.row_key
WHERE patch.kind IS DISTINCT FROM 'removed';

CREATE OR REPLACE TABLE contradictions AS
WITH here AS (
    SELECT *, CAST(json_object('election_id', election_id, 'kind', kind, 'column_name', column_name, 'position', position, 'other_election_id', other_election_id, 'occurrence', row_number() OVER (PARTITION BY election_id, kind, column_name, position, other_election_id ORDER BY other_position NULLS FIRST, other_column_name NULLS FIRST, here NULLS FIRST, there NULLS FIRST, message NULLS FIRST)) AS VARCHAR) AS row_key FROM contradictions
), patch AS (
    SELECT row_key, max(kind) AS kind, map(list(column_name), list(new_value)) AS v
    FROM incoming WHERE table_name = 'contradictions' GROUP BY row_key
)
SELECT
    CASE WHEN len(map_extract(v, 'election_id')) > 0 THEN map_extract(v, 'election_id')[1] ELSE here.election_id END AS election_id,
    CASE WHEN len(map_extract(v, 'ordinal')) > 0 THEN CAST(map_extract(v, 'ordinal')[1] AS INTEGER) ELSE here.ordinal END AS ordinal,
    CASE WHEN len(map_extract(v, 'kind')) > 0 THEN map_extract(v, 'kind')[1] ELSE here.kind END AS kind,
    CASE WHEN len(map_extract(v, 'other_election_id')) > 0 THEN map_extract(v, 'other_election_id')[1] ELSE here.other_election_id END AS other_election_id,
    CASE WHEN len(map_extract(v, 'position')) > 0 THEN CAST(map_extract(v, 'position')[1] AS INTEGER) ELSE here.position END AS position,
    CASE WHEN len(map_extract(v, 'other_position')) > 0 THEN CAST(map_extract(v, 'other_position')[1] AS INTEGER) ELSE here.other_position END AS other_position,
    CASE WHEN len(map_extract(v, 'column_name')) > 0 THEN map_extract(v, 'column_name')[1] ELSE here.column_name END AS column_name,
    CASE WHEN len(map_extract(v, 'other_column_name')) > 0 THEN map_extract(v, 'other_column_name')[1] ELSE here.other_column_name END AS other_column_name,
    CASE WHEN len(map_extract(v, 'here')) > 0 THEN map_extract(v, 'here')[1] ELSE here.here END AS here,
    CASE WHEN len(map_extract(v, 'there')) > 0 THEN map_extract(v, 'there')[1] ELSE here.there END AS there,
    CASE WHEN len(map_extract(v, 'message')) > 0 THEN map_extract(v, 'message')[1] ELSE here.message END AS message,
    CASE WHEN len(map_extract(v, 'line')) > 0 THEN CAST(map_extract(v, 'line')[1] AS INTEGER) ELSE here.line END AS line,
    CASE WHEN len(map_extract(v, 'byte_offset')) > 0 THEN CAST(map_extract(v, 'byte_offset')[1] AS BIGINT) ELSE here.byte_offset END AS byte_offset,
    CASE WHEN len(map_extract(v, 'other_line')) > 0 THEN CAST(map_extract(v, 'other_line')[1] AS INTEGER) ELSE here.other_line END AS other_line,
    CASE WHEN len(map_extract(v, 'other_byte_offset')) > 0 THEN CAST(map_extract(v, 'other_byte_offset')[1] AS BIGINT) ELSE here.other_byte_offset END AS other_byte_offset
FROM here FULL JOIN patch ON here.row_key = patch.row_key
WHERE patch.kind IS DISTINCT FROM 'removed';

CREATE OR REPLACE TABLE contests AS
WITH here AS (
    SELECT *, CAST(json_object('contest_id', contest_id) AS VARCHAR) AS row_key FROM contests
), patch AS (
    SELECT row_key, max(kind) AS kind, map(list(column_name), list(new_value)) AS v
    FROM incoming WHERE table_name = 'contests' GROUP BY row_key
)
SELECT
    CASE WHEN len(map_extract(v, 'contest_id')) > 0 THEN map_extract(v, 'contest_id')[1] ELSE here.contest_id END AS contest_id,
    CASE WHEN len(map_extract(v, 'election_id')) > 0 THEN map_extract(v, 'election_id')[1] ELSE here.election_id END AS election_id,
    CASE WHEN len(map_extract(v, 'link')) > 0 THEN map_extract(v, 'link')[1] ELSE here.link END AS link,
    CASE WHEN len(map_extract(v, 'wiki')) > 0 THEN map_extract(v, 'wiki')[1] ELSE here.wiki END AS wiki,
    CASE WHEN len(map_extract(v, 'page_title')) > 0 THEN map_extract(v, 'page_title')[1] ELSE here.page_title END AS page_title,
    CASE WHEN len(map_extract(v, 'page_id')) > 0 THEN CAST(map_extract(v, 'page_id')[1] AS BIGINT) ELSE here.page_id END AS page_id,
    CASE WHEN len(map_extract(v, 'page_url')) > 0 THEN map_extract(v, 'page_url')[1] ELSE here.page_url END AS page_url,
    CASE WHEN len(map_extract(v, 'revision_id')) > 0 THEN CAST(map_extract(v, 'revision_id')[1] AS BIGINT) ELSE here.revision_id END AS revision_id,
    CASE WHEN len(map_extract(v, 'revision_timestamp')) > 0 THEN CAST(map_extract(v, 'revision_timestamp')[1] AS TIMESTAMP WITH TIME ZONE) ELSE here.revision_timestamp END AS revision_timestamp,
    CASE WHEN len(map_extract(v, 'family')) > 0 THEN map_extract(v, 'family')[1] ELSE here.family END AS family,
    CASE WHEN len(map_extract(v, 'section')) > 0 THEN CAST(CAST(map_extract(v, 'section')[1] AS JSON) AS VARCHAR[]) ELSE here.section END AS section,
    CASE WHEN len(map_extract(v, 'title')) > 0 THEN map_extract(v, 'title')[1] ELSE here.title END AS title,
    CASE WHEN len(map_extract(v, 'ordinal')) > 0 THEN CAST(map_extract(v, 'ordinal')[1] AS INTEGER) ELSE here.ordinal END AS ordinal,
    CASE WHEN len(map_extract(v, 'round')) > 0 THEN CAST(map_extract(v, 'round')[1] AS INTEGER) ELSE here.round END AS round,
    CASE WHEN len(map_extract(v, 'round_name')) > 0 THEN map_extract(v, 'round_name')[1] ELSE here.round_name END AS round_name,
    CASE WHEN len(map_extract(v, 'contest_date')) > 0 THEN CAST(map_extract(v, 'contest_date')[1] AS DATE) ELSE here.contest_date END AS contest_date,
    CASE WHEN len(map_extract(v, 'seats_to_fill')) > 0 THEN CAST(map_extract(v, 'seats_to_fill')[1] AS BIGINT) ELSE here.seats_to_fill END AS seats_to_fill,
    CASE WHEN len(map_extract(v, 'electorate')) > 0 THEN CAST(map_extract(v, 'electorate')[1] AS BIGINT) ELSE here.electorate END AS electorate,
    CASE WHEN len(map_extract(v, 'valid')) > 0 THEN CAST(map_extract(v, 'valid')[1] AS BIGINT) ELSE here.valid END AS valid,
    CASE WHEN len(map_extract(v, 'valid_shown')) > 0 THEN CAST(map_extract(v, 'valid_shown')[1] AS BIGINT) ELSE here.valid_shown END AS valid_shown,
    CASE WHEN len(map_extract(v, 'invalid')) > 0 THEN CAST(map_extract(v, 'invalid')[1] AS BIGINT) ELSE here.invalid END AS invalid,
    CASE WHEN len(map_extract(v, 'blank')) > 0 THEN CAST(map_extract(v, 'blank')[1] AS BIGINT) ELSE here.blank END AS blank,
    CASE WHEN len(map_extract(v, 'votes_cast_shown')) > 0 THEN CAST(map_extract(v, 'votes_cast_shown')[1] AS BIGINT) ELSE here.votes_cast_shown END AS votes_cast_shown,
    CASE WHEN len(map_extract(v, 'turnout_votes')) > 0 THEN CAST(map_extract(v, 'turnout_votes')[1] AS BIGINT) ELSE here.turnout_votes END AS turnout_votes,
    CASE WHEN len(map_extract(v, 'total_votes')) > 0 THEN CAST(map_extract(v, 'total_votes')[1] AS BIGINT) ELSE here.total_votes END AS total_votes,
    CASE WHEN len(map_extract(v, 'turnout_pct')) > 0 THEN CAST(map_extract(v, 'turnout_pct')[1] AS DECIMAL(7,4)) ELSE here.turnout_pct END AS turnout_pct,
    CASE WHEN len(map_extract(v, 'turnout_pct_shown')) > 0 THEN CAST(map_extract(v, 'turnout_pct_shown')[1] AS DECIMAL(7,4)) ELSE here.turnout_pct_shown END AS turnout_pct_shown,
    CASE WHEN len(map_extract(v, 'turnout_change_pp')) > 0 THEN CAST(map_extract(v, 'turnout_change_pp')[1] AS DECIMAL(7,4)) ELSE here.turnout_change_pp END AS turnout_change_pp,
    CASE WHEN len(map_extract(v, 'seat_change_total')) > 0 THEN CAST(map_extract(v, 'seat_change_total')[1] AS BIGINT) ELSE here.seat_change_total END AS seat_change_total,
    CASE WHEN len(map_extract(v, 'majority_votes')) > 0 THEN CAST(CAST(map_extract(v, 'majority_votes')[1] AS JSON) AS VARCHAR[]) ELSE here.majority_votes END AS majority_votes,
    CASE WHEN len(map_extract(v, 'outcomes')) > 0 THEN CAST(CAST(map_extract(v, 'outcomes')[1] AS JSON) AS VARCHAR[]) ELSE here.outcomes END AS outcomes,
    CASE WHEN len(map_extract(v, 'seat_columns')) > 0 THEN CAST(CAST(map_extract(v, 'seat_columns')[1] AS JSON) AS VARCHAR[]) ELSE here.seat_columns END AS seat_columns,
    CASE WHEN len(map_extract(v, 'row_count')) > 0 THEN CAST(map_extract(v, 'row_count')[1] AS INTEGER) ELSE here.row_count END AS row_count,
    CASE WHEN len(map_extract(v, 'line')) > 0 THEN CAST(map_extract(v, 'line')[1] AS INTEGER) ELSE here.line END AS line,
    CASE WHEN len(map_extract(v, 'byte_offset')) > 0 THEN CAST(map_extract(v, 'byte_offset')[1] AS BIGINT) ELSE here.byte_offset END AS byte_offset,
    CASE WHEN len(map_extract(v, 'source_uri')) > 0 THEN map_extract(v, 'source_uri')[1] ELSE here.source_uri END AS source_uri,
    CASE WHEN len(map_extract(v, 'source_sha256')) > 0 THEN map_extract(v, 'source_sha256')[1] ELSE here.source_sha256 END AS source_sha256
FROM here FULL JOIN patch ON here.row_key = patch.row_key
WHERE patch.kind IS DISTINCT FROM 'removed';

CREATE OR REPLACE TABLE contest_results AS
WITH here AS (
    SELECT *, CAST(json_object('contest_id', contest_id, 'position', position) AS VARCHAR) AS row_key FROM contest_results
), patch AS (
    SELECT row_key, max(kind) AS kind, map(list(column_name), list(new_value)) AS v
    FROM incoming WHERE table_name = 'contest_results' GROUP BY row_key
)
SELECT
    CASE WHEN len(map_extract(v, 'contest_id')) > 0 THEN map_extract(v, 'contest_id')[1] ELSE here.contest_id END AS contest_id,
    CASE WHEN len(map_extract(v, 'position')) > 0 THEN CAST(map_extract(v, 'position')[1] AS INTEGER) ELSE here.position END AS position,
    CASE WHEN len(map_extract(v, 'candidate')) > 0 THEN map_extract(v, 'candidate')[1] ELSE here.candidate END AS candidate,
    CASE WHEN len(map_extract(v, 'candidate_page')) > 0 THEN map_extract(v, 'candidate_page')[1] ELSE here.candidate_page END AS candidate_page,
    CASE WHEN len(map_extract(v, 'running_mate')) > 0 THEN map_extract(v, 'running_mate')[1] ELSE here.running_mate END AS running_mate,
    CASE WHEN len(map_extract(v, 'party')) > 0 THEN map_extract(v, 'party')[1] ELSE here.party END AS party,
    CASE WHEN len(map_extract(v, 'party_page')) > 0 THEN map_extract(v, 'party_page')[1] ELSE here.party_page END AS party_page,
    CASE WHEN len(map_extract(v, 'alliance')) > 0 THEN map_extract(v, 'alliance')[1] ELSE here.alliance END AS alliance,
    CASE WHEN len(map_extract(v, 'alliance_page')) > 0 THEN map_extract(v, 'alliance_page')[1] ELSE here.alliance_page END AS alliance_page,
    CASE WHEN len(map_extract(v, 'votes')) > 0 THEN CAST(map_extract(v, 'votes')[1] AS BIGINT) ELSE here.votes END AS votes,
    CASE WHEN len(map_extract(v, 'votes_cover_rows')) > 0 THEN CAST(map_extract(v, 'votes_cover_rows')[1] AS INTEGER) ELSE here.votes_cover_rows END AS votes_cover_rows,
    CASE WHEN len(map_extract(v, 'vote_pct')) > 0 THEN CAST(map_extract(v, 'vote_pct')[1] AS DECIMAL(7,4)) ELSE here.vote_pct END AS vote_pct,
    CASE WHEN len(map_extract(v, 'pct_basis')) > 0 THEN map_extract(v, 'pct_basis')[1] ELSE here.pct_basis END AS pct_basis,
    CASE WHEN len(map_extract(v, 'change_pp')) > 0 THEN CAST(map_extract(v, 'change_pp')[1] AS DECIMAL(7,4)) ELSE here.change_pp END AS change_pp,
    CASE WHEN len(map_extract(v, 'is_new')) > 0 THEN CAST(map_extract(v, 'is_new')[1] AS BOOLEAN) ELSE here.is_new END AS is_new,
    CASE WHEN len(map_extract(v, 'seats')) > 0 THEN CAST(map_extract(v, 'seats')[1] AS INTEGER) ELSE here.seats END AS seats,
    CASE WHEN len(map_extract(v, 'seats_total')) > 0 THEN CAST(map_extract(v, 'seats_total')[1] AS INTEGER) ELSE here.seats_total END AS seats_total,
    CASE WHEN len(map_extract(v, 'seat_change')) > 0 THEN CAST(map_extract(v, 'seat_change')[1] AS INTEGER) ELSE here.seat_change END AS seat_change,
    CASE WHEN len(map_extract(v, 'seats_gained')) > 0 THEN CAST(map_extract(v, 'seats_gained')[1] AS INTEGER) ELSE here.seats_gained END AS seats_gained,
    CASE WHEN len(map_extract(v, 'seats_lost')) > 0 THEN CAST(map_extract(v, 'seats_lost')[1] AS INTEGER) ELSE here.seats_lost END AS seats_lost,
    CASE WHEN len(map_extract(v, 'elected')) > 0 THEN CAST(map_extract(v, 'elected')[1] AS BOOLEAN) ELSE here.elected END AS elected,
    CASE WHEN len(map_extract(v, 'incumbent')) > 0 THEN CAST(map_extract(v, 'incumbent')[1] AS BOOLEAN) ELSE here.incumbent END AS incumbent,
    CASE WHEN len(map_extract(v, 'row_kind')) > 0 THEN map_extract(v, 'row_kind')[1] ELSE here.row_kind END AS row_kind,
    CASE WHEN len(map_extract(v, 'seat_cells')) > 0 THEN CAST(CAST(map_extract(v, 'seat_cells')[1] AS JSON) AS VARCHAR[]) ELSE here.seat_cells END AS seat_cells,
    CASE WHEN len(map_extract(v, 'line')) > 0 THEN CAST(map_extract(v, 'line')[1] AS INTEGER) ELSE here.line END AS line,
    CASE WHEN len(map_extract(v, 'byte_offset')) > 0 THEN CAST(map_extract(v, 'byte_offset')[1] AS BIGINT) ELSE here.byte_offset END AS byte_offset
FROM here FULL JOIN patch ON here.row_key = patch.row_key
WHERE patch.kind IS DISTINCT FROM 'removed';

CREATE OR REPLACE TABLE contest_findings AS
WITH here AS (
    SELECT *, CAST(json_object('contest_id', contest_id, 'check_id', check_id, 'subject', subject, 'occurrence', row_number() OVER (PARTITION BY contest_id, check_id, subject ORDER BY status NULLS FIRST, expected NULLS FIRST, observed NULLS FIRST, regexp_replace(message, 'line [0-9]+', 'line ', 'g') NULLS FIRST)) AS VARCHAR) AS row_key FROM contest_findings
), patch AS (
    SELECT row_key, max(kind) AS kind, map(list(column_name), list(new_value)) AS v
    FROM incoming WHERE table_name = 'contest_findings' GROUP BY row_key
)
SELECT
    CASE WHEN len(map_extract(v, 'contest_id')) > 0 THEN map_extract(v, 'contest_id')[1] ELSE here.contest_id END AS contest_id,
    CASE WHEN len(map_extract(v, 'ordinal')) > 0 THEN CAST(map_extract(v, 'ordinal')[1] AS INTEGER) ELSE here.ordinal END AS ordinal,
    CASE WHEN len(map_extract(v, 'check_id')) > 0 THEN map_extract(v, 'check_id')[1] ELSE here.check_id END AS check_id,
    CASE WHEN len(map_extract(v, 'status')) > 0 THEN map_extract(v, 'status')[1] ELSE here.status END AS status,
    CASE WHEN len(map_extract(v, 'subject')) > 0 THEN map_extract(v, 'subject')[1] ELSE here.subject END AS subject,
    CASE WHEN len(map_extract(v, 'expected')) > 0 THEN map_extract(v, 'expected')[1] ELSE here.expected END AS expected,
    CASE WHEN len(map_extract(v, 'observed')) > 0 THEN map_extract(v, 'observed')[1] ELSE here.observed END AS observed,
    CASE WHEN len(map_extract(v, 'message')) > 0 THEN map_extract(v, 'message')[1] ELSE here.message END AS message,
    CASE WHEN len(map_extract(v, 'line')) > 0 THEN CAST(map_extract(v, 'line')[1] AS INTEGER) ELSE here.line END AS line,
    CASE WHEN len(map_extract(v, 'byte_offset')) > 0 THEN CAST(map_extract(v, 'byte_offset')[1] AS BIGINT) ELSE here.byte_offset END AS byte_offset
FROM here FULL JOIN patch ON here.row_key = patch.row_key
WHERE patch.kind IS DISTINCT FROM 'removed';

CREATE OR REPLACE TABLE contest_fields AS
WITH here AS (
    SELECT *, CAST(json_object('contest_id', contest_id, 'call', call, 'key', key, 'occurrence', row_number() OVER (PARTITION BY contest_id, call, key ORDER BY template NULLS FIRST, raw NULLS FIRST, text NULLS FIRST, targets NULLS FIRST, position NULLS FIRST)) AS VARCHAR) AS row_key FROM contest_fields
), patch AS (
    SELECT row_key, max(kind) AS kind, map(list(column_name), list(new_value)) AS v
    FROM incoming WHERE table_name = 'contest_fields' GROUP BY row_key
)
SELECT
    CASE WHEN len(map_extract(v, 'contest_id')) > 0 THEN map_extract(v, 'contest_id')[1] ELSE here.contest_id END AS contest_id,
    CASE WHEN len(map_extract(v, 'ordinal')) > 0 THEN CAST(map_extract(v, 'ordinal')[1] AS INTEGER) ELSE here.ordinal END AS ordinal,
    CASE WHEN len(map_extract(v, 'template')) > 0 THEN map_extract(v, 'template')[1] ELSE here.template END AS template,
    CASE WHEN len(map_extract(v, 'call')) > 0 THEN CAST(map_extract(v, 'call')[1] AS INTEGER) ELSE here.call END AS call,
    CASE WHEN len(map_extract(v, 'key')) > 0 THEN map_extract(v, 'key')[1] ELSE here.key END AS key,
    CASE WHEN len(map_extract(v, 'raw')) > 0 THEN map_extract(v, 'raw')[1] ELSE here.raw END AS raw,
    CASE WHEN len(map_extract(v, 'text')) > 0 THEN map_extract(v, 'text')[1] ELSE here.text END AS text,
    CASE WHEN len(map_extract(v, 'targets')) > 0 THEN CAST(CAST(map_extract(v, 'targets')[1] AS JSON) AS VARCHAR[]) ELSE here.targets END AS targets,
    CASE WHEN len(map_extract(v, 'position')) > 0 THEN CAST(map_extract(v, 'position')[1] AS INTEGER) ELSE here.position END AS position,
    CASE WHEN len(map_extract(v, 'line')) > 0 THEN CAST(map_extract(v, 'line')[1] AS INTEGER) ELSE here.line END AS line,
    CASE WHEN len(map_extract(v, 'byte_offset')) > 0 THEN CAST(map_extract(v, 'byte_offset')[1] AS BIGINT) ELSE here.byte_offset END AS byte_offset
FROM here FULL JOIN patch ON here.row_key = patch.row_key
WHERE patch.kind IS DISTINCT FROM 'removed';

CREATE OR REPLACE TABLE pages AS
WITH here AS (
    SELECT *, CAST(json_object('wiki', wiki, 'page_id', page_id, 'page_title', CASE WHEN page_id IS NULL THEN page_title END, 'source_uri', CASE WHEN page_id IS NULL AND page_title IS NULL THEN source_uri END, 'occurrence', row_number() OVER (PARTITION BY wiki, page_id, CASE WHEN page_id IS NULL THEN page_title END, CASE WHEN page_id IS NULL AND page_title IS NULL THEN source_uri END ORDER BY page_title NULLS FIRST, wikidata_qid NULLS FIRST, state NULLS FIRST, elections NULLS FIRST)) AS VARCHAR) AS row_key FROM pages
), patch AS (
    SELECT row_key, max(kind) AS kind, map(list(column_name), list(new_value)) AS v
    FROM incoming WHERE table_name = 'pages' GROUP BY row_key
)
SELECT
    CASE WHEN len(map_extract(v, 'source_uri')) > 0 THEN map_extract(v, 'source_uri')[1] ELSE here.source_uri END AS source_uri,
    CASE WHEN len(map_extract(v, 'wiki')) > 0 THEN map_extract(v, 'wiki')[1] ELSE here.wiki END AS wiki,
    CASE WHEN len(map_extract(v, 'page_id')) > 0 THEN CAST(map_extract(v, 'page_id')[1] AS BIGINT) ELSE here.page_id END AS page_id,
    CASE WHEN len(map_extract(v, 'page_title')) > 0 THEN map_extract(v, 'page_title')[1] ELSE here.page_title END AS page_title,
    CASE WHEN len(map_extract(v, 'revision_id')) > 0 THEN CAST(map_extract(v, 'revision_id')[1] AS BIGINT) ELSE here.revision_id END AS revision_id,
    CASE WHEN len(map_extract(v, 'revision_timestamp')) > 0 THEN CAST(map_extract(v, 'revision_timestamp')[1] AS TIMESTAMP WITH TIME ZONE) ELSE here.revision_timestamp END AS revision_timestamp,
    CASE WHEN len(map_extract(v, 'wikidata_qid')) > 0 THEN map_extract(v, 'wikidata_qid')[1] ELSE here.wikidata_qid END AS wikidata_qid,
    CASE WHEN len(map_extract(v, 'state')) > 0 THEN map_extract(v, 'state')[1] ELSE here.state END AS state,
    CASE WHEN len(map_extract(v, 'newest_revision_id')) > 0 THEN CAST(map_extract(v, 'newest_revision_id')[1] AS BIGINT) ELSE here.newest_revision_id END AS newest_revision_id,
    CASE WHEN len(map_extract(v, 'elections')) > 0 THEN CAST(map_extract(v, 'elections')[1] AS BIGINT) ELSE here.elections END AS elections
FROM here FULL JOIN patch ON here.row_key = patch.row_key
WHERE patch.kind IS DISTINCT FROM 'removed';

CREATE OR REPLACE TABLE redirects AS
WITH here AS (
    SELECT *, CAST(json_object('wiki', wiki, 'from_title', from_title, 'occurrence', row_number() OVER (PARTITION BY wiki, from_title ORDER BY to_title NULLS FIRST)) AS VARCHAR) AS row_key FROM redirects
), patch AS (
    SELECT row_key, max(kind) AS kind, map(list(column_name), list(new_value)) AS v
    FROM incoming WHERE table_name = 'redirects' GROUP BY row_key
)
SELECT
    CASE WHEN len(map_extract(v, 'wiki')) > 0 THEN map_extract(v, 'wiki')[1] ELSE here.wiki END AS wiki,
    CASE WHEN len(map_extract(v, 'from_title')) > 0 THEN map_extract(v, 'from_title')[1] ELSE here.from_title END AS from_title,
    CASE WHEN len(map_extract(v, 'to_title')) > 0 THEN map_extract(v, 'to_title')[1] ELSE here.to_title END AS to_title
FROM here FULL JOIN patch ON here.row_key = patch.row_key
WHERE patch.kind IS DISTINCT FROM 'removed';

CREATE OR REPLACE TABLE rejects AS
WITH here AS (
    SELECT *, CAST(json_object('page_title', page_title, 'source_uri', CASE WHEN page_title IS NULL THEN source_uri END, 'unit', unit, 'stage', stage, 'reason', reason, 'occurrence', row_number() OVER (PARTITION BY page_title, CASE WHEN page_title IS NULL THEN source_uri END, unit, stage, reason ORDER BY wiki NULLS FIRST, regexp_replace(detail, 'line [0-9]+', 'line ', 'g') NULLS FIRST)) AS VARCHAR) AS row_key FROM rejects
), patch AS (
    SELECT row_key, max(kind) AS kind, map(list(column_name), list(new_value)) AS v
    FROM incoming WHERE table_name = 'rejects' GROUP BY row_key
)
SELECT
    CASE WHEN len(map_extract(v, 'source_uri')) > 0 THEN map_extract(v, 'source_uri')[1] ELSE here.source_uri END AS source_uri,
    CASE WHEN len(map_extract(v, 'wiki')) > 0 THEN map_extract(v, 'wiki')[1] ELSE here.wiki END AS wiki,
    CASE WHEN len(map_extract(v, 'page_title')) > 0 THEN map_extract(v, 'page_title')[1] ELSE here.page_title END AS page_title,
    CASE WHEN len(map_extract(v, 'unit')) > 0 THEN map_extract(v, 'unit')[1] ELSE here.unit END AS unit,
    CASE WHEN len(map_extract(v, 'stage')) > 0 THEN map_extract(v, 'stage')[1] ELSE here.stage END AS stage,
    CASE WHEN len(map_extract(v, 'reason')) > 0 THEN map_extract(v, 'reason')[1] ELSE here.reason END AS reason,
    CASE WHEN len(map_extract(v, 'detail')) > 0 THEN map_extract(v, 'detail')[1] ELSE here.detail END AS detail,
    CASE WHEN len(map_extract(v, 'line')) > 0 THEN CAST(map_extract(v, 'line')[1] AS INTEGER) ELSE here.line END AS line,
    CASE WHEN len(map_extract(v, 'byte_offset')) > 0 THEN CAST(map_extract(v, 'byte_offset')[1] AS BIGINT) ELSE here.byte_offset END AS byte_offset
FROM here FULL JOIN patch ON here.row_key = patch.row_key
WHERE patch.kind IS DISTINCT FROM 'removed';

CREATE OR REPLACE TABLE sources AS
WITH here AS (
    SELECT *, CAST(json_object('source_uri', source_uri, 'occurrence', row_number() OVER (PARTITION BY source_uri ORDER BY wikis NULLS FIRST, format NULLS FIRST, bytes NULLS FIRST, sha256 NULLS FIRST, scan NULLS FIRST, documents NULLS FIRST, with_box NULLS FIRST, without_box NULLS FIRST, other_namespaces NULLS FIRST, redirects NULLS FIRST, rejected NULLS FIRST, boxes NULLS FIRST, elections NULLS FIRST, rejected_boxes NULLS FIRST, with_contest NULLS FIRST, contests NULLS FIRST, rejected_contests NULLS FIRST, is_complete NULLS FIRST, missing_bytes NULLS FIRST, missing_detail NULLS FIRST)) AS VARCHAR) AS row_key FROM sources
), patch AS (
    SELECT row_key, max(kind) AS kind, map(list(column_name), list(new_value)) AS v
    FROM incoming WHERE table_name = 'sources' GROUP BY row_key
)
SELECT
    CASE WHEN len(map_extract(v, 'source_uri')) > 0 THEN map_extract(v, 'source_uri')[1] ELSE here.source_uri END AS source_uri,
    CASE WHEN len(map_extract(v, 'wikis')) > 0 THEN CAST(CAST(map_extract(v, 'wikis')[1] AS JSON) AS VARCHAR[]) ELSE here.wikis END AS wikis,
    CASE WHEN len(map_extract(v, 'format')) > 0 THEN map_extract(v, 'format')[1] ELSE here.format END AS format,
    CASE WHEN len(map_extract(v, 'bytes')) > 0 THEN CAST(map_extract(v, 'bytes')[1] AS BIGINT) ELSE here.bytes END AS bytes,
    CASE WHEN len(map_extract(v, 'sha256')) > 0 THEN map_extract(v, 'sha256')[1] ELSE here.sha256 END AS sha256,
    CASE WHEN len(map_extract(v, 'scan')) > 0 THEN map_extract(v, 'scan')[1] ELSE here.scan END AS scan,
    CASE WHEN len(map_extract(v, 'documents')) > 0 THEN CAST(map_extract(v, 'documents')[1] AS BIGINT) ELSE here.documents END AS documents,
    CASE WHEN len(map_extract(v, 'with_box')) > 0 THEN CAST(map_extract(v, 'with_box')[1] AS BIGINT) ELSE here.with_box END AS with_box,
    CASE WHEN len(map_extract(v, 'without_box')) > 0 THEN CAST(map_extract(v, 'without_box')[1] AS BIGINT) ELSE here.without_box END AS without_box,
    CASE WHEN len(map_extract(v, 'other_namespaces')) > 0 THEN CAST(map_extract(v, 'other_namespaces')[1] AS BIGINT) ELSE here.other_namespaces END AS other_namespaces,
    CASE WHEN len(map_extract(v, 'redirects')) > 0 THEN CAST(map_extract(v, 'redirects')[1] AS BIGINT) ELSE here.redirects END AS redirects,
    CASE WHEN len(map_extract(v, 'rejected')) > 0 THEN CAST(map_extract(v, 'rejected')[1] AS BIGINT) ELSE here.rejected END AS rejected,
    CASE WHEN len(map_extract(v, 'boxes')) > 0 THEN CAST(map_extract(v, 'boxes')[1] AS BIGINT) ELSE here.boxes END AS boxes,
    CASE WHEN len(map_extract(v, 'elections')) > 0 THEN CAST(map_extract(v, 'elections')[1] AS BIGINT) ELSE here.elections END AS elections,
    CASE WHEN len(map_extract(v, 'rejected_boxes')) > 0 THEN CAST(map_extract(v, 'rejected_boxes')[1] AS BIGINT) ELSE here.rejected_boxes END AS rejected_boxes,
    CASE WHEN len(map_extract(v, 'with_contest')) > 0 THEN CAST(map_extract(v, 'with_contest')[1] AS BIGINT) ELSE here.with_contest END AS with_contest,
    CASE WHEN len(map_extract(v, 'contests')) > 0 THEN CAST(map_extract(v, 'contests')[1] AS BIGINT) ELSE here.contests END AS contests,
    CASE WHEN len(map_extract(v, 'rejected_contests')) > 0 THEN CAST(map_extract(v, 'rejected_contests')[1] AS BIGINT) ELSE here.rejected_contests END AS rejected_contests,
    CASE WHEN len(map_extract(v, 'is_complete')) > 0 THEN CAST(map_extract(v, 'is_complete')[1] AS BOOLEAN) ELSE here.is_complete END AS is_complete,
    CASE WHEN len(map_extract(v, 'missing_bytes')) > 0 THEN CAST(map_extract(v, 'missing_bytes')[1] AS BIGINT) ELSE here.missing_bytes END AS missing_bytes,
    CASE WHEN len(map_extract(v, 'missing_detail')) > 0 THEN map_extract(v, 'missing_detail')[1] ELSE here.missing_detail END AS missing_detail
FROM here FULL JOIN patch ON here.row_key = patch.row_key
WHERE patch.kind IS DISTINCT FROM 'removed';

CREATE OR REPLACE TABLE runs AS
WITH here AS (
    SELECT *, CAST(json_object('pipeline', pipeline, 'occurrence', row_number() OVER (PARTITION BY pipeline ORDER BY version NULLS FIRST, schema_version NULLS FIRST, wikis NULLS FIRST, documents NULLS FIRST, elections NULLS FIRST, sound_elections NULLS FIRST, rejected NULLS FIRST, rejected_boxes NULLS FIRST, incomplete_sources NULLS FIRST, notes NULLS FIRST, warnings NULLS FIRST, errors NULLS FIRST)) AS VARCHAR) AS row_key FROM runs
), patch AS (
    SELECT row_key, max(kind) AS kind, map(list(column_name), list(new_value)) AS v
    FROM incoming WHERE table_name = 'runs' GROUP BY row_key
)
SELECT
    CASE WHEN len(map_extract(v, 'run_id')) > 0 THEN map_extract(v, 'run_id')[1] ELSE here.run_id END AS run_id,
    CASE WHEN len(map_extract(v, 'pipeline')) > 0 THEN map_extract(v, 'pipeline')[1] ELSE here.pipeline END AS pipeline,
    CASE WHEN len(map_extract(v, 'started_at')) > 0 THEN CAST(map_extract(v, 'started_at')[1] AS TIMESTAMP WITH TIME ZONE) ELSE here.started_at END AS started_at,
    CASE WHEN len(map_extract(v, 'finished_at')) > 0 THEN CAST(map_extract(v, 'finished_at')[1] AS TIMESTAMP WITH TIME ZONE) ELSE here.finished_at END AS finished_at,
    CASE WHEN len(map_extract(v, 'version')) > 0 THEN map_extract(v, 'version')[1] ELSE here.version END AS version,
    CASE WHEN len(map_extract(v, 'schema_version')) > 0 THEN map_extract(v, 'schema_version')[1] ELSE here.schema_version END AS schema_version,
    CASE WHEN len(map_extract(v, 'wikis')) > 0 THEN CAST(CAST(map_extract(v, 'wikis')[1] AS JSON) AS VARCHAR[]) ELSE here.wikis END AS wikis,
    CASE WHEN len(map_extract(v, 'documents')) > 0 THEN CAST(map_extract(v, 'documents')[1] AS BIGINT) ELSE here.documents END AS documents,
    CASE WHEN len(map_extract(v, 'elections')) > 0 THEN CAST(map_extract(v, 'elections')[1] AS BIGINT) ELSE here.elections END AS elections,
    CASE WHEN len(map_extract(v, 'sound_elections')) > 0 THEN CAST(map_extract(v, 'sound_elections')[1] AS BIGINT) ELSE here.sound_elections END AS sound_elections,
    CASE WHEN len(map_extract(v, 'rejected')) > 0 THEN CAST(map_extract(v, 'rejected')[1] AS BIGINT) ELSE here.rejected END AS rejected,
    CASE WHEN len(map_extract(v, 'rejected_boxes')) > 0 THEN CAST(map_extract(v, 'rejected_boxes')[1] AS BIGINT) ELSE here.rejected_boxes END AS rejected_boxes,
    CASE WHEN len(map_extract(v, 'incomplete_sources')) > 0 THEN CAST(map_extract(v, 'incomplete_sources')[1] AS BIGINT) ELSE here.incomplete_sources END AS incomplete_sources,
    CASE WHEN len(map_extract(v, 'notes')) > 0 THEN CAST(map_extract(v, 'notes')[1] AS BIGINT) ELSE here.notes END AS notes,
    CASE WHEN len(map_extract(v, 'warnings')) > 0 THEN CAST(map_extract(v, 'warnings')[1] AS BIGINT) ELSE here.warnings END AS warnings,
    CASE WHEN len(map_extract(v, 'errors')) > 0 THEN CAST(map_extract(v, 'errors')[1] AS BIGINT) ELSE here.errors END AS errors
FROM here FULL JOIN patch ON here.row_key = patch.row_key
WHERE patch.kind IS DISTINCT FROM 'removed';

COMMIT;
