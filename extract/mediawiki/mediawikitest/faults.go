package mediawikitest

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"net/http/httptest"
	"regexp"
	"sync/atomic"
	"time"
)

// Fault is one way in which a request can fail.
type Fault struct {
	Name string
	// Passes says that the request is tried again.
	Passes bool
	// NeedsServer says that the fault is one of the connection, so that it needs a real one.
	NeedsServer bool
	// NeedsTimeout says that only the time limit of a try ends the request.
	NeedsTimeout bool
	play         func(out http.ResponseWriter, r *http.Request, next http.Handler)
}

// Timeout returns a time limit of a try with the fault: a short one only if the fault needs it, since a machine that is
// busy may be slow without any fault.
func (f *Fault) Timeout() time.Duration {
	if f.NeedsTimeout {
		return 1500 * time.Millisecond
	}
	return time.Minute
}

// Faults are what networks and wikis have been seen to do.
var Faults = []Fault{
	{Name: "429 in seconds", Passes: true, play: limited("7")},
	{Name: "429 in a fraction", Passes: true, play: limited("0.5")},
	{
		Name:   "429 until a date",
		Passes: true,
		play:   limited(time.Date(2030, 1, 1, 0, 0, 30, 0, time.UTC).Format(http.TimeFormat)),
	},
	{Name: "429 without a word", Passes: true, play: limited("")},
	{Name: "429 until tomorrow", play: limited("86400")},
	{Name: "503", Passes: true, play: status(http.StatusServiceUnavailable, "<!DOCTYPE html><p>Maintenance</p>")},
	{Name: "524", Passes: true, play: status(524, "a timeout")},
	{Name: "403", play: status(http.StatusForbidden, "Please set a user-agent and respect our robot policy.")},
	{Name: "404", play: status(http.StatusNotFound, "not here")},
	{Name: "maxlag", Passes: true, play: apiError("maxlag", "7")},
	{Name: "ratelimited", Passes: true, play: apiError("ratelimited", "")},
	{Name: "readonly", Passes: true, play: apiError("readonly", "")},
	{Name: "internal", Passes: true, play: apiError("internal_api_error_DBQueryError", "")},
	{Name: "unknown error", play: apiError("readapidenied", "")},
	{Name: "reset", Passes: true, NeedsServer: true, play: reset},
	{Name: "cut body", Passes: true, NeedsServer: true, play: cutBody},
	{Name: "half JSON", Passes: true, play: halfJSON},
	{Name: "half gzip", Passes: true, play: halfGzip},
	{Name: "drip", Passes: true, NeedsServer: true, NeedsTimeout: true, play: drip},
	{Name: "stall", Passes: true, NeedsServer: true, NeedsTimeout: true, play: stall},
	{Name: "HTML with 200", Passes: true, play: status(http.StatusOK, "<!DOCTYPE html><title>Login</title>")},
	{Name: "wrong JSON", Passes: true, play: status(http.StatusOK, `{"status":"ok","data":[1,2]}`)},
	{Name: "JSON of another type", Passes: true, play: status(http.StatusOK, `{"query":{"pages":{"1":{}}}}`)},
	{Name: "empty", Passes: true, play: status(http.StatusOK, "")},
	{Name: "redirect", play: moved},
}

// TextFaults are faults of whole answers whose texts are not those of the wiki. A client cannot know of them.
var TextFaults = []Fault{
	{Name: "no revisions", play: replaced(`"revisions":\[\{"revid".*?"timestamp":"[^"]*"\}\],?`, "")},
	{Name: "altered text", play: replaced(`"content":"`, `"content":"altered `)},
}

// Proxy plays a fault at every n-th request and passes the others on.
type Proxy struct {
	Next  http.Handler
	Fault Fault
	Every int64 // 1: at each request
	After int64 // the number of requests that are passed on first

	requests, played atomic.Int64
}

// Played returns how often the fault was played.
func (p *Proxy) Played() int64 { return p.played.Load() }

// ServeHTTP passes a request on or plays the fault.
func (p *Proxy) ServeHTTP(out http.ResponseWriter, r *http.Request) {
	if n := p.requests.Add(1); n > p.After && (n-p.After-1)%p.Every == 0 {
		p.played.Add(1)
		p.Fault.play(out, r, p.Next)
		return
	}
	p.Next.ServeHTTP(out, r)
}

type play = func(out http.ResponseWriter, r *http.Request, next http.Handler)

// limited says that there were too many requests.
func limited(retryAfter string) play {
	return func(out http.ResponseWriter, _ *http.Request, _ http.Handler) {
		if retryAfter != "" {
			out.Header().Set("Retry-After", retryAfter)
		}
		out.WriteHeader(http.StatusTooManyRequests)
		_, _ = out.Write([]byte("<html>You are making too many requests.</html>"))
	}
}

// status answers with a status and a body.
func status(code int, body string) play {
	return func(out http.ResponseWriter, _ *http.Request, _ http.Handler) {
		out.WriteHeader(code)
		_, _ = out.Write([]byte(body))
	}
}

// apiError answers with an error of the API, which comes with the status 200.
func apiError(code, retryAfter string) play {
	return func(out http.ResponseWriter, _ *http.Request, _ http.Handler) {
		if retryAfter != "" {
			out.Header().Set("Retry-After", retryAfter)
		}
		_, _ = out.Write([]byte(`{"errors":[{"code":"` + code + `","text":"a fault that is played","module":"main"}]}`))
	}
}

// reset ends the connection without an answer.
func reset(http.ResponseWriter, *http.Request, http.Handler) { panic(http.ErrAbortHandler) }

// record returns the answer of the wiki.
func record(r *http.Request, next http.Handler) []byte {
	recorder := httptest.NewRecorder()
	next.ServeHTTP(recorder, r)
	return recorder.Body.Bytes()
}

// cutBody ends the connection in the middle of the answer.
func cutBody(out http.ResponseWriter, r *http.Request, next http.Handler) {
	body := record(r, next)
	_, _ = out.Write(body[:len(body)/2])
	_ = http.NewResponseController(out).Flush()
	panic(http.ErrAbortHandler)
}

// halfJSON answers with the first half of the answer, as if it were whole.
func halfJSON(out http.ResponseWriter, r *http.Request, next http.Handler) {
	body := record(r, next)
	_, _ = out.Write(body[:len(body)/2])
}

// halfGzip answers with the first half of the compressed answer, as if it were whole.
func halfGzip(out http.ResponseWriter, r *http.Request, next http.Handler) {
	var compressed bytes.Buffer
	zip := gzip.NewWriter(&compressed)
	_, _ = zip.Write(record(r, next))
	_ = zip.Close()
	out.Header().Set("Content-Encoding", "gzip")
	_, _ = out.Write(compressed.Bytes()[:compressed.Len()/2])
}

// drip answers so slowly that the answer never ends.
func drip(out http.ResponseWriter, r *http.Request, next http.Handler) {
	control := http.NewResponseController(out)
	for _, b := range record(r, next) {
		if _, err := out.Write([]byte{b}); err != nil {
			return
		}
		_ = control.Flush()
		select {
		case <-r.Context().Done():
			return
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// stall does not answer.
func stall(_ http.ResponseWriter, r *http.Request, _ http.Handler) { <-r.Context().Done() }

// moved leads elsewhere.
func moved(out http.ResponseWriter, _ *http.Request, _ http.Handler) {
	out.Header().Set("Location", "https://elsewhere.example/w/api.php")
	out.WriteHeader(http.StatusMovedPermanently)
}

// replaced answers with what matches replaced.
func replaced(pattern, by string) play {
	matches := regexp.MustCompile(pattern)
	return func(out http.ResponseWriter, r *http.Request, next http.Handler) {
		_, _ = out.Write(matches.ReplaceAll(record(r, next), []byte(by)))
	}
}
