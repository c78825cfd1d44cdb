package mediawiki

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// The manners of a request.
const (
	maxTries      = 8
	internalTries = 3                // of a batch of pages at which the wiki itself fails
	firstWait     = time.Second      // after the first try; it doubles with each
	maxWait       = 2 * time.Minute  // of those that the wiki does not ask for
	maxRetryAfter = 10 * time.Minute // what the wiki asks for beyond it ends the run
	lagWait       = 5 * time.Second  // at least, if the wiki lags. Source: Manual:Maxlag parameter
	maxQuery      = 7000             // bytes of a query from which it is sent by POST
	maxBody       = 64 << 20         // bytes of an answer, compressed and not
	maxSaid       = 160              // characters of what a wiki says that are shown
)

// parameters are part of every request. A wiki that lags by more than maxlag seconds answers with an error at once,
// which is what its operators ask of those who are in no hurry.
var parameters = url.Values{
	"format": {"json"}, "formatversion": {"2"}, "errorformat": {"plaintext"}, "maxlag": {"5"},
}

// fault is the error of a try that may pass.
type fault struct {
	err        error
	retryAfter time.Duration // 0 if the wiki names none
}

// Error returns what failed.
func (f *fault) Error() string { return f.err.Error() }

// Unwrap returns what failed.
func (f *fault) Unwrap() error { return f.err }

// do makes a request and tries it again as long as that can help.
func (c *Client) do(ctx context.Context, query url.Values, isBatch bool) (*answer, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for n := 1; ; n++ {
		if err := c.waitForTurn(ctx); err != nil {
			return nil, err
		}
		a, err := c.try(ctx, query)
		var f *fault
		switch {
		case err == nil:
			c.warn(a)
			return a, nil
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case !errors.As(err, &f):
			return nil, err
		case f.retryAfter > maxRetryAfter:
			return nil, &LaterError{Until: c.Now().Add(f.retryAfter), Reason: f.Error()}
		case n == maxTries, n == internalTries && isBatch && IsBatchFault(f.err):
			return nil, &GaveUpError{API: c.api, Tries: n, Err: f.err}
		}
		if err := c.waitAfter(ctx, f, n); err != nil {
			return nil, err
		}
	}
}

// waitForTurn waits until the rate lets another request begin.
func (c *Client) waitForTurn(ctx context.Context) error {
	if early := c.earliest.Sub(c.Now()); early > 0 {
		if err := c.options.Clock.Sleep(ctx, early); err != nil {
			return err
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	c.earliest = c.Now().Add(c.distance)
	return nil
}

// waitAfter waits after the failure of try n.
func (c *Client) waitAfter(ctx context.Context, f *fault, n int) error {
	wait := min(firstWait<<(n-1), maxWait)
	wait = min(wait+time.Duration(float64(wait/2)*c.options.Random()), maxWait)
	wait = max(wait, f.retryAfter)
	var api *APIError
	if errors.As(f.err, &api) && api.Code == "maxlag" {
		wait = max(wait, lagWait)
	}
	if c.options.OnWait != nil {
		c.options.OnWait(Wait{For: wait, Try: n, Reason: f.Error()})
	}
	return c.options.Clock.Sleep(ctx, wait)
}

// warn passes on the warnings of an answer, each once.
func (c *Client) warn(a *answer) {
	for _, w := range a.Warnings {
		text := w.text()
		// A wiki could make up warnings for ever.
		const maxWarnings = 100
		if c.options.OnWarning == nil || c.warned[text] || len(c.warned) >= maxWarnings {
			continue
		}
		c.warned[text] = true
		c.options.OnWarning(text)
	}
}

// try makes a request once. The error is a *fault if the request may be tried again.
func (c *Client) try(ctx context.Context, query url.Values) (*answer, error) {
	tryCtx, cancel := context.WithTimeout(ctx, c.options.TryTimeout)
	defer cancel()
	request, err := c.request(tryCtx, query)
	if err != nil {
		return nil, err
	}
	c.requests.Add(1)
	response, err := c.http.Do(request)
	if err != nil {
		return nil, &fault{err: connectionError(err, c.options.TryTimeout)}
	}
	defer response.Body.Close()
	after := retryAfter(response.Header.Get("Retry-After"), c.Now())
	if to := response.Header.Get("Location"); response.StatusCode/100 == 3 {
		return nil, &MovedError{API: c.api, To: said(to)}
	}
	body, err := c.body(response)
	switch {
	case errors.Is(err, errTooLarge): // it would be as large the next time
		return nil, fmt.Errorf("%w: it has more than %d bytes", err, c.maxBody)
	case err != nil && response.StatusCode == http.StatusOK:
		return nil, &fault{err: fmt.Errorf("the answer breaks off: %w", connectionError(err, c.options.TryTimeout)),
			retryAfter: after}
	case response.StatusCode != http.StatusOK:
		return nil, c.statusError(response.StatusCode, body, after)
	}
	a, err := decode(body)
	if err != nil {
		return nil, &fault{err: err, retryAfter: after}
	}
	if err := a.apiError(); err != nil {
		return nil, passing(err, after)
	}
	return a, nil
}

// unrepeatable is the empty body of a GET. A request without a body would be repeated by package net/http itself if the
// connection breaks, without a wait and without being counted.
type unrepeatable struct{}

// Read returns that there is nothing.
func (unrepeatable) Read([]byte) (int, error) { return 0, io.EOF }

// Close does nothing.
func (unrepeatable) Close() error { return nil }

// request returns the request of a query: a GET, or a POST if the query is too long for an address.
func (c *Client) request(ctx context.Context, query url.Values) (*http.Request, error) {
	all := url.Values{}
	for _, values := range []url.Values{parameters, query} {
		for name, v := range values {
			all[name] = v
		}
	}
	encoded := all.Encode()
	method, address, body := http.MethodGet, c.api+"?"+encoded, io.ReadCloser(unrepeatable{})
	if len(encoded) >= maxQuery {
		method, address, body = http.MethodPost, c.api, io.NopCloser(strings.NewReader(encoded))
	}
	r, err := http.NewRequestWithContext(ctx, method, address, body)
	if err != nil {
		return nil, err
	}
	r.Header.Set("User-Agent", c.userAgent)
	r.Header.Set("Accept-Encoding", "gzip")
	r.Header.Set("Accept", "application/json")
	if method == http.MethodPost {
		r.ContentLength = int64(len(encoded))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		// So that a wiki with several data centres answers from the nearest. Source: API:Etiquette.
		r.Header.Set("Promise-Non-Write-API-Action", "true")
	}
	return r, nil
}

// body reads the body of a response to its end.
func (c *Client) body(response *http.Response) ([]byte, error) {
	compressed := &bounded{from: response.Body, left: c.maxBody, count: func(n int) { c.bytes.Add(int64(n)) }}
	plain := io.Reader(compressed)
	if strings.EqualFold(response.Header.Get("Content-Encoding"), "gzip") {
		unzip, err := gzip.NewReader(compressed)
		if err != nil {
			return nil, err
		}
		plain = &bounded{from: unzip, left: c.maxBody, count: func(int) {}}
	}
	return io.ReadAll(plain)
}

// bounded reads so many bytes and fails if there are more.
type bounded struct {
	from  io.Reader
	left  int
	count func(n int)
}

// Read reads from what is bounded.
func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.from.Read(p[:min(len(p), b.left+1)])
	b.count(n)
	if b.left -= n; b.left < 0 {
		return 0, errTooLarge
	}
	return n, err
}

// statusError returns the error of an answer with an HTTP status other than 200. The error is a *fault if it may pass.
func (c *Client) statusError(status int, body []byte, after time.Duration) error {
	if a, err := decode(body); err == nil {
		var api *APIError
		if err := a.apiError(); errors.As(err, &api) && api.mayPass() {
			return &fault{err: api, retryAfter: after}
		}
	}
	err := &StatusError{API: c.api, Status: status, Body: said(string(body[:min(len(body), 4*maxSaid)]))}
	mayPass := status == http.StatusRequestTimeout || status == http.StatusTooManyRequests || status >= 500
	if mayPass {
		return &fault{err: err, retryAfter: after}
	}
	return err
}

// passing returns an error of the wiki as a *fault if it may pass.
func passing(err error, after time.Duration) error {
	var api *APIError
	if errors.As(err, &api) && api.mayPass() {
		return &fault{err: err, retryAfter: after}
	}
	return err
}

// mayPass reports whether the same request may succeed a little later. Source: the codes of API:Errors and warnings.
func (e *APIError) mayPass() bool {
	switch e.Code {
	case "maxlag", "ratelimited", "readonly", "timeout", "concurrency-limit":
		return true
	}
	return e.isInternal()
}

// connectionError returns the error of a connection without the address, which our messages name already.
func connectionError(err error, timeout time.Duration) error {
	if errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("there was no whole answer within %s", timeout)
	}
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}

// retryAfter returns how long a wiki asks to wait: whole seconds, a fraction, or until a date. It returns 0 if the
// header is neither.
func retryAfter(header string, now time.Time) time.Duration {
	header = strings.TrimSpace(header)
	if seconds, err := strconv.ParseFloat(header, 64); err == nil {
		const most = float64(math.MaxInt64 / int64(time.Second) / 2)
		if !(seconds > 0) { // a NaN too
			return 0
		}
		return time.Duration(min(seconds, most) * float64(time.Second))
	}
	if date, err := http.ParseTime(header); err == nil {
		return max(date.Sub(now), 0)
	}
	return 0
}

// said returns the beginning of what a wiki said, on one line and without control characters.
func said(text string) string {
	words := strings.Fields(strings.ToValidUTF8(text, "\uFFFD"))
	line := []rune(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, strings.Join(words, " ")))
	if len(line) > maxSaid {
		return string(line[:maxSaid]) + "…"
	}
	return string(line)
}
