package objects

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"time"

	"github.com/minio/minio-go/v7"
)

// longestWait is the longest wait between two attempts.
const longestWait = 20 * time.Second

// retry makes a request until it succeeds, until its error is final, or until there were enough attempts. The waits
// between them double, and each is random, so that many publishers do not come again at the same moment.
// Source: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/.
func (s *Store) retry(ctx context.Context, what string, request func() error) error {
	wait := s.options.Wait
	for attempt := 1; ; attempt++ {
		err := request()
		if err == nil {
			return nil
		}
		if ctx.Err() != nil {
			return fmt.Errorf("%s: %w", what, context.Cause(ctx))
		}
		if isFinal(err) || attempt == s.options.Attempts {
			return fmt.Errorf("%s: %w", what, s.hidden(err))
		}
		pause := wait/2 + rand.N(wait/2+1)
		s.options.Log.Warn("object storage: trying again", "request", what, "error", s.hidden(err),
			"seconds", pause.Seconds())
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
		wait = min(2*wait, longestWait)
	}
}

// statusOf returns the status of the answer that an error stands for; 0 if there was no answer.
func statusOf(err error) int {
	var answer minio.ErrorResponse
	if errors.As(err, &answer) {
		return answer.StatusCode
	}
	return 0
}

// codeOf returns the code of the answer that an error stands for.
func codeOf(err error) string {
	var answer minio.ErrorResponse
	if errors.As(err, &answer) {
		return answer.Code
	}
	return ""
}

// isFinal reports whether the same request would get the same answer again.
func isFinal(err error) bool {
	var local *localError
	var certificate *tls.CertificateVerificationError
	if errors.As(err, &local) || errors.As(err, &certificate) {
		return true
	}
	switch status := statusOf(err); status {
	case http.StatusRequestTimeout, http.StatusTooManyRequests, http.StatusConflict:
		// A conflict is one of two requests at once.
		// Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html.
		return false
	case http.StatusBadRequest:
		code := codeOf(err) // of a body that did not come whole
		return code != "RequestTimeout" && code != "IncompleteBody" && code != "BadDigest" &&
			code != "XAmzContentSHA256Mismatch"
	case http.StatusNotImplemented:
		return true
	default:
		return status >= 400 && status < 500
	}
}

// localError is an error of this machine, such as that of a file.
type localError struct{ err error }

func (e *localError) Error() string { return e.err.Error() }

func (e *localError) Unwrap() error { return e.err }

// hiddenError is an error without the credentials.
type hiddenError struct {
	err  error
	text string
}

func (e *hiddenError) Error() string { return e.text }

func (e *hiddenError) Unwrap() error { return e.err }

// hidden returns an error with its message rid of credentials, and with the code of the answer in front.
func (s *Store) hidden(err error) error {
	text := err.Error()
	if code := codeOf(err); code != "" {
		text = code + ": " + text
	}
	return &hiddenError{err, s.redact.Replace(text)}
}
