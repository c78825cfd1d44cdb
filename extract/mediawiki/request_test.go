package mediawiki_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hemicycle/extract/mediawiki"
	"hemicycle/extract/mediawiki/mediawikitest"
	"hemicycle/schemas/schemastest"
)

func TestContact(t *testing.T) {
	cases := map[string]string{
		"elections@example.org":             "",
		"https://elections.example.org/us":  "",
		"":                                  "the wiki must know whom to write to",
		"me":                                "is no address",
		"http://elections.example.org":      "is no address",
		"https://localhost":                 "is no address",
		"a b@example.org":                   "cannot be sent",
		"a@example.org\r\nX-Evil: 1":        "cannot be sent",
		"a@example.org) (b":                 "cannot be sent",
		"Ann <a@example.org>":               "cannot be sent",
		strings.Repeat("a", 300) + "@b.org": "cannot be sent",
	}
	for contact, wrong := range cases {
		_, err := mediawiki.New(mediawiki.Options{API: "https://en.wikipedia.org/w/api.php", Contact: contact})
		checkUsage(t, contact, err, wrong)
	}
}

func TestAddress(t *testing.T) {
	cases := map[string]string{
		"https://en.wikipedia.org/w/api.php":       "",
		"http://127.0.0.1:8080/api.php":            "",
		"http://127.3.2.1/api.php":                 "",
		"http://[::1]:8080/api.php":                "",
		"http://localhost/w/api.php":               "",
		"http://en.wikipedia.org/w/api.php":        "expected an https address",
		"http://127.0.0.1.example.org/w/api.php":   "expected an https address",
		"ftp://localhost/w/api.php":                "expected an https address",
		"https://user:secret@example.org/api.php":  "is not the address of an API",
		"https://example.org/api.php?action=query": "is not the address of an API",
		"enwiki": "is not the address of an API",
	}
	for api, wrong := range cases {
		_, err := mediawiki.New(mediawiki.Options{API: api, Contact: "a@example.org"})
		checkUsage(t, api, err, wrong)
	}
}

func TestRate(t *testing.T) {
	for rate, wrong := range map[int]string{0: "", 1: "", 200: "", -1: "expected 1 to 200", 201: "expected 1 to 200"} {
		_, err := mediawiki.New(mediawiki.Options{API: "https://a.org/api.php", Contact: "a@example.org", Rate: rate})
		checkUsage(t, fmt.Sprint(rate), err, wrong)
	}
}

// checkUsage compares an error with what it should say; "" means that there should be none.
func checkUsage(t *testing.T, of string, err error, wrong string) {
	t.Helper()
	var usage *mediawiki.UsageError
	switch {
	case wrong == "" && err != nil:
		t.Errorf("%q: %v", of, err)
	case wrong != "" && !errors.As(err, &usage):
		t.Errorf("%q: the error is %v, expected a UsageError", of, err)
	case wrong != "":
		schemastest.CheckWords(t, err, wrong)
	}
}

// Every request says who asks, takes gzip and lets a wiki that lags refuse.
func TestRequestHasManners(t *testing.T) {
	var seen []*http.Request
	wiki := mediawikitest.NewWiki()
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm()
		seen = append(seen, r)
		http.SetCookie(w, &http.Cookie{Name: "known", Value: "yes"})
		wiki.ServeHTTP(w, r)
	})
	client := mediawikitest.NewClient(t, mediawiki.Options{
		API: "https://wiki.example/w/api.php", Contact: "tests@example.org", Version: "1.2.3",
		Project: "https://project.example", Transport: mediawikitest.Transport{Handler: handler},
	})
	if _, err := client.Site(t.Context()); err != nil {
		t.Fatal(err)
	}
	var ids []int64
	for id := range int64(mediawiki.BatchSize) {
		ids = append(ids, 1e17+id)
	}
	if _, err := client.Fetch(t.Context(), ids); err != nil {
		t.Fatal(err)
	}
	var titles []string
	for n := range mediawiki.BatchSize {
		titles = append(titles, strings.Repeat("ü", 120)+fmt.Sprint(n))
	}
	ignore := func(mediawiki.Page) error { return nil }
	if err := client.List(t.Context(), mediawiki.Selection{Titles: titles}, ignore); err != nil {
		t.Fatal(err)
	}
	if len(seen) != 3 || seen[0].Method != "GET" || seen[1].Method != "GET" || seen[2].Method != "POST" {
		t.Fatalf("%d requests: expected two by GET, and one by POST since it is long", len(seen))
	}
	for i, r := range seen {
		agent := r.UserAgent()
		if !strings.HasPrefix(agent, "Hemicycle/1.2.3 (https://project.example; tests@example.org) Go-http-client/1.") {
			t.Errorf("the User-Agent is %q", agent)
		}
		got := map[string]string{
			"gzip": r.Header.Get("Accept-Encoding"), "maxlag": r.Form.Get("maxlag"), "format": r.Form.Get("format"),
			"version": r.Form.Get("formatversion"), "action": r.Form.Get("action"),
		}
		want := map[string]string{"gzip": "gzip", "maxlag": "5", "format": "json", "version": "2", "action": "query"}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("request %d: %s", i, diff)
		}
		if _, err := r.Cookie("known"); (err == nil) != (i > 0) {
			t.Errorf("request %d: cookies are %v", i, r.Cookies())
		}
		if promise := r.Header.Get("Promise-Non-Write-API-Action"); (promise == "true") != (r.Method == "POST") {
			t.Errorf("request %d: a %s promises %q", i, r.Method, promise)
		}
	}
}

// countingTransport counts how many requests are under way, up to the end of their bodies.
type countingTransport struct {
	next           http.RoundTripper
	underWay, most atomic.Int64
	total          atomic.Int64
	beginnings     []time.Time
	clock          *mediawikitest.Clock
}

func (c *countingTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	c.total.Add(1)
	c.beginnings = append(c.beginnings, c.clock.Now())
	if n := c.underWay.Add(1); n > c.most.Load() {
		c.most.Store(n)
	}
	response, err := c.next.RoundTrip(r)
	if err != nil {
		c.underWay.Add(-1)
		return nil, err
	}
	response.Body = &countedBody{ReadCloser: response.Body, underWay: &c.underWay}
	return response, nil
}

type countedBody struct {
	io.ReadCloser
	underWay *atomic.Int64
	closed   bool
}

func (b *countedBody) Close() error {
	if !b.closed {
		b.closed = true
		b.underWay.Add(-1)
	}
	return b.ReadCloser.Close()
}

// Whatever happens, one request is under way, and two begin no nearer to each other than the rate allows: those that
// fail count, and no request is made that we do not see.
func TestOneRequestAtATime(t *testing.T) {
	for _, fault := range mediawikitest.Faults {
		if !fault.Passes {
			continue
		}
		t.Run(fault.Name, func(t *testing.T) {
			t.Parallel()
			proxy := &mediawikitest.Proxy{Next: mediawikitest.NewWiki(), Fault: fault, Every: 2}
			var arrived atomic.Int64
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				arrived.Add(1)
				proxy.ServeHTTP(w, r)
			}))
			defer server.Close()
			defer server.CloseClientConnections()
			clock := new(mediawikitest.Clock)
			transport := &countingTransport{next: mediawiki.NewTransport(), clock: clock}
			client := mediawikitest.NewClient(t, mediawiki.Options{
				API: server.URL + "/api.php", Rate: 30, Clock: clock, Transport: transport, TryTimeout: fault.Timeout(),
			})
			const calls = 3
			done := make(chan error)
			for range calls {
				go func() {
					_, err := client.Site(context.Background())
					done <- err
				}()
			}
			for range calls {
				if err := <-done; err != nil {
					t.Error(err)
				}
			}
			n := transport.total.Load()
			isExpected := n == 2*calls || fault.NeedsTimeout && n > 2*calls // a busy machine may need more
			if !isExpected || n != client.Stats().Requests || n != arrived.Load() {
				t.Errorf(
					"%d requests were made, %d were counted and %d arrived: expected %d",
					n,
					client.Stats().Requests,
					arrived.Load(),
					2*calls,
				)
			}
			if transport.most.Load() != 1 || transport.underWay.Load() != 0 {
				t.Errorf("%d requests were under way at a time, and %d still are", transport.most.Load(),
					transport.underWay.Load())
			}
			for i := 1; i < len(transport.beginnings); i++ {
				if d := transport.beginnings[i].Sub(transport.beginnings[i-1]); d < 2*time.Second {
					t.Errorf("request %d begins %s after the one before: expected at least 2 s", i, d)
				}
			}
		})
	}
}

// Faults that do not pass end the request at once.
func TestFinalFaults(t *testing.T) {
	words := map[string]string{
		"429 until tomorrow": "the wiki asks to come again at 2030-01-02 00:00 UTC (https://wiki.example/w/api.php answers " +
			"with HTTP status 429, Too Many Requests: <html>You are making too many requests.</html>)",
		"403": "https://wiki.example/w/api.php answers with HTTP status 403, Forbidden: Please set a user-agent and " +
			"respect our robot policy.",
		"404": "answers with HTTP status 404",
		"redirect": "the API at https://wiki.example/w/api.php has moved to https://elsewhere.example/w/api.php: write " +
			"that address",
		"unknown error": "the wiki says readapidenied: a fault that is played",
	}
	tried := 0
	for _, fault := range mediawikitest.Faults {
		if fault.Passes {
			continue
		}
		tried++
		proxy := &mediawikitest.Proxy{Next: mediawikitest.NewWiki(), Fault: fault, Every: 1}
		client := mediawikitest.NewClient(t, mediawiki.Options{
			API: "https://wiki.example/w/api.php", Transport: mediawikitest.Transport{Handler: proxy},
		})
		_, err := client.Site(t.Context())
		if err == nil || !strings.Contains(err.Error(), words[fault.Name]) || words[fault.Name] == "" {
			t.Errorf("%s: the error is %v, expected %q", fault.Name, err, words[fault.Name])
		}
		if n := client.Stats().Requests; n != 1 {
			t.Errorf("%s: %d requests, expected 1", fault.Name, n)
		}
	}
	if tried != len(words) {
		t.Errorf("%d faults were tried, expected %d", tried, len(words))
	}
}

// A fault that lasts is tried eight times, with waits that double and have a limit.
func TestLastingFault(t *testing.T) {
	proxy := &mediawikitest.Proxy{Next: mediawikitest.NewWiki(), Fault: faultNamed(t, "503"), Every: 1}
	clock := new(mediawikitest.Clock)
	var waits []mediawiki.Wait
	client := mediawikitest.NewClient(t, mediawiki.Options{
		API: "https://wiki.example/w/api.php", Clock: clock, Rate: 200, Random: func() float64 { return 0.5 },
		Transport: mediawikitest.Transport{Handler: proxy}, OnWait: func(w mediawiki.Wait) { waits = append(waits, w) },
	})
	_, err := client.Site(t.Context())
	var gaveUp *mediawiki.GaveUpError
	var status *mediawiki.StatusError
	if !errors.As(err, &gaveUp) || gaveUp.Tries != 8 || !errors.As(err, &status) || status.Status != 503 {
		t.Errorf("the error is %v", err)
	}
	schemastest.CheckWords(t, err, "could not be asked in 8 tries", "503", "Maintenance")
	var got []time.Duration
	for _, w := range waits {
		got = append(got, w.For)
	}
	s := time.Second
	want := []time.Duration{s + s/4, 2*s + s/2, 5 * s, 10 * s, 20 * s, 40 * s, 80 * s}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// faultNamed returns a fault.
func faultNamed(t *testing.T, name string) mediawikitest.Fault {
	t.Helper()
	for _, f := range mediawikitest.Faults {
		if f.Name == name {
			return f
		}
	}
	t.Fatalf("there is no fault %q", name)
	return mediawikitest.Fault{}
}

// A wait is as long as the wiki asks for, and at least as long as it would be without a word.
func TestWaits(t *testing.T) {
	cases := map[string]time.Duration{
		"429 in seconds":       7 * time.Second,
		"429 in a fraction":    time.Second,
		"429 until a date":     30 * time.Second,
		"429 without a word":   time.Second,
		"maxlag":               7 * time.Second,
		"ratelimited":          time.Second,
		"readonly":             time.Second,
		"HTML with 200":        time.Second,
		"503":                  time.Second,
		"internal":             time.Second,
		"JSON of another type": time.Second,
	}
	for name, want := range cases {
		proxy := &mediawikitest.Proxy{Next: mediawikitest.NewWiki(), Fault: faultNamed(t, name), Every: 1000}
		clock := new(mediawikitest.Clock)
		client := mediawikitest.NewClient(t, mediawiki.Options{
			API: "https://wiki.example/w/api.php", Clock: clock, Rate: 200,
			Transport: mediawikitest.Transport{Handler: proxy},
		})
		if _, err := client.Site(t.Context()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if got := clock.Slept(); len(got) != 1 || got[0] != want {
			t.Errorf("%s: it waited %v, expected %s", name, got, want)
		}
	}
}

func TestRetryAfter(t *testing.T) {
	now := time.Date(2030, 1, 1, 12, 0, 0, 0, time.UTC)
	cases := map[string]time.Duration{
		"": 0, "1": time.Second, "0.5": time.Second / 2, " 30 ": 30 * time.Second, "86400": 24 * time.Hour,
		"Tue, 01 Jan 2030 12:00:10 GMT": 10 * time.Second, "Tue, 01 Jan 2030 11:00:00 GMT": 0,
		"-5": 0, "soon": 0, "NaN": 0, "-Inf": 0, "5 s": 0,
	}
	for header, want := range cases {
		if got := mediawiki.RetryAfter(header, now); got != want {
			t.Errorf("%q: %s, expected %s", header, got, want)
		}
	}
	for _, header := range []string{"1e300", "Inf", "99999999999999999999"} {
		if got := mediawiki.RetryAfter(header, now); got < 24*time.Hour {
			t.Errorf("%q: %s", header, got)
		}
	}
}

// The context ends a request, a wait and a body.
func TestContextEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	proxy := &mediawikitest.Proxy{Next: mediawikitest.NewWiki(), Fault: faultNamed(t, "stall"), Every: 1}
	server := httptest.NewServer(proxy)
	defer server.Close()
	client := mediawikitest.NewClient(t, mediawiki.Options{API: server.URL})
	time.AfterFunc(100*time.Millisecond, cancel)
	if _, err := client.Site(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
	if n := client.Stats().Requests; n != 1 {
		t.Errorf("%d requests", n)
	}
	if _, err := client.Site(ctx); !errors.Is(err, context.Canceled) || client.Stats().Requests != 1 {
		t.Errorf("the error is %v after %d requests", err, client.Stats().Requests)
	}
}

// What a wiki sends is bounded, compressed and not, and is not asked for again.
func TestLargeAnswers(t *testing.T) {
	handlers := map[string]http.HandlerFunc{
		"endless": func(w http.ResponseWriter, r *http.Request) {
			for r.Context().Err() == nil {
				if _, err := w.Write(make([]byte, 1<<20)); err != nil {
					return
				}
			}
		},
		"bomb": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write(gzipped(make([]byte, 2<<20)))
		},
	}
	for name, handler := range handlers {
		server := httptest.NewServer(handler)
		client := mediawikitest.NewClient(t, mediawiki.Options{API: server.URL})
		client.LimitBody(1 << 20)
		_, err := client.Site(t.Context())
		if !mediawiki.IsBatchFault(err) || client.Stats().Requests != 1 {
			t.Errorf("%s: the error is %v after %d requests", name, err, client.Stats().Requests)
		}
		server.Close()
	}
}

// An error page that is compressed, or that says what the API says, is read like any other answer.
func TestStatusWithError(t *testing.T) {
	cases := map[string]struct {
		status int
		body   string
		batch  bool
		words  string
	}{
		"internal with 500": {
			status: 500, body: `{"errors":[{"code":"internal_api_error_X","text":"broken"}]}`, batch: true,
			words: "internal_api_error_X",
		},
		"old form": {
			status: 200, body: `{"error":{"code":"internal_api_error_X","info":"broken"}}`, batch: true, words: "broken",
		},
		"lag with 503": {
			status: 503, body: `{"errors":[{"code":"maxlag","text":"lags"}]}`, words: "maxlag",
		},
		"two errors": {
			status: 200, body: `{"errors":[{"code":"maxlag","text":"lags"},{"code":"badvalue","text":"no"}]}`,
			words: "the wiki says badvalue: no",
		},
	}
	for name, c := range cases {
		handler := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			w.WriteHeader(c.status)
			_, _ = w.Write(gzipped([]byte(c.body)))
		})
		client := mediawikitest.NewClient(t, mediawiki.Options{
			API: "https://wiki.example/w/api.php", Transport: mediawikitest.Transport{Handler: handler},
		})
		_, err := client.Fetch(t.Context(), []int64{1})
		if err == nil || mediawiki.IsBatchFault(err) != c.batch || !strings.Contains(err.Error(), c.words) {
			t.Errorf("%s: the error is %v", name, err)
		}
		if n := client.Stats().Requests; c.batch && n != 3 {
			t.Errorf("%s: %d requests for a batch at which the wiki fails, expected 3", name, n)
		}
	}
}

// What a wiki says is shown on one line, and not more than its beginning.
func TestSaidIsBounded(t *testing.T) {
	handler := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusForbidden)
		_, _ = w.Write([]byte("no\n\x1b[31m\xff\u202e" + strings.Repeat("x", 5000)))
	})
	client := mediawikitest.NewClient(t, mediawiki.Options{
		API: "https://wiki.example/w/api.php", Transport: mediawikitest.Transport{Handler: handler},
	})
	_, err := client.Site(t.Context())
	shown := err.Error()
	if strings.ContainsAny(shown, "\n\x1b\u202e") || len(shown) > 400 || !strings.Contains(shown, "no [31m") {
		t.Errorf("the error is %q", shown)
	}
}

// Each warning is passed on once.
func TestWarnings(t *testing.T) {
	handler := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write(
			[]byte(`{"batchcomplete":true,"warnings":[{"code":"unrecognizedvalues","text":"a word\nof warning"},` +
				`{"code":"x","text":"another"}],"query":{"pages":[]}}`),
		)
	})
	var got []string
	client := mediawikitest.NewClient(t, mediawiki.Options{
		API: "https://wiki.example/w/api.php", Transport: mediawikitest.Transport{Handler: handler},
		OnWarning: func(text string) { got = append(got, text) },
	})
	for range 3 {
		if _, err := client.Info(t.Context(), []int64{1}); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff([]string{"a word of warning", "another"}, got); diff != "" {
		t.Error(diff)
	}
}

// A client in which nobody is named makes no request.
func TestNoRequestWithoutContact(t *testing.T) {
	transport := roundTrip(func(*http.Request) (*http.Response, error) {
		t.Error("a request was made")
		return nil, errors.New("no")
	})
	client, err := mediawiki.New(mediawiki.Options{API: "https://wiki.example/api.php", Transport: transport})
	if client != nil || err == nil {
		t.Errorf("the client is %v, the error %v", client, err)
	}
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
