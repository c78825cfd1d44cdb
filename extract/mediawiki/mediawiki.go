// Package mediawiki asks the API of a wiki, politely: one request at a time, at a rate, with the address of somebody
// whom the wiki can write to. It knows the calls and the manners, and nothing of where the answers are kept.
//
// Start with New, and with Client.Site, Client.List and Client.Fetch. request.go has the manners, answer.go decodes
// what a wiki answers, query.go follows continuations, and calls.go has the calls.
//
// Sources: https://www.mediawiki.org/wiki/API:Etiquette, https://www.mediawiki.org/wiki/Manual:Maxlag_parameter,
// https://foundation.wikimedia.org/wiki/Policy:Wikimedia_Foundation_User-Agent_Policy.
package mediawiki

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/mail"
	"net/url"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// The limits of a rate, in requests a minute, and the rate of a client that names none.
const (
	MinRate     = 1
	MaxRate     = 200
	DefaultRate = 60
)

// Options say which wiki is asked, and how.
type Options struct {
	API     string // the address of the wiki's api.php
	Contact string // an e-mail address or an https address of who runs this
	Version string // of the program
	Project string // the address of the program's project; "" if it has none
	Rate    int    // requests a minute at most; 0 means DefaultRate

	// TryTimeout is how long one try may take, headers and body together; 0 means a minute.
	TryTimeout time.Duration
	// OnWait is called before each wait that has a reason other than the rate. It may be nil.
	OnWait func(Wait)
	// OnWarning is called with each warning of the wiki, once. It may be nil.
	OnWarning func(text string)

	Transport http.RoundTripper // nil means one of its own
	Clock     Clock             // nil means that of the machine
	Random    func() float64    // in [0, 1), for the waits; nil means the generator of the machine
}

// Wait is a pause before a request is tried again.
type Wait struct {
	For    time.Duration
	Try    int    // that failed, from 1
	Reason string // why it is tried again
}

// Clock tells the time and waits.
type Clock interface {
	Now() time.Time
	// Sleep returns after a time, or with the error of the context once that is done.
	Sleep(ctx context.Context, d time.Duration) error
}

// machineClock is the clock of the machine.
type machineClock struct{}

// Now returns the time.
func (machineClock) Now() time.Time { return time.Now() }

// Sleep waits.
func (machineClock) Sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// A Client asks one wiki. It is safe for concurrent use by multiple goroutines, whose requests it makes one after the
// other.
type Client struct {
	api       string
	userAgent string
	distance  time.Duration // between the beginnings of two requests
	http      http.Client
	options   Options
	maxBody   int // bytes of an answer, compressed and not

	mu       sync.Mutex // held while a request is under way or waits
	earliest time.Time  // at which the next request may begin
	warned   map[string]bool

	requests, bytes atomic.Int64
}

// New returns a client. The error is a *UsageError if the options name no contact, no usable address or no usable rate.
func New(o Options) (*Client, error) {
	if err := CheckContact(o.Contact); err != nil {
		return nil, err
	}
	if err := CheckAPI(o.API); err != nil {
		return nil, err
	}
	if o.Rate == 0 {
		o.Rate = DefaultRate
	}
	if err := CheckRate(o.Rate); err != nil {
		return nil, err
	}
	if o.TryTimeout == 0 {
		o.TryTimeout = time.Minute
	}
	if o.Clock == nil {
		o.Clock = machineClock{}
	}
	if o.Random == nil {
		o.Random = rand.Float64
	}
	if o.Transport == nil {
		o.Transport = newTransport()
	}
	// Wikimedia asks clients to keep cookies: one that does not can be taken for an unidentified one.
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	c := &Client{
		api: o.API, userAgent: userAgent(o), distance: time.Minute / time.Duration(o.Rate), options: o,
		maxBody: maxBody, warned: map[string]bool{},
		http: http.Client{
			Transport: o.Transport, Jar: jar,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
	return c, nil
}

// newTransport returns a transport that opens one connection and keeps it. It speaks HTTP/1.1 alone: requests that
// follow each other gain nothing from HTTP/2, and the body with which a GET is kept from being repeated (see
// unrepeatable) is invisible only in HTTP/1.1.
func newTransport() *http.Transport {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.Protocols = new(http.Protocols)
	t.Protocols.SetHTTP1(true)
	t.ForceAttemptHTTP2 = false
	t.DisableCompression = true // undone by us, so that a body that is cut is noticed
	t.MaxConnsPerHost, t.MaxIdleConnsPerHost = 1, 1
	return t
}

// userAgent returns how the client names itself: the form that Wikimedia's policy asks for.
func userAgent(o Options) string {
	contact := o.Contact
	if o.Project != "" {
		contact = o.Project + "; " + contact
	}
	goVersion := strings.TrimPrefix(strings.Fields(runtime.Version() + " ")[0], "go")
	return fmt.Sprintf("Hemicycle/%s (%s) Go-http-client/%s", o.Version, contact, goVersion)
}

// UsageError is an error of who starts the program: nothing was asked of the wiki.
type UsageError struct{ Problem string }

// Error returns what is wrong and what to do.
func (e *UsageError) Error() string { return e.Problem }

// maxContact bounds a contact, which is sent with every request.
const maxContact = 200

// CheckContact reports whether a contact is one: an e-mail address or an https address. The error is a *UsageError.
func CheckContact(contact string) error {
	const wanted = "an e-mail address or an https address of who runs this, such as elections@example.org"
	isSafe := func(r rune) bool { return r > ' ' && r < 0x7F && !strings.ContainsRune(`();<>"\`, r) }
	switch {
	case contact == "":
		return &UsageError{"the wiki must know whom to write to: expected " + wanted}
	case len(contact) > maxContact, strings.IndexFunc(contact, func(r rune) bool { return !isSafe(r) }) >= 0:
		return &UsageError{fmt.Sprintf("the contact %.60q cannot be sent to a wiki: expected %s", contact, wanted)}
	}
	if u, err := url.Parse(contact); err == nil && u.Scheme == "https" && strings.Contains(u.Hostname(), ".") {
		return nil
	}
	if a, err := mail.ParseAddress(contact); err == nil && a.Address == contact && !strings.Contains(contact, "/") {
		return nil
	}
	return &UsageError{fmt.Sprintf("the contact %q is no address: expected %s", contact, wanted)}
}

// CheckAPI reports whether an address can be that of an API: https, or http on this machine. The error is a
// *UsageError.
func CheckAPI(api string) error {
	u, err := url.Parse(api)
	if err == nil {
		api = u.Redacted() // which hides a password
	}
	if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return &UsageError{fmt.Sprintf("%.200q is not the address of an API: expected one such as "+
			"https://en.wikipedia.org/w/api.php", api)}
	}
	isPlain := u.Scheme == "http" && isLoopback(u.Hostname())
	if u.Scheme != "https" && !isPlain {
		return &UsageError{fmt.Sprintf("%.200s: expected an https address; http is for a wiki on this machine", api)}
	}
	return nil
}

// isLoopback reports whether a host is this machine.
func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// CheckRate reports whether a rate is within the limits. The error is a *UsageError.
func CheckRate(rate int) error {
	if rate < MinRate || rate > MaxRate {
		return &UsageError{fmt.Sprintf("a rate of %d requests a minute: expected %d to %d", rate, MinRate, MaxRate)}
	}
	return nil
}

// API returns the address of the API.
func (c *Client) API() string { return c.api }

// Rate returns how many requests a minute the client makes at most.
func (c *Client) Rate() int { return c.options.Rate }

// Now returns the time of the client's clock.
func (c *Client) Now() time.Time { return c.options.Clock.Now() }

// Stats is what a client has asked so far.
type Stats struct {
	Requests int64 // each try counts
	Bytes    int64 // of bodies, as they were sent
}

// Stats returns what was asked so far.
func (c *Client) Stats() Stats { return Stats{c.requests.Load(), c.bytes.Load()} }

// StatusError is an answer with an HTTP status that will not pass: the wiki refuses.
type StatusError struct {
	API    string
	Status int
	Body   string // its beginning
}

// Error returns the status and the beginning of what the wiki said.
func (e *StatusError) Error() string {
	reason := http.StatusText(e.Status)
	if e.Body != "" {
		reason += ": " + e.Body
	}
	return fmt.Sprintf("%s answers with HTTP status %d, %s", e.API, e.Status, reason)
}

// MovedError is an answer that leads to another address. It is not followed: a POST would become a GET.
type MovedError struct{ API, To string }

// Error returns where the API is now.
func (e *MovedError) Error() string {
	return fmt.Sprintf("the API at %s has moved to %s: write that address", e.API, e.To)
}

// APIError is an error that the wiki names.
type APIError struct {
	Code string // such as maxlag
	Text string // its beginning
}

// Error returns the code and the text.
func (e *APIError) Error() string { return "the wiki says " + e.Code + ": " + e.Text }

// isInternal reports whether the wiki itself failed, perhaps at one of the pages that were asked for.
func (e *APIError) isInternal() bool { return strings.HasPrefix(e.Code, "internal_api_error") }

// LaterError is the wish of a wiki to be asked again so late that it is not waited for.
type LaterError struct {
	Until  time.Time
	Reason string
}

// Error returns when to come again.
func (e *LaterError) Error() string {
	return "the wiki asks to come again at " + e.Until.UTC().Format("2006-01-02 15:04 UTC") + " (" + e.Reason + ")"
}

// GaveUpError is a request that failed at every try.
type GaveUpError struct {
	API   string
	Tries int
	Err   error // of the last try
}

// Error returns how often it was tried, and why the last try failed.
func (e *GaveUpError) Error() string {
	return fmt.Sprintf("%s could not be asked in %d tries: %v", e.API, e.Tries, e.Err)
}

// Unwrap returns the error of the last try.
func (e *GaveUpError) Unwrap() error { return e.Err }

// ContinuationError is a list that the wiki does not give to its end.
type ContinuationError struct{ Problem string }

// Error returns what is wrong with the answers.
func (e *ContinuationError) Error() string {
	return "the wiki does not give the whole list: " + e.Problem
}

// errTooLarge is the error of an answer that is larger than any should be.
var errTooLarge = errors.New("the answer is larger than expected")

// IsBatchFault reports whether a request for several pages failed in a way that may be the fault of one of them: the
// wiki itself failed, or the answer was too large. Asking for fewer pages can then help.
func IsBatchFault(err error) bool {
	var api *APIError
	return errors.Is(err, errTooLarge) || errors.As(err, &api) && api.isInternal()
}
