package lineage_test

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"hemicycle/load/lineage"
	"hemicycle/load/version"
	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
)

var now = time.Date(2026, 1, 2, 3, 4, 5, 678, time.FixedZone("", 3600))

func newRun(t *testing.T, to string) *lineage.Run {
	t.Helper()
	r, err := lineage.NewRun(to, lineage.Job{
		Pipeline: "north_africa", Description: "pages on elections", Version: "v1.2.3",
		Rules: []lineage.Rule{
			{Parameters: []string{"seats", "seats_won"}, Columns: []string{"results.seats"}},
			{Parameters: []string{"party"}, Columns: []string{"results.party", "results.party_page"}},
		},
		Checks: []string{"seat-total", "turnout-range"},
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func sampleOutcome() *lineage.Outcome {
	m := &version.Manifest{
		Run:    "20260102T030405Z",
		Inputs: []version.Input{{URI: "pages/a.txt", SHA256: "abc"}, {URI: "pages/b.txt"}},
		Files: []version.File{
			{Table: "results", Path: "parquet/results/part-0.parquet", Rows: 3, Bytes: 100},
			{Table: "results", Path: "parquet/results/part-1.parquet", Rows: 4, Bytes: 50},
			{Table: "elections", Path: "parquet/elections/part-0.parquet", Rows: 2, Bytes: 70},
			{Table: "elections", Path: "jsonl/elections.jsonl", Rows: 2, Bytes: 700},
			{Path: "elections.duckdb", Bytes: 7},
		},
		Expectations: []version.Expectation{{Source: "pages", Subject: "elections", Expected: "at least 20", Observed: "2"}},
	}
	m.AddFinding("seat-total", schemas.Error)
	m.AddFinding("turnout-range", schemas.Warn)
	return &lineage.Outcome{Ending: lineage.Complete, Manifest: m, Output: "/srv/elections"}
}

// cleanEnvironment takes away what the environment of the test says of lineage.
func cleanEnvironment(t *testing.T) {
	t.Helper()
	for _, name := range []string{"PARENT_ID", "NAMESPACE", "API_KEY", "DISABLED"} {
		t.Setenv("OPENLINEAGE_"+name, "")
	}
}

// readEvents returns the events in a file, one a line.
func readEvents(t *testing.T, path string) (events []map[string]any) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var e map[string]any
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			t.Fatal(err)
		}
		events = append(events, e)
	}
	return events
}

// at returns what stands at a path of keys and numbers in a JSON value; nil if there is nothing.
func at(value any, path ...any) any {
	for _, step := range path {
		switch s := step.(type) {
		case string:
			object, _ := value.(map[string]any)
			value = object[s]
		case int:
			list, _ := value.([]any)
			if s >= len(list) {
				return nil
			}
			value = list[s]
		}
	}
	return value
}

var (
	isUUID  = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`)
	isFacet = regexp.MustCompile(`^https://openlineage\.io/spec/(?:facets/)?\d+-\d+-\d+/\w+\.json#/\$defs/\w+$`)
)

// requiredOfFacets are the properties that the specification requires of the facets that are sent, as its documentation
// lists them: https://openlineage.io/docs/spec/facets/.
var requiredOfFacets = map[string][]string{
	"processing_engine": {"version"}, "parent": {"run", "job"}, "errorMessage": {"message", "programmingLanguage"},
	"jobType": {"processingType", "integration"}, "documentation": {"description"}, "schema": {"fields"},
	"version": {"datasetVersion"}, "columnLineage": {"fields"}, "outputStatistics": {"rowCount"},
	"dataQualityAssertions": {"assertions"},
}

// checkEvent fails unless an event has what version 2-0-2 of the specification requires of it.
func checkEvent(t *testing.T, e map[string]any) {
	t.Helper()
	if id, _ := at(e, "run", "runId").(string); !isUUID.MatchString(id) {
		t.Errorf("the run is %q, expected a UUID", id)
	}
	if when, _ := e["eventTime"].(string); !isRFC3339(when) {
		t.Errorf("the time is %q", when)
	}
	if e["schemaURL"] != "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent" {
		t.Errorf("the schema is %v", e["schemaURL"])
	}
	checkURI(t, e["producer"])
	for _, key := range []string{"namespace", "name"} {
		if text, _ := at(e, "job", key).(string); text == "" {
			t.Errorf("the job has no %s", key)
		}
	}
	checkFacets(t, at(e, "run", "facets"))
	checkFacets(t, at(e, "job", "facets"))
	for _, kind := range []string{"inputs", "outputs"} {
		list, ok := e[kind].([]any)
		if !ok {
			t.Errorf("%s is no list", kind)
		}
		for _, d := range list {
			for _, key := range []string{"namespace", "name"} {
				if text, _ := at(d, key).(string); text == "" {
					t.Errorf("one of the %s has no %s", kind, key)
				}
			}
			checkFacets(t, at(d, "facets"))
			checkFacets(t, at(d, strings.TrimSuffix(kind, "s")+"Facets"))
		}
	}
}

func checkFacets(t *testing.T, facets any) {
	t.Helper()
	all, _ := facets.(map[string]any)
	for name, f := range all {
		checkURI(t, at(f, "_producer"))
		if where, _ := at(f, "_schemaURL").(string); !isFacet.MatchString(where) {
			t.Errorf("the schema of the facet %s is %q", name, where)
		}
		required, known := requiredOfFacets[name]
		if !known {
			t.Errorf("the test does not know the facet %s", name)
		}
		for _, key := range required {
			if at(f, key) == nil {
				t.Errorf("the facet %s has no %s", name, key)
			}
		}
	}
}

func checkURI(t *testing.T, value any) {
	t.Helper()
	text, _ := value.(string)
	if u, err := url.Parse(text); err != nil || u.Scheme == "" {
		t.Errorf("%q is no URI", text)
	}
}

func isRFC3339(text string) bool {
	_, err := time.Parse(time.RFC3339Nano, text)
	return err == nil
}

func TestEventsInFile(t *testing.T) {
	cleanEnvironment(t)
	path := filepath.Join(t.TempDir(), "events.jsonl")
	t.Setenv("OPENLINEAGE_NAMESPACE", "nightly")
	t.Setenv("OPENLINEAGE_PARENT_ID", "air/flow/dag.task/0195f2f4-9f4a-7cc3-8d9f-6f1c9a1b2c3d")
	r := newRun(t, path)
	if err := r.Start(t.Context(), now); err != nil {
		t.Fatal(err)
	}
	if err := r.End(t.Context(), now.Add(time.Minute), sampleOutcome()); err != nil {
		t.Fatal(err)
	}
	failed := newRun(t, path)
	if err := failed.End(t.Context(), now, &lineage.Outcome{
		Ending: lineage.Fail, Message: strings.Repeat("é", 5000) + "\xff",
	}); err != nil {
		t.Fatal(err)
	}
	events := readEvents(t, path)
	if len(events) != 3 {
		t.Fatalf("%d events", len(events))
	}
	for _, e := range events {
		checkEvent(t, e)
	}
	start, end := events[0], events[1]
	for _, want := range []struct {
		got  any
		want any
	}{
		{start["eventType"], "START"},
		{end["eventType"], "COMPLETE"},
		{events[2]["eventType"], "FAIL"},
		{at(end, "run", "runId"), at(start, "run", "runId")},
		{at(start, "job", "namespace"), "nightly"},
		{at(start, "run", "facets", "parent", "job", "namespace"), "air/flow"},
		{at(start, "run", "facets", "parent", "job", "name"), "dag.task"},
		{at(start, "run", "facets", "parent", "run", "runId"), "0195f2f4-9f4a-7cc3-8d9f-6f1c9a1b2c3d"},
		{at(end, "inputs", 1, "name"), "pages/a.txt"},
		{at(end, "inputs", 0, "inputFacets", "dataQualityAssertions", "assertions", 0, "assertion"), "seat-total"},
		{at(end, "inputs", 0, "inputFacets", "dataQualityAssertions", "assertions", 0, "success"), false},
		{at(end, "inputs", 0, "inputFacets", "dataQualityAssertions", "assertions", 1, "success"), true},
		{at(end, "inputs", 0, "inputFacets", "dataQualityAssertions", "assertions", 2, "assertion"),
			"elections of pages: at least 20"},
		{at(end, "inputs", 0, "inputFacets", "dataQualityAssertions", "assertions", 2, "success"), false},
		{at(end, "outputs", 0, "name"), "/srv/elections/parquet/elections"},
		{at(end, "outputs", 0, "outputFacets", "outputStatistics", "rowCount"), 2.0},
		{at(end, "outputs", 1, "outputFacets", "outputStatistics", "rowCount"), 7.0},
		{at(end, "outputs", 1, "outputFacets", "outputStatistics", "size"), 150.0},
		{at(end, "outputs", 1, "facets", "version", "datasetVersion"), "20260102T030405Z"},
		{at(end, "outputs", 1, "facets", "columnLineage", "fields", "seats", "inputFields", 0, "field"), "seats"},
		{at(end, "outputs", 1, "facets", "columnLineage", "fields", "party", "inputFields", 0, "field"), "party"},
		// A column that is computed from others rests on what they rest on.
		{at(end, "outputs", 0, "facets", "columnLineage", "fields", "seats_sum", "inputFields", 1, "field"), "seats_won"},
	} {
		if want.got != want.want {
			t.Errorf("found %v, expected %v", want.got, want.want)
		}
	}
	named := map[any]bool{}
	fields, _ := at(end, "inputs", 0, "facets", "schema", "fields").([]any)
	for _, f := range fields {
		named[at(f, "name")] = true
	}
	if !named["seats"] || !named["party"] {
		t.Errorf("the box has the fields %v, and columns rest on others", named)
	}
	if message, _ := at(events[2], "run", "facets", "errorMessage", "message").(string); len(message) > 4000 {
		t.Errorf("a message of %d bytes is sent", len(message))
	}
}

func TestParentThatIsNone(t *testing.T) {
	cleanEnvironment(t)
	const run = "0195f2f4-9f4a-7cc3-8d9f-6f1c9a1b2c3d"
	for _, id := range []string{"", "x", "a/b/c", "/b/" + run, run} {
		t.Setenv("OPENLINEAGE_PARENT_ID", id)
		path := filepath.Join(t.TempDir(), "events.jsonl")
		if err := newRun(t, path).Start(t.Context(), now); err != nil {
			t.Fatal(err)
		}
		if at(readEvents(t, path)[0], "run", "facets", "parent") != nil {
			t.Errorf("%q is taken for a parent", id)
		}
	}
}

func TestEventsToServer(t *testing.T) {
	cleanEnvironment(t)
	t.Setenv("OPENLINEAGE_API_KEY", "key-of-the-server")
	var bodies []map[string]any
	answers := []int{http.StatusServiceUnavailable, http.StatusCreated, http.StatusUnauthorized}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var e map[string]any
		body, _ := io.ReadAll(r.Body)
		if err := json.Unmarshal(body, &e); err != nil || r.URL.Path != "/api/v1/lineage" || r.Method != http.MethodPost ||
			r.Header.Get("Authorization") != "Bearer key-of-the-server" ||
			r.Header.Get("Content-Type") != "application/json" {
			t.Errorf("%s %s %v (%v)", r.Method, r.URL.Path, r.Header, err)
		}
		bodies = append(bodies, e)
		w.WriteHeader(answers[0])
		answers = answers[1:]
	}))
	defer server.Close()
	r := newRun(t, server.URL)
	if err := r.Start(t.Context(), now); err != nil {
		t.Fatal(err)
	}
	if len(bodies) != 2 {
		t.Errorf("%d requests until the server took the event", len(bodies))
	}
	err := r.End(t.Context(), now, sampleOutcome())
	schemastest.CheckWords(t, err, "401")
	if err != nil && strings.Contains(err.Error(), "key-of-the-server") {
		t.Errorf("%v has the key", err)
	}
	checkEvent(t, bodies[2])
}

// A server that does not answer takes no longer than the caller allows.
func TestServerThatHangs(t *testing.T) {
	cleanEnvironment(t)
	hang := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-hang }))
	defer server.Close()
	defer close(hang)
	ctx, stop := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer stop()
	started := time.Now()
	if err := newRun(t, server.URL).Start(ctx, now); err == nil || time.Since(started) > 5*time.Second {
		t.Errorf("%v after %v", err, time.Since(started))
	}
}

func TestCheckDestination(t *testing.T) {
	for to, word := range map[string]string{
		"events.jsonl": "", "/srv/events.jsonl": "", "https://lineage.example.org": "", "http://127.0.0.1:5000/x": "",
		"kafka://broker": "kafka addresses", "": "expected a file", "https://": "expected an address",
		"https://me:secret@lineage.example.org": "OPENLINEAGE_API_KEY",
	} {
		err := lineage.CheckDestination(to)
		if word == "" && err != nil || word != "" && (err == nil || !strings.Contains(err.Error(), word)) {
			t.Errorf("%q: %v, expected %q", to, err, word)
		}
	}
}
