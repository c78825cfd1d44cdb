package dump

import (
	"errors"
	"fmt"
	"os"

	"github.com/klauspost/compress/zstd"
)

// isSkippableFrame reports whether a file begins with a frame of zstd that is skipped: pzstd writes one first. Source:
// https://datatracker.ietf.org/doc/html/rfc8878#section-3.1.2.
func isSkippableFrame(head []byte) bool {
	var h zstd.Header
	return h.Decode(head) == nil && h.Skippable
}

// unsupportedDetail says what to do with a file that is sound but compressed in a way that is not read. It returns ""
// if the error is another one.
func (d *Source) unsupportedDetail(err error) string {
	switch h := d.firstFrame(); {
	case errors.Is(err, zstd.ErrWindowSizeExceeded):
		window := "" // of the first frame; a later one can have another
		if h.WindowSize > maxWindow {
			window = fmt.Sprintf(" of %d MiB", h.WindowSize>>20)
		}
		return fmt.Sprintf("the file is compressed as zstd with a window%s that is larger than the %d MiB that are read: "+
			"decompress it with `zstd -d --long=31 FILE`", window, maxWindow>>20)
	case errors.Is(err, zstd.ErrUnknownDictionary):
		dictionary := "a dictionary"
		if h.DictionaryID != 0 {
			dictionary = fmt.Sprintf("the dictionary with the ID %d", h.DictionaryID)
		}
		return fmt.Sprintf("the file is compressed as zstd with %s, which is not in it: decompress it with "+
			"`zstd -d -D DICTIONARY FILE`", dictionary)
	}
	return ""
}

// firstFrame returns the header of the first frame of a zstd file that is not skipped. What cannot be read is zero.
func (d *Source) firstFrame() (h zstd.Header) {
	f, err := os.Open(d.path)
	if err != nil {
		return zstd.Header{}
	}
	defer f.Close()
	head := make([]byte, zstd.HeaderMaxSize)
	at := int64(0)
	for range maxSkipped {
		n, _ := f.ReadAt(head, at) // an error was met before
		if h.Decode(head[:n]) != nil || !h.Skippable {
			break
		}
		at += int64(h.HeaderSize) + int64(h.SkippableSize)
	}
	return h
}

// maxSkipped is more frames than a program writes before its first frame of data: pzstd writes one.
const maxSkipped = 100
