package lineage

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"hemicycle/load/disk"
)

// CheckDestination returns what is wrong with where events are sent, or nil: a file, or the address of a server.
func CheckDestination(to string) error {
	if !isAddress(to) {
		if scheme, _, isURL := strings.Cut(to, "://"); isURL {
			return fmt.Errorf("%s addresses are not supported: expected a file, or an http or https address", scheme)
		}
		if strings.ContainsRune(to, 0) || strings.TrimSpace(to) == "" {
			return errors.New("expected a file, or an http or https address")
		}
		return nil
	}
	u, err := url.Parse(to)
	switch {
	case err != nil || u.Host == "":
		return errors.New("expected an address such as https://lineage.example.org")
	case u.User != nil:
		return errors.New("expected an address without a name and a password: the key is taken from OPENLINEAGE_API_KEY")
	}
	return nil
}

func isAddress(to string) bool {
	return strings.HasPrefix(to, "https://") || strings.HasPrefix(to, "http://")
}

// usualPath is the path at which servers take events, for an address that has none.
// Source: https://openlineage.io/docs/client/python/configuration.
const usualPath = "/api/v1/lineage"

// patience is how long a server may take for an event, all attempts together.
const patience = 10 * time.Second

// attempts is how often an event is sent at most.
const attempts = 3

// deliver sends one event: as a line at the end of a file, or to a server.
func deliver(ctx context.Context, d disk.Disk, to string, event []byte) error {
	if !isAddress(to) {
		return appendLine(d, to, event)
	}
	u, err := url.Parse(to)
	if err != nil {
		return err
	}
	if u.Path == "" || u.Path == "/" {
		u.Path = usualPath
	}
	ctx, stop := context.WithTimeout(ctx, patience)
	defer stop()
	for attempt := 1; ; attempt++ {
		again, err := post(ctx, u.String(), event)
		if err == nil || !again || attempt == attempts || ctx.Err() != nil {
			return err
		}
		select {
		case <-ctx.Done():
		case <-time.After(time.Duration(attempt) * 500 * time.Millisecond):
		}
	}
}

// post sends an event to a server once. again says whether another attempt could succeed.
func post(ctx context.Context, address string, event []byte) (again bool, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(event))
	if err != nil {
		return false, err
	}
	request.Header.Set("Content-Type", "application/json")
	if key := os.Getenv("OPENLINEAGE_API_KEY"); key != "" {
		request.Header.Set("Authorization", "Bearer "+key)
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Do(request)
	if err != nil {
		return true, err
	}
	defer answer.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(answer.Body, 1<<16))
	if answer.StatusCode/100 != 2 {
		return answer.StatusCode/100 == 5 || answer.StatusCode == http.StatusTooManyRequests,
			fmt.Errorf("the server answers %s", answer.Status)
	}
	return false, nil
}

// appendLine writes an event as a line at the end of a file, in one step.
func appendLine(d disk.Disk, path string, event []byte) error {
	f, err := d.OpenEnd(path)
	if errors.Is(err, fs.ErrNotExist) {
		f, err = d.CreateNew(path)
	}
	if err != nil {
		return err
	}
	_, err = f.Write(append(event, '\n'))
	return cmp.Or(err, f.SyncAndClose())
}
