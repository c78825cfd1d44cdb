// Package objects publishes a version to object storage that speaks S3: the files first, and the pointer last and only
// if nobody else has moved it. A reader who follows the pointer finds the old version or the new one, whole.
//
//	PREFIX/versions/<run>/…   the files, as they are in the folder of the version
//	PREFIX/current.json       the pointer, which names one version
//
// Start with Open and Store.Publish.
package objects

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"regexp"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"
)

// Target says where versions are published, as a pipeline declares it.
type Target struct {
	Bucket   string
	Prefix   string // without slashes at its ends; "" for the whole bucket
	Endpoint string // with its scheme; "" for that of Amazon
	Region   string // "" if the server is asked for it
	// OnePublisher says that nobody else publishes there. Then a server is let through that cannot write an object on a
	// condition.
	OnePublisher bool
}

// Options are what the caller of Open decides. Log is required; everything else has a default.
type Options struct {
	Log *slog.Logger
	// Idle is how long a connection may stand still. The default is 30 seconds.
	Idle time.Duration
	// Attempts is how often a request is made at most. The default is 8.
	Attempts int
	// Wait is the longest wait before the second attempt. Each further wait is twice as long. The default is half a
	// second.
	Wait time.Duration
	// PartSize is from how many bytes on a file is sent in parts. The default is 64 MiB.
	PartSize int64
}

const (
	defaultIdle     = 30 * time.Second
	defaultAttempts = 8
	defaultWait     = 500 * time.Millisecond
	defaultPartSize = 64 << 20
	amazonEndpoint  = "https://s3.amazonaws.com"
	parallelObjects = 8
)

// Store is object storage that is open. It is safe for concurrent use by multiple goroutines.
type Store struct {
	target  Target
	options Options
	core    *minio.Core
	redact  *strings.Replacer // of what must not be in a message
	// withChecksum is whether objects are sent with a header for the checksum that the server keeps.
	withChecksum bool
	conditional  bool // whether the server writes objects on a condition
}

// bucketName matches the names of buckets.
// Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html.
var bucketName = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$`)

// maxPrefix is how many bytes a prefix may have, so that with the path of any file it is a key of at most 1024 bytes.
const maxPrefix = 512

// ParseAddress reads an address such as s3://bucket/prefix.
func ParseAddress(address string) (bucket, prefix string, err error) {
	rest, isS3 := strings.CutPrefix(address, "s3://")
	if !isS3 {
		return "", "", fmt.Errorf("expected an address such as s3://bucket/prefix, found %q", address)
	}
	bucket, prefix, _ = strings.Cut(rest, "/")
	if !bucketName.MatchString(bucket) {
		return "", "", fmt.Errorf("expected the name of a bucket behind s3://, found %q", bucket)
	}
	prefix = strings.TrimSuffix(prefix, "/")
	if len(prefix) > maxPrefix {
		return "", "", fmt.Errorf("expected a prefix of at most %d bytes, found one of %d", maxPrefix, len(prefix))
	}
	for part := range strings.SplitSeq(prefix, "/") {
		if prefix != "" && !isKeyPart(part) {
			return "", "", fmt.Errorf("expected a prefix of names with slashes between them, found %q in %q", part, prefix)
		}
	}
	return bucket, prefix, nil
}

// isKeyPart reports whether a name may stand between two slashes of a key. Clients and servers make different things of
// a name of dots, and of characters outside of those that the manual calls safe.
// Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html.
func isKeyPart(name string) bool {
	return safeName.MatchString(name) && strings.Trim(name, ".") != ""
}

var safeName = regexp.MustCompile(`^[A-Za-z0-9!_.*'()=-]+$`)

// CheckEndpoint returns what is wrong with the address of a server, or nil. It has a scheme, so that requests go
// without encryption only where the address says http.
func CheckEndpoint(endpoint string) error {
	u, err := url.Parse(endpoint)
	switch {
	case err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "":
		return errors.New("expected the address of a server, such as https://storage.example.org")
	case u.User != nil:
		return errors.New("expected the address of a server without a name and a password: credentials are taken from " +
			"the environment")
	case strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "":
		return fmt.Errorf("expected the address of a server, such as https://storage.example.org, without %q behind it",
			u.RequestURI())
	}
	return nil
}

// Open finds the credentials and returns the storage. It asks the server nothing yet.
func Open(ctx context.Context, t Target, o Options) (*Store, error) {
	o.Idle, o.Attempts = cmp.Or(o.Idle, defaultIdle), cmp.Or(o.Attempts, defaultAttempts)
	o.Wait, o.PartSize = cmp.Or(o.Wait, defaultWait), cmp.Or(o.PartSize, defaultPartSize)
	t.Endpoint = cmp.Or(t.Endpoint, os.Getenv("AWS_ENDPOINT_URL_S3"), os.Getenv("AWS_ENDPOINT_URL"), amazonEndpoint)
	t.Region = cmp.Or(t.Region, os.Getenv("AWS_REGION"), os.Getenv("AWS_DEFAULT_REGION"))
	if err := CheckEndpoint(t.Endpoint); err != nil {
		return nil, fmt.Errorf("the endpoint: %w", err)
	}
	u, err := url.Parse(t.Endpoint)
	if err != nil {
		return nil, err
	}
	chain, secrets, err := findCredentials(ctx)
	if err != nil {
		return nil, err
	}
	core, err := minio.NewCore(u.Host, &minio.Options{
		Creds: chain, Secure: u.Scheme == "https", Region: t.Region, Transport: newTransport(o.Idle),
		MaxRetries: 1, // a Store tries again itself, since it can tell what became of an attempt
	})
	if err != nil {
		return nil, err
	}
	return &Store{target: t, options: o, core: core, redact: secrets, withChecksum: true, conditional: true}, nil
}

// Address returns where versions are published, as the pipeline says it.
func (t *Target) Address() string { return "s3://" + t.Bucket + "/" + t.Prefix }

// key returns the key of a path below the prefix.
func (s *Store) key(path string) string {
	if s.target.Prefix == "" {
		return path
	}
	return s.target.Prefix + "/" + path
}
