package objects

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strconv"
	"sync/atomic"

	"github.com/minio/minio-go/v7"

	"hemicycle/schemas"
)

// Names of what is below the prefix, and of the files by which a version is claimed and completed.
const (
	PointerName  = "current.json"
	versionsName = "versions"
)

// File is a file of a version.
type File struct {
	Path   string // from the folder of the version, with slashes
	Bytes  int64
	SHA256 string // in hexadecimal digits
}

// Version is a version that is published on this machine.
type Version struct {
	Run    string
	Folder string
	Claim  File   // the file that no two versions share. It is sent first: who sends it owns the folder of the run
	Files  []File // all others
	Last   File   // the file that is sent last, by which a version is known as whole
	// Pointer is the content of the pointer to this version. It is a JSON object in which run is the name of the run.
	Pointer []byte
}

// Result says what Publish did.
type Result struct {
	Sent, SentBytes int64
	Present         int64 // files that were there already
	Unchanged       bool  // the pointer named this version before
	Removed         int   // old versions
	// Unremoved is why an old version could not be removed; nil if all could.
	Unremoved error
}

// OvertakenError means that somebody else publishes to the same place: the pointer names another version than when the
// upload began, or a newer one, or the folder of the run belongs to another version.
type OvertakenError struct{ Detail string }

func (e *OvertakenError) Error() string { return e.Detail }

// pointer is the pointer as it was read.
type pointer struct {
	content []byte
	etag    string
	found   bool
	run     string
}

// readPointer reads the pointer.
func (s *Store) readPointer(ctx context.Context) (*pointer, error) {
	content, etag, found, err := s.get(ctx, s.key(PointerName))
	if err != nil || !found {
		return &pointer{}, err
	}
	var names struct {
		Run string `json:"run"`
	}
	if err := json.Unmarshal(content, &names); err != nil || names.Run == "" {
		return nil, fmt.Errorf("%s is no pointer of ours: expected a JSON object that names a run; move it away, or "+
			"choose another prefix", s.key(PointerName))
	}
	return &pointer{content: content, etag: etag, found: true, run: names.Run}, nil
}

// Publish sends the files of a version that are not there yet, and then moves the pointer to it, if the pointer still
// is what it was at the beginning. It then removes old versions, of which keep names those that stay. If it fails or is
// killed at any moment, the pointer names the version that it named before, or this one, and that version is whole.
func (s *Store) Publish(ctx context.Context, v Version, keep Rule) (*Result, error) {
	before, err := s.readPointer(ctx)
	if err != nil {
		return nil, err
	}
	if names, ok := runOf(before.run); ok && before.found {
		if own, ok := runOf(v.Run); ok && names.compare(own) > 0 {
			return nil, &OvertakenError{fmt.Sprintf("%s names the run %s, which began after the run %s of this version; "+
				"to go back to this one, remove that object first", s.key(PointerName), names.Name, own.Name)}
		}
	}
	result := &Result{Unchanged: bytes.Equal(before.content, v.Pointer)}
	if result.Unchanged && s.checkWhole(ctx, v) == nil {
		result.Present = int64(len(v.Files)) + 2
		result.Removed, result.Unremoved = s.prune(ctx, keep, v.Last.Path)
		return result, nil
	}
	if err := s.tryConditions(ctx, v.Run); err != nil {
		return nil, err
	}
	if err := s.sendVersion(ctx, v, result); err != nil {
		return nil, err
	}
	if !result.Unchanged {
		if err := s.movePointer(ctx, before, v); err != nil {
			return nil, err
		}
	}
	result.Removed, result.Unremoved = s.prune(ctx, keep, v.Last.Path)
	return result, nil
}

// folder returns the beginning of the keys of a run.
func (s *Store) folder(run string) string { return s.key(versionsName + "/" + run + "/") }

// sendVersion sends the files that are not there: first the one that claims the folder of the run, then all others some
// at a time, then the last. Then it looks whether all of them are there.
func (s *Store) sendVersion(ctx context.Context, v Version, result *Result) error {
	sizes, err := s.list(ctx, s.folder(v.Run))
	if err != nil {
		return err
	}
	if err := s.claim(ctx, v, sizes, result); err != nil {
		return err
	}
	var sent, bytesSent, present atomic.Int64
	send := func(ctx context.Context, f File) error {
		key := s.folder(v.Run) + f.Path
		if size, ok := sizes[key]; ok && size == f.Bytes {
			var there bool
			err := s.retry(ctx, "asking for "+key, func() (err error) {
				there, err = s.holds(ctx, key, f)
				return err
			})
			if err != nil || there {
				present.Add(1)
				return err
			}
		}
		if err := s.send(ctx, v.Folder, f, key); err != nil {
			return err
		}
		sent.Add(1)
		bytesSent.Add(f.Bytes)
		return nil
	}
	err = inParallel(ctx, len(v.Files), parallelObjects, func(ctx context.Context, i int) error {
		return send(ctx, v.Files[i])
	})
	if err == nil {
		err = send(ctx, v.Last)
	}
	result.Sent += sent.Load()
	result.SentBytes += bytesSent.Load()
	result.Present += present.Load()
	if err != nil {
		return err
	}
	return s.checkWhole(ctx, v)
}

// claim sends the file that no two versions share, unless it is there. Two publishers with runs of one name find out
// here, before either has overwritten a file of the other.
func (s *Store) claim(ctx context.Context, v Version, sizes map[string]int64, result *Result) error {
	key := s.folder(v.Run) + v.Claim.Path
	_, isThere := sizes[key]
	if !isThere {
		err := s.sendWhole(ctx, v.Folder, v.Claim, key, condition{absent: s.conditional})
		if err == nil {
			result.Sent++
			result.SentBytes += v.Claim.Bytes
			return nil
		}
		if !isUnmet(err) {
			return err
		}
	}
	var holds bool
	err := s.retry(ctx, "asking for "+key, func() (err error) {
		holds, err = s.holds(ctx, key, v.Claim)
		return err
	})
	if err != nil {
		return err
	}
	if !holds {
		return &OvertakenError{fmt.Sprintf("%s is there and belongs to another version: somebody else publishes to %s; "+
			"choose a prefix of your own", key, s.target.Address())}
	}
	result.Present++
	return nil
}

// checkWhole looks whether every file of a version is there with its size.
func (s *Store) checkWhole(ctx context.Context, v Version) error {
	sizes, err := s.list(ctx, s.folder(v.Run))
	if err != nil {
		return err
	}
	for _, f := range append([]File{v.Claim, v.Last}, v.Files...) {
		key := s.folder(v.Run) + f.Path
		if size, ok := sizes[key]; !ok || size != f.Bytes {
			return &OvertakenError{fmt.Sprintf("%s was sent and is not there: somebody else changes %s", key,
				s.target.Address())}
		}
	}
	return nil
}

// movePointer makes the pointer name a version, if it is what it was before. An answer can be lost after the server has
// carried out a request, so what counts is what is there.
func (s *Store) movePointer(ctx context.Context, before *pointer, v Version) error {
	key := s.key(PointerName)
	for range 3 {
		var c condition
		switch {
		case !s.conditional:
		case before.found:
			c.etag = before.etag
		default:
			c.absent = true
		}
		err := s.put(ctx, key, v.Pointer, c)
		now, readErr := s.readPointer(ctx)
		switch {
		case readErr != nil:
			return errors.Join(err, readErr)
		case bytes.Equal(now.content, v.Pointer):
			return nil
		case !bytes.Equal(now.content, before.content) || now.found != before.found:
			return &OvertakenError{fmt.Sprintf("%s names the run %s, which it did not when this upload began: somebody "+
				"else publishes to %s", key, schemas.Printable(now.run), s.target.Address())}
		case err != nil && !isUnmet(err):
			return err
		}
		before = now // the same content under another tag, or a write that nobody sees yet
	}
	return fmt.Errorf("%s: the server accepts no pointer: its tags are not those of its objects", key)
}

// tryConditions finds out whether the server writes an object only if a condition is met. Some servers take the headers
// and do not heed them, so it is tried with an object of its own in the folder of the run.
func (s *Store) tryConditions(ctx context.Context, run string) error {
	if s.target.OnePublisher {
		s.conditional = false
		return nil
	}
	// Two publishers may have runs of one name, and each has an object of its own.
	key := s.folder(run) + conditionsName + strconv.FormatUint(rand.Uint64(), 36)
	content := []byte("whether this server writes objects on a condition\n")
	defer func() {
		clean, stop := context.WithTimeout(context.WithoutCancel(ctx), s.options.Idle)
		defer stop()
		// If it stays, it goes with the version.
		_ = s.core.RemoveObject(clean, s.target.Bucket, key, minio.RemoveObjectOptions{})
	}()
	if err := s.put(ctx, key, content, condition{absent: true}); err != nil && !isUnmet(err) {
		return s.unconditional(err)
	}
	for _, c := range []condition{{absent: true}, {etag: "00000000000000000000000000000000"}} { // neither is met
		if err := s.put(ctx, key, content, c); !isUnmet(err) {
			return s.unconditional(err)
		}
	}
	return nil
}

// conditionsName begins the name of the object with which conditions are tried, in the folder of a run.
const conditionsName = ".conditions-"

// unconditional returns the error of a server that does not write on a condition; err is what it answered.
func (s *Store) unconditional(err error) error {
	switch statusOf(err) {
	case http.StatusNotImplemented, http.StatusBadRequest:
	default:
		if err != nil { // which says nothing of conditions
			return err
		}
	}
	return fmt.Errorf("the server of %s does not write objects on a condition (If-Match, If-None-Match), so that two "+
		"publishers could overtake each other: if nobody else publishes there, add `one_publisher: true`",
		s.target.Address())
}
