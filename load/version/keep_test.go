package version

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestKeptVersions has versions from the oldest to the newest, one a day, the last of which is current: = repeats the
// one before, and any other letter differs from it. The letters that stay are wanted, and a dot stands for each that
// goes.
func TestKeptVersions(t *testing.T) {
	for _, c := range []struct {
		name, versions string
		keep           Keep
		idle           int // days since the last version
		want           string
	}{
		{name: "the newest three", versions: "abcde", want: "..cde"},
		{name: "as many as there are", versions: "ab", want: "ab"},
		{name: "the newest five", versions: "abcdefg", keep: Keep{Versions: 5}, want: "..cdefg"},
		{name: "five runs of an unchanged source", versions: "abc=====", want: "abc..==="},
		{name: "more of them than anybody counts", versions: "abcd" + strings.Repeat("=", 50),
			want: ".bcd" + strings.Repeat(".", 47) + "==="},
		{name: "repeats in between count as one with what they repeat", versions: "a=b=c=d=", want: "..b.c=d="},
		{name: "a single version keeps the last change and the one before", versions: "abc==", keep: Keep{Versions: 1},
			want: ".bc.="},
		{name: "one version of those that differ", versions: "abc", keep: Keep{Versions: 1}, want: ".bc"},
		{name: "days keep what is younger", versions: "abcdefgh", keep: Keep{Versions: 2, Days: 4}, want: "...defgh"},
		{name: "days keep no repeats", versions: "ab==cd==ef", keep: Keep{Versions: 2, Days: 9}, want: "ab..cd..ef"},
		{name: "days pass", versions: "abcdefgh", keep: Keep{Versions: 2, Days: 4}, idle: 100, want: "......gh"},
		{name: "the oldest repeats one that is gone", versions: "====", want: "===="},
		{name: "nothing but repeats", versions: "======", want: "=..==="},
	} {
		t.Run(c.name, func(t *testing.T) {
			start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
			var all []oldVersion
			for i, letter := range c.versions {
				all = append(all, oldVersion{name: fmt.Sprint(i), made: start.AddDate(0, 0, i), repeats: letter == '='})
			}
			now := all[len(all)-1].made.AddDate(0, 0, c.idle)
			slices.Reverse(all)
			got := []byte(c.versions)
			for _, name := range c.keep.removable(fmt.Sprint(len(all)-1), all, now) {
				i := 0
				fmt.Sscan(name, &i)
				got[i] = '.'
			}
			if diff := cmp.Diff(c.want, string(got)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// A version that a reader holds stays until the reader closes it, and the next run then removes it.
func TestPruneKeepsWhatAReaderHolds(t *testing.T) {
	dir := t.TempDir()
	output := openOutput(t, dir, "plan")
	for i, run := range []string{firstRun, secondRun, thirdRun, fourthRun} {
		folder := filepath.Join(dir, versionsName, run)
		mustWrite(t, filepath.Join(folder, manifestName), `{"run": "`+run+`"}`)
		made := time.Date(2026, 1, 9-i, 0, 0, 0, 0, time.UTC) // as after copies, and of no effect
		if err := os.Chtimes(folder, made, made); err != nil {
			t.Fatal(err)
		}
	}
	hold := holdVersion(filepath.Join(dir, versionsName, firstRun))
	for _, c := range []struct {
		isHeld bool
		held   []string
	}{{true, []string{firstRun}}, {false, nil}} {
		if !c.isHeld {
			if err := hold.Close(); err != nil {
				t.Fatal(err)
			}
		}
		held, err := output.Prune(fourthRun, Keep{}, time.Now())
		if diff := cmp.Diff(c.held, held); diff != "" || err != nil {
			t.Errorf("held %v: %v (-want +got)\n%s", c.isHeld, err, diff)
		}
		if _, err := os.Stat(filepath.Join(dir, versionsName, firstRun)); (err == nil) != c.isHeld {
			t.Errorf("held %v: the oldest version gives %v", c.isHeld, err)
		}
	}
}

// TestKeepsCopy expects of copies what holds for the newest versions and for those of the last days, up to their ends.
func TestKeepsCopy(t *testing.T) {
	day := 24 * time.Hour
	for _, c := range []struct {
		keep  Keep
		newer int64
		age   time.Duration
		want  bool
	}{
		{Keep{}, 2, 90 * day, true},
		{Keep{}, 3, 0, false},
		{Keep{Versions: 5}, 4, 90 * day, true},
		{Keep{Versions: 5}, 5, 0, false},
		{Keep{Versions: 1, Days: 30}, 40, 30 * day, true},
		{Keep{Versions: 1, Days: 30}, 40, 30*day + 1, false},
	} {
		if got := c.keep.KeepsCopy(c.newer, c.age); got != c.want {
			t.Errorf("%+v, %d newer ones, %v old: %v, expected %v", c.keep, c.newer, c.age, got, c.want)
		}
	}
}
