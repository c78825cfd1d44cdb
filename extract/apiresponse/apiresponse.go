// Package apiresponse reads the JSON that the API of a wiki answers: the pages of action=query with prop=revisions,
// in either version of the format, and the page of action=parse.
//
// Start with Open and Source.Events; page.go makes documents of what stands in a response.
//
// Sources: https://www.mediawiki.org/wiki/API:Revisions, https://www.mediawiki.org/wiki/API:Parsing_wikitext,
// https://www.mediawiki.org/wiki/API:JSON_version_2.
package apiresponse

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"iter"
	"os"
	"regexp"
	"sync/atomic"
	"time"

	"hemicycle/extract/document"
	"hemicycle/schemas"
)

// Format is the format of a source that is a response of the API.
const Format = "api"

// maxBytes is the size from which a file is no response: the API gives at most 50 pages of 2 MiB at a time.
const maxBytes = 128 << 20

// SniffBytes is how many of a file's first bytes tell whether it is a response.
const SniffBytes = 4 << 10

// firstKey is the beginning of a response. What stands first depends on what was asked for.
var firstKey = regexp.MustCompile(
	`^(?:\x{FEFF})?\s*\{\s*"(?:batchcomplete|continue|query|parse|error|warnings|` +
		`limits|servedby|curtimestamp|requestid|errors|docref)"\s*:`)

// Matches reports whether a file is read as a response, by its first bytes.
func Matches(head []byte) bool { return firstKey.Match(head) }

// Source is the pages of one response.
type Source struct {
	path    string
	size    int64
	changed time.Time
	done    atomic.Int64 // bytes read: none, or all of them
	account schemas.Account
}

// Open returns the source of a response in a file.
func Open(path string, info os.FileInfo) *Source {
	return &Source{path: path, size: info.Size(), changed: info.ModTime()}
}

// URI names the file.
func (s *Source) URI() string { return document.FileURI(s.path) }

// Fingerprint tells this state of the file from a later one.
func (s *Source) Fingerprint() string { return document.Fingerprint(s.size, s.changed) }

// Account is what is known of the response once its pages were ranged over.
func (s *Source) Account() schemas.Account { return s.account }

// Progress says how many bytes of the file were read, and how many there are.
func (s *Source) Progress() (done, total int64) { return s.done.Load(), s.size }

// Events yields the pages of the response in their order. A page that the wiki does not have, and what of the
// response cannot be read, is an event with a *document.Unreadable.
func (s *Source) Events(ctx context.Context) iter.Seq2[schemas.Event, error] {
	return func(yield func(schemas.Event, error) bool) {
		s.account = schemas.Account{SourceURI: s.URI(), Format: Format, Scan: schemas.ScanWhole, Bytes: s.size}
		digest, err := s.pages(ctx, yield)
		var stop stopped
		switch {
		case errors.As(err, &stop) || ctx.Err() != nil:
			return
		case err != nil:
			s.account.Documents++
			yield(schemas.Event{Document: &schemas.Document{URI: s.URI()}}, unreadable(err))
		default:
			s.account.SHA256 = hex.EncodeToString(digest.Sum(nil))
		}
		s.done.Store(s.size)
	}
}

// stopped is the error of a range that the caller ended.
type stopped struct{}

func (stopped) Error() string { return "the range was ended" }

// unreadable returns the error of a response that ends early or is no JSON.
func unreadable(err error) error {
	var u *document.Unreadable
	if errors.As(err, &u) {
		return u
	}
	u = &document.Unreadable{Reason: schemas.ReasonUnreadable, Offset: -1}
	var syntax *json.SyntaxError
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		u.Reason = schemas.ReasonCutShort
		u.Detail = "the response ends early: expected the whole answer of the API; fetch it again"
	case errors.As(err, &syntax):
		u.Detail = fmt.Sprintf("the response is no JSON at byte %d: %v; fetch it again", syntax.Offset, err)
	default:
		u.Detail = "the response cannot be read: " + document.WithoutPath(err).Error()
	}
	return u
}

// pages reads the file and yields its pages; it returns the digest of the whole file.
func (s *Source) pages(ctx context.Context, yield func(schemas.Event, error) bool) (hash.Hash, error) {
	f, err := os.Open(s.path)
	if err != nil {
		return nil, fmt.Errorf("opening the file: %w", document.WithoutPath(err))
	}
	defer f.Close()
	if s.size > maxBytes {
		return nil, &document.Unreadable{
			Reason: schemas.ReasonTooLarge, Offset: -1,
			Detail: fmt.Sprintf("the response has more than %d MiB, and no answer of the API has", maxBytes>>20),
		}
	}
	digest := sha256.New()
	in := bufio.NewReader(io.TeeReader(io.LimitReader(f, maxBytes), digest))
	if mark, err := in.Peek(len(document.ByteOrderMark)); err == nil && string(mark) == document.ByteOrderMark {
		in.Discard(len(mark))
	}
	d := json.NewDecoder(in)
	r := responseReader{source: s, decoder: d, yield: yield}
	if err := r.response(ctx); err != nil {
		return nil, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.Join(err, errors.New("something stands behind the response: expected one response a file"))
	}
	return digest, nil
}
