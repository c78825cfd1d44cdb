// Package objectstest runs a real server of object storage for tests, and a proxy that plays the faults of one.
package objectstest

import (
	"bytes"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The credentials of the server. The secret is such that it is found in any output.
const (
	AccessKey = "elections-key"
	SecretKey = "tell-nobody-7c1f4e9a"
	Bucket    = "elections"
)

// Server is a server of object storage on this machine, with a bucket.
type Server struct {
	Endpoint string
	Folder   string // in which its objects are files, by bucket and key
}

// Start starts a server and ends it with the test. The test is skipped if versitygw is not installed, and fails then if
// HEMICYCLE_STORAGE=required is set. Other credentials are out of reach of the test.
func Start(t testing.TB) *Server {
	t.Helper()
	program := findProgram()
	if program == "" {
		if os.Getenv("HEMICYCLE_STORAGE") == "required" {
			t.Fatal("versitygw is not installed: `.ci/storage install` installs it")
		}
		t.Skip("versitygw is not installed, which is a server of object storage: `.ci/storage install` installs it")
	}
	UseCredentials(t)
	s := &Server{Folder: t.TempDir()}
	if err := os.Mkdir(filepath.Join(s.Folder, Bucket), 0o755); err != nil {
		t.Fatal(err)
	}
	address := freeAddress(t)
	s.Endpoint = "http://" + address
	var out bytes.Buffer
	c := exec.Command(program, "--access", AccessKey, "--secret", SecretKey, "--port", address, "--quiet",
		"posix", s.Folder)
	c.Stdout, c.Stderr = &out, &out
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- c.Wait() }()
	t.Cleanup(func() {
		_ = c.Process.Kill()
		<-ended
	})
	for range 200 {
		select {
		case err := <-ended:
			ended <- err
			if strings.Contains(out.String(), "xattr") {
				t.Skip("the file system of temporary files has no extended attributes, which versitygw needs")
			}
			t.Fatalf("versitygw ended: %v\n%s", err, out.String())
		default:
		}
		if c, err := net.Dial("tcp", address); err == nil {
			c.Close()
			return s
		}
		time.Sleep(25 * time.Millisecond)
	}
	t.Fatal("versitygw does not answer")
	return nil
}

// UseCredentials puts the credentials of the server into the environment, and nothing else that a client would find.
func UseCredentials(t testing.TB) {
	t.Helper()
	for _, setting := range Environment(t.TempDir()) {
		name, value, _ := strings.Cut(setting, "=")
		t.Setenv(name, value)
	}
}

// Environment returns the environment in which a client finds the credentials of the server, and no others. The folder
// is one without files.
func Environment(empty string) []string {
	return []string{
		"AWS_ACCESS_KEY_ID=" + AccessKey, "AWS_SECRET_ACCESS_KEY=" + SecretKey, "AWS_SESSION_TOKEN=",
		"AWS_SHARED_CREDENTIALS_FILE=" + filepath.Join(empty, "credentials"),
		"AWS_CONFIG_FILE=" + filepath.Join(empty, "config"), "AWS_EC2_METADATA_DISABLED=true", "AWS_REGION=us-east-1",
		"AWS_ENDPOINT_URL=", "AWS_ENDPOINT_URL_S3=", "AWS_PROFILE=", "AWS_WEB_IDENTITY_TOKEN_FILE=",
		"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI=", "AWS_CONTAINER_CREDENTIALS_FULL_URI=",
	}
}

// findProgram returns the path of versitygw: on the path of programs, or where go install puts it.
func findProgram() string {
	if path, err := exec.LookPath("versitygw"); err == nil {
		return path
	}
	for _, variable := range []string{"GOBIN", "GOPATH"} {
		out, err := exec.Command("go", "env", variable).Output()
		folder := strings.TrimSpace(string(out))
		if err != nil || folder == "" {
			continue
		}
		if variable == "GOPATH" {
			folder = filepath.Join(filepath.SplitList(folder)[0], "bin")
		}
		if path, err := exec.LookPath(filepath.Join(folder, "versitygw")); err == nil {
			return path
		}
	}
	return ""
}

func freeAddress(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// Curl reads an object by a client that is not ours.
func (s *Server) Curl(t testing.TB, key string) []byte {
	t.Helper()
	if _, err := exec.LookPath("curl"); err != nil {
		t.Skip("curl is not installed")
	}
	c := exec.Command("curl", "--silent", "--show-error", "--fail", "--max-time", "20",
		"--aws-sigv4", "aws:amz:us-east-1:s3", "--user", AccessKey+":"+SecretKey,
		"--header", "x-amz-content-sha256: UNSIGNED-PAYLOAD", fmt.Sprintf("%s/%s/%s", s.Endpoint, Bucket, key))
	var stderr bytes.Buffer
	c.Stderr = &stderr
	out, err := c.Output()
	if err != nil {
		t.Fatalf("curl of %s: %v\n%s", key, err, stderr.String())
	}
	return out
}
