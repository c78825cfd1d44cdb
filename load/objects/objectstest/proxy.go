package objectstest

import (
	"bytes"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/minio/minio-go/v7/pkg/signer"
)

// Fault says what a proxy does with a request, in place of passing it on.
type Fault int

// The faults that a proxy plays.
const (
	None       Fault = iota
	SlowDown         // 503 with the code SlowDown
	Reset            // the connection is reset before the request is passed on
	ResetAfter       // the request is carried out, and the connection is reset in place of an answer
	CutBody          // half of the answer's body, and then the end of the connection
	Hang             // no answer
	WrongETag        // another ETag in the answer
	Unheeded         // the conditions of the request are removed
)

// Proxy passes requests on to a server, with faults.
type Proxy struct {
	Endpoint string

	mu       sync.Mutex
	requests []string
	stop     chan struct{}
}

// StartProxy starts a proxy before a server. It asks decide what to do with each request, one request after another.
func StartProxy(t testing.TB, s *Server, decide func(r *http.Request) Fault) *Proxy {
	t.Helper()
	target, err := url.Parse(s.Endpoint)
	if err != nil {
		t.Fatal(err)
	}
	p := &Proxy{stop: make(chan struct{})}
	forward := &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(target)
			r.Out.Host = r.In.Host // which is signed
			if r.In.Header.Get("If-Unheeded") != "" {
				signAnew(r.Out)
			}
		},
		ErrorHandler: func(w http.ResponseWriter, _ *http.Request, _ error) { w.WriteHeader(http.StatusBadGateway) },
		Transport:    &http.Transport{DisableCompression: true, DisableKeepAlives: true},
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.mu.Lock()
		p.requests = append(p.requests, r.Method+" "+r.URL.Path)
		fault := decide(r)
		p.mu.Unlock()
		p.serve(w, r, fault, forward)
	}))
	p.Endpoint = server.URL
	t.Cleanup(func() {
		close(p.stop)
		server.CloseClientConnections()
		server.Close()
	})
	return p
}

// Requests returns the methods and paths of the requests that begin so.
func (p *Proxy) Requests(prefix string) []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	var matching []string
	for _, r := range p.requests {
		if strings.HasPrefix(r, prefix) {
			matching = append(matching, r)
		}
	}
	return matching
}

// serve answers a request.
func (p *Proxy) serve(w http.ResponseWriter, r *http.Request, fault Fault, forward http.Handler) {
	answer := httptest.NewRecorder()
	switch fault {
	case None:
		forward.ServeHTTP(w, r)
		return
	case SlowDown:
		w.Header().Set("Content-Type", "application/xml")
		w.WriteHeader(http.StatusServiceUnavailable)
		_, _ = io.WriteString(w, "<?xml version=\"1.0\"?><Error><Code>SlowDown</Code><Message>Reduce your request rate."+
			"</Message></Error>")
		return
	case Reset:
		reset(w)
		return
	case Hang:
		select {
		case <-p.stop:
		case <-r.Context().Done():
		case <-time.After(time.Minute):
		}
		reset(w)
		return
	case Unheeded:
		r.Header.Set("If-Unheeded", "yes")
		forward.ServeHTTP(answer, r)
	default:
		forward.ServeHTTP(answer, r)
	}
	body := answer.Body.Bytes()
	switch fault {
	case ResetAfter:
		reset(w)
		return
	case WrongETag:
		answer.Header().Set("ETag", `"ffffffffffffffffffffffffffffffff"`)
	case CutBody:
		if len(body) > 1 {
			answer.Header().Set("Content-Length", answer.Header().Get("Content-Length"))
			for name, values := range answer.Header() {
				w.Header()[name] = values
			}
			w.WriteHeader(answer.Code)
			_, _ = w.Write(body[:len(body)/2])
			_ = http.NewResponseController(w).Flush()
			reset(w)
			return
		}
	}
	for name, values := range answer.Header() {
		w.Header()[name] = values
	}
	w.WriteHeader(answer.Code)
	_, _ = io.Copy(w, bytes.NewReader(body))
}

// signAnew removes the conditions of a request and signs what is left.
func signAnew(r *http.Request) {
	for _, name := range []string{"If-Match", "If-None-Match", "If-Unheeded", "Authorization", "X-Forwarded-For"} {
		r.Header.Del(name)
	}
	*r = *signer.SignV4(*r, AccessKey, SecretKey, "", "us-east-1")
}

// reset ends the connection without an answer.
func reset(w http.ResponseWriter) {
	connection, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	if tcp, ok := connection.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	connection.Close()
}
