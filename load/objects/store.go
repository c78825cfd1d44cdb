package objects

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path"
	"path/filepath"

	"github.com/minio/minio-go/v7"
)

// digestHeader is the name of the metadata in which each object has the SHA-256 of its bytes. Not every server keeps
// the checksum that it compared, and for an object in parts none has that of the whole.
const digestHeader = "Sha256"

// contentTypes are the types of the files by the endings of their names.
var contentTypes = map[string]string{
	".parquet": "application/vnd.apache.parquet",
	".json":    "application/json",
	".jsonld":  "application/ld+json",
	".jsonl":   "application/jsonl",
	".md":      "text/markdown; charset=utf-8",
	".yaml":    "application/yaml",
	".yml":     "application/yaml",
}

// condition is what must be true of an object before it is written.
type condition struct {
	absent bool   // there is none
	etag   string // it has this tag; "" if that does not count
}

// putOptions returns the headers of an object that is about to be sent.
func (s *Store) putOptions(key, digest string, c condition) minio.PutObjectOptions {
	o := minio.PutObjectOptions{
		ContentType:  contentTypes[path.Ext(key)],
		UserMetadata: map[string]string{digestHeader: digest},
		// The library would sign the body chunk by chunk instead of by the digest that is known.
		DisableContentSha256: true,
	}
	switch {
	case c.absent:
		o.SetMatchETagExcept("*")
	case c.etag != "":
		o.SetMatchETag(c.etag)
	}
	return o
}

// put sends a small object in one request.
func (s *Store) put(ctx context.Context, key string, content []byte, c condition) error {
	sum := sha256.Sum256(content)
	return s.retry(ctx, "writing "+key, func() error {
		return s.putWhole(ctx, key, bytes.NewReader(content), int64(len(content)), hex.EncodeToString(sum[:]), c)
	})
}

// putWhole sends an object in one request. The digest is part of what the request is signed with, so that a server
// refuses a body that is another.
func (s *Store) putWhole(
	ctx context.Context, key string, body io.ReadSeeker, size int64, digest string, c condition,
) error {
	o := s.putOptions(key, digest, c)
	if s.withChecksum {
		sum, err := hex.DecodeString(digest)
		if err != nil {
			return &localError{err}
		}
		o.UserMetadata["X-Amz-Checksum-Sha256"] = base64.StdEncoding.EncodeToString(sum)
	}
	_, err := s.core.PutObject(ctx, s.target.Bucket, key, body, size, "", digest, o)
	return err
}

// send sends a file, in parts if it is long. It reads the file from disk piece by piece.
func (s *Store) send(ctx context.Context, folder string, f File, key string) error {
	if f.Bytes <= s.options.PartSize {
		return s.sendWhole(ctx, folder, f, key, condition{})
	}
	file, err := f.open(folder)
	if err != nil {
		return err
	}
	defer file.Close()
	return s.sendParts(ctx, file, f, key)
}

// sendWhole sends a file in one request.
func (s *Store) sendWhole(ctx context.Context, folder string, f File, key string, c condition) error {
	file, err := f.open(folder)
	if err != nil {
		return err
	}
	defer file.Close()
	return s.retry(ctx, "writing "+key, func() error {
		return s.putWhole(ctx, key, io.NewSectionReader(file, 0, f.Bytes), f.Bytes, f.SHA256, c)
	})
}

// open opens a file below a folder and compares it with what the manifest says of it.
func (f *File) open(folder string) (*os.File, error) {
	file, err := os.Open(filepath.Join(folder, filepath.FromSlash(f.Path)))
	if err == nil {
		if err = f.verify(file); err != nil {
			file.Close()
		}
	}
	if err != nil {
		return nil, &localError{err}
	}
	return file, nil
}

// verify reads an open file to its end and compares it with what the manifest says of it.
func (f *File) verify(file io.Reader) error {
	digest := sha256.New()
	n, err := io.Copy(digest, file)
	if err != nil {
		return err
	}
	if n != f.Bytes || hex.EncodeToString(digest.Sum(nil)) != f.SHA256 {
		return fmt.Errorf("%s is not what its manifest says: restore the version from a copy, or run with --republish", f.Path)
	}
	return nil
}

// maxParts is how many parts an object may have.
// Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html.
const maxParts = 10_000

// sendParts sends a long file in parts, each with its digest. The object appears when all of them are there. Parts that
// a killed upload left are removed first.
func (s *Store) sendParts(ctx context.Context, file io.ReaderAt, f File, key string) error {
	if err := s.abortParts(ctx, key); err != nil {
		return err
	}
	size := max(s.options.PartSize, (f.Bytes+maxParts-1)/maxParts)
	var upload string
	err := s.retry(ctx, "beginning "+key, func() (err error) {
		upload, err = s.core.NewMultipartUpload(ctx, s.target.Bucket, key, s.putOptions(key, f.SHA256, condition{}))
		return err
	})
	if err != nil {
		return err
	}
	parts := make([]minio.CompletePart, (f.Bytes+size-1)/size)
	err = inParallel(ctx, len(parts), partsAtATime, func(ctx context.Context, i int) error {
		offset := int64(i) * size
		length := min(size, f.Bytes-offset)
		digest := sha256.New()
		if _, err := io.Copy(digest, io.NewSectionReader(file, offset, length)); err != nil {
			return &localError{err}
		}
		o := minio.PutObjectPartOptions{Sha256Hex: hex.EncodeToString(digest.Sum(nil)), DisableContentSha256: true}
		return s.retry(ctx, fmt.Sprintf("writing part %d of %s", i+1, key), func() error {
			body := io.NewSectionReader(file, offset, length)
			part, err := s.core.PutObjectPart(ctx, s.target.Bucket, key, upload, i+1, body, length, o)
			parts[i] = minio.CompletePart{PartNumber: i + 1, ETag: part.ETag}
			return err
		})
	})
	if err == nil {
		err = s.completeParts(ctx, key, f, upload, parts)
	}
	if err != nil {
		clean, stop := context.WithTimeout(context.WithoutCancel(ctx), s.options.Idle)
		defer stop()
		_ = s.core.AbortMultipartUpload(clean, s.target.Bucket, key, upload) // the next upload tries again
	}
	return err
}

// partsAtATime is how many parts of one file are sent at a time.
const partsAtATime = 4

// completeParts makes an object of its parts. If the answer is lost, the object may be there and its parts gone.
func (s *Store) completeParts(
	ctx context.Context, key string, f File, upload string, parts []minio.CompletePart,
) error {
	return s.retry(ctx, "completing "+key, func() error {
		_, err := s.core.CompleteMultipartUpload(ctx, s.target.Bucket, key, upload, parts, minio.PutObjectOptions{})
		if codeOf(err) == "NoSuchUpload" {
			if there, statErr := s.holds(ctx, key, f); statErr == nil && there {
				return nil
			}
		}
		return err
	})
}

// abortParts removes the parts of all uploads below a prefix that were not completed. A server that cannot list them,
// or that does not let this user, is let be.
func (s *Store) abortParts(ctx context.Context, prefix string) error {
	err := s.retry(ctx, "removing parts below "+prefix, func() error {
		listing, stop := context.WithCancel(ctx)
		defer stop()
		for upload := range s.core.ListIncompleteUploads(listing, s.target.Bucket, prefix, true) {
			err := upload.Err
			if err == nil {
				err = s.core.AbortMultipartUpload(ctx, s.target.Bucket, upload.Key, upload.UploadID)
			}
			if err != nil && codeOf(err) != "NoSuchUpload" {
				return err
			}
		}
		return nil
	})
	if status := statusOf(err); status == http.StatusNotImplemented || status == http.StatusForbidden {
		return nil
	}
	return err
}

// maxSmall is how long an object may be that is read whole.
const maxSmall = 1 << 20

// get reads a small object whole. found is false if there is none.
func (s *Store) get(ctx context.Context, key string) (content []byte, etag string, found bool, err error) {
	err = s.retry(ctx, "reading "+key, func() error {
		body, info, _, err := s.core.GetObject(ctx, s.target.Bucket, key, minio.GetObjectOptions{})
		if isAbsent(err) {
			found = false
			return nil
		}
		if err != nil {
			return err
		}
		defer body.Close()
		content, err = io.ReadAll(io.LimitReader(body, maxSmall+1))
		switch {
		case err != nil:
			return err
		case len(content) > maxSmall:
			return &localError{fmt.Errorf("expected at most %d bytes", maxSmall)}
		case info.Size >= 0 && int64(len(content)) != info.Size:
			return io.ErrUnexpectedEOF
		}
		etag, found = info.ETag, true
		return nil
	})
	return content, etag, found, err
}

// isAbsent reports whether an error says that there is no such object. That there is no such bucket is another thing.
func isAbsent(err error) bool { return codeOf(err) == "NoSuchKey" }

// isUnmet reports whether an error says that an object was not written since its condition is not met. If it is to
// have a tag and there is none at all, servers say that there is no such object.
func isUnmet(err error) bool { return statusOf(err) == http.StatusPreconditionFailed || isAbsent(err) }

// holds reports whether the object of a key is there with the bytes of a file.
func (s *Store) holds(ctx context.Context, key string, f File) (bool, error) {
	info, err := s.core.StatObject(ctx, s.target.Bucket, key, minio.StatObjectOptions{})
	if isAbsent(err) {
		return false, nil
	}
	if err != nil || info.Size != f.Bytes {
		return false, err
	}
	if digest := info.UserMetadata[digestHeader]; digest != "" {
		return digest == f.SHA256, nil
	}
	return s.holdsBytes(ctx, key, f) // another program copied it there
}

// holdsBytes reads an object to its end, and reports whether it has the bytes of a file.
func (s *Store) holdsBytes(ctx context.Context, key string, f File) (bool, error) {
	body, _, _, err := s.core.GetObject(ctx, s.target.Bucket, key, minio.GetObjectOptions{})
	if err != nil {
		return false, err
	}
	defer body.Close()
	digest := sha256.New()
	if _, err := io.Copy(digest, body); err != nil {
		return false, err
	}
	return hex.EncodeToString(digest.Sum(nil)) == f.SHA256, nil
}

// errTooMany means that a folder has more objects than any version has files.
var errTooMany = errors.New("there are more objects than any version has")

// maxObjects is how many objects are listed at most: more than any version has.
const maxObjects = 1_000_000

// list returns the sizes of the objects whose keys begin so. It reads all pages of the answer or fails.
func (s *Store) list(ctx context.Context, prefix string) (map[string]int64, error) {
	var sizes map[string]int64
	err := s.retry(ctx, "listing "+prefix, func() error {
		sizes = map[string]int64{}
		listing, stop := context.WithCancel(ctx)
		defer stop()
		for o := range s.core.Client.ListObjects(listing, s.target.Bucket,
			minio.ListObjectsOptions{Prefix: prefix, Recursive: true}) {
			if o.Err != nil {
				return o.Err
			}
			if sizes[o.Key] = o.Size; len(sizes) > maxObjects {
				return &localError{errTooMany}
			}
		}
		return nil
	})
	return sizes, err
}

// folders returns the names of the folders directly below a prefix that ends with a slash.
func (s *Store) folders(ctx context.Context, prefix string) ([]string, error) {
	var names []string
	err := s.retry(ctx, "listing "+prefix, func() error {
		names = nil
		listing, stop := context.WithCancel(ctx)
		defer stop()
		for o := range s.core.Client.ListObjects(listing, s.target.Bucket, minio.ListObjectsOptions{Prefix: prefix}) {
			if o.Err != nil {
				return o.Err
			}
			if n := len(o.Key); n > len(prefix)+1 && o.Key[n-1] == '/' {
				names = append(names, o.Key[len(prefix):n-1])
			}
			if len(names) > maxObjects {
				return &localError{errTooMany}
			}
		}
		return nil
	})
	return names, err
}

// remove removes an object. It is no error if there is none.
func (s *Store) remove(ctx context.Context, key string) error {
	return s.retry(ctx, "removing "+key, func() error {
		err := s.core.RemoveObject(ctx, s.target.Bucket, key, minio.RemoveObjectOptions{})
		if isAbsent(err) {
			return nil
		}
		return err
	})
}
