package dump

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/binary"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"

	"hemicycle/extract/extracttest"
	"hemicycle/schemas"
)

// compressedForms returns an export in every form.
func compressedForms(t testing.TB, content []byte) map[string][]byte {
	t.Helper()
	var gz []byte
	for part := range slices.Chunk(content, len(content)/2+1) { // two members, one behind the other
		gz = append(gz, compressGzip(t, part)...)
	}
	le, be := utf16Of(string(content), binary.LittleEndian), utf16Of(string(content), binary.BigEndian)
	forms := map[string][]byte{
		"plain": content, "gzip": gz, "zstd": compressZstd(t, content),
		"pzstd":             slices.Concat([]byte(skippedFrame), compressZstd(t, content), []byte(skippedFrame)),
		"a byte order mark": []byte("\ufeff" + string(content)),
		"UTF-16LE":          le, "UTF-16BE": be, "UTF-16 in zstd": compressZstd(t, le),
		"a declaration": []byte(`<?xml version="1.0" encoding="utf-8"?>` + "\n" + string(content)),
	}
	if _, err := exec.LookPath("bzip2"); err == nil {
		for part := range slices.Chunk(content, len(content)/3+1) {
			forms["bzip2"] = append(forms["bzip2"], compressBzip2(t, part)...)
		}
	}
	return forms
}

// compressGzip returns a text as a member of gzip.
func compressGzip(t testing.TB, text []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// compressZstd returns a text as a frame of zstd.
func compressZstd(t testing.TB, text []byte, options ...zstd.EOption) []byte {
	t.Helper()
	encoder, err := zstd.NewWriter(nil, options...)
	if err != nil {
		t.Fatal(err)
	}
	return encoder.EncodeAll(text, nil)
}

// compressBzip2 returns a text as a stream of bzip2. The test is skipped if bzip2 is not installed.
func compressBzip2(t testing.TB, text []byte) []byte {
	t.Helper()
	path, err := exec.LookPath("bzip2")
	if err != nil {
		t.Skip("bzip2 is not installed")
	}
	c := exec.Command(path, "-1", "-c")
	c.Stdin = bytes.NewReader(text)
	out, err := c.Output()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// A dump is read in every form, and from a checkpoint on as from its beginning.
func TestDumpForms(t *testing.T) {
	content := mixedExport(600)
	var want rangeResult
	for _, name := range []string{
		"plain", "gzip", "zstd", "pzstd", "bzip2", "a byte order mark", "a declaration", "UTF-16LE", "UTF-16BE",
		"UTF-16 in zstd",
	} {
		t.Run(name, func(t *testing.T) {
			form, ok := compressedForms(t, []byte(content))[name]
			if !ok {
				t.Skip("bzip2 is not installed")
			}
			path := extracttest.WriteFile(t, "any-name", form)
			got := rangeOver(t, openDump(t, path, Selection{}))
			if name == "plain" {
				want = got
			}
			if len(got.pages) != 200 || len(got.redirects) != 100 || got.account.SHA256 != hexSHA256(form) {
				t.Errorf("%d pages, %d redirects, %+v", len(got.pages), len(got.redirects), got.account)
			}
			if diff := cmp.Diff(want.pages, got.pages); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			for _, i := range []int{0, 1, 77, 150, len(got.pages) - 1} {
				checkResume(t, path, Selection{}, got, i)
			}
		})
	}
}

// The beginning of a frame of zstd, two ends of one without content, and a frame that is skipped.
const (
	zstdMagic      = "\x28\xb5\x2f\xfd"
	wideWindow     = "\x00\x90\x01\x00\x00"
	withDictionary = "\x03\x00\x2a\x00\x00\x00\x01\x00\x00"
	skippedFrame   = "\x5a\x2a\x4d\x18\x02\x00\x00\x00ab"
)

// A file of a form that is not read is rejected with what to do.
func TestDumpRefused(t *testing.T) {
	const zstdDetail = "unreadable: the file is compressed as zstd with "
	emptyFrame, notAnExport := compressZstd(t, nil), compressZstd(t, []byte("<?xml version='1.0'?>\n<mediawikis />"))
	for content, want := range map[string]string{
		"7z\xbc\xaf\x27\x1c": "7z x",
		"\xfd7zXZ\x00":       "xz -dk",
		"\x1f\x8b nothing":   "cannot be read",
		// Frames of zstd with a window of 256 MiB or with a dictionary, first and behind another frame.
		zstdMagic + wideWindow:                      zstdDetail + "a window of 256 MiB that",
		string(emptyFrame) + zstdMagic + wideWindow: "zstd -d --long=31",
		zstdMagic + withDictionary:                  zstdDetail + "the dictionary with the ID 42,",
		skippedFrame + zstdMagic + withDictionary:   "ID 42",
		string(notAnExport):                         "no MediaWiki export",
	} {
		source := openDump(t, extracttest.WriteFile(t, "x", []byte(content)), Selection{})
		count := 0
		for _, err := range source.Events(context.Background()) {
			if count++; err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%q: got %v, expected %q", content, err, want)
			}
		}
		if count != 1 || source.Account().Documents != 1 {
			t.Errorf("%q: %d documents, %+v", content, count, source.Account())
		}
	}
}

// If a checksum fails, everything that was read since the last proven member or frame is suspect.
func TestUnprovenMembers(t *testing.T) {
	content := digestExport(90)
	for name, compress := range map[string]func(part []byte) []byte{
		"gzip": func(part []byte) []byte { return compressGzip(t, part) },
		"zstd": func(part []byte) []byte { return compressZstd(t, part) },
	} {
		t.Run(name, func(t *testing.T) {
			var file []byte
			var ends []int64
			for part := range slices.Chunk(content, len(content)/3+1) {
				file = append(file, compress(part)...)
				ends = append(ends, int64(len(file)))
			}
			padded := append(slices.Clone(file), make([]byte, 512)...)
			if name == "gzip" {
				if reasons, texts, _ := losses(t, extracttest.WriteFile(t, "x", padded), Selection{}); reasons != nil ||
					len(texts) != 90 {
					t.Errorf("padded with zeros: %d pages, %q", len(texts), reasons)
				}
			}
			junk := append(slices.Clone(file), "some junk"...)
			if reasons, texts, _ := losses(t, extracttest.WriteFile(t, "x", junk), Selection{}); reasons != nil ||
				len(texts) != 90 {
				t.Errorf("with junk behind the export: %d pages, %q", len(texts), reasons)
			}
			damaged := slices.Clone(file)
			damaged[ends[1]-3] ^= 1 // in the checksum of the second member
			if name == "gzip" {
				damaged[ends[1]-3], damaged[ends[1]-6] = file[ends[1]-3], file[ends[1]-6]^1
			}
			reasons, _, gaps := losses(t, extracttest.WriteFile(t, "x", damaged), Selection{})
			want := schemas.Gap{From: ends[0], Bytes: ends[2] - ends[0]}
			if !slices.Equal(reasons, []string{schemas.ReasonDamaged}) || *gaps[0] != want {
				t.Errorf("%q, %+v, expected damage at %+v", reasons, gaps, want)
			}
			cut := file[:ends[1]-20]
			reasons, _, gaps = losses(t, extracttest.WriteFile(t, "x", cut), Selection{})
			if want := (schemas.Gap{From: ends[0], Bytes: -1}); len(gaps) == 0 || *gaps[0] != want ||
				reasons[0] != schemas.ReasonCutShort {
				t.Errorf("%q, %+v, expected an end at %+v", reasons, gaps, want)
			}
		})
	}
}
