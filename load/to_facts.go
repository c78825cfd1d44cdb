package load

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/klauspost/compress/zstd"

	"hemicycle/load/contradictions"
	"hemicycle/load/disk"
	"hemicycle/load/partition"
	"hemicycle/load/version"
	"hemicycle/schemas"
)

// In an output that is laid out by wiki, what is compared of the elections of a wiki is part of the version, so that a
// later version can compare it with wikis that were read anew. The Parquet files do not have all of it: how a figure is
// rounded, for example.

// factsFile is the name of the file with what is compared of the elections of a wiki, in the folder of the wiki.
const factsFile = "facts.jsonl.zst"

// TakeOverFacts adds what is compared of the elections of other wikis to that of the run, from the version that has
// them, and the redirects of these wikis. It is called after WriteNames and before WriteContradictions.
func TakeOverFacts(ctx context.Context, sinks []Sink, from *version.Published, wikis []string) error {
	for _, sink := range sinks {
		if s, ok := sink.(*contradictionSink); ok {
			if err := s.takeOver(ctx, from, wikis); err != nil {
				return err
			}
		}
	}
	return nil
}

// takeOver adds the facts of wikis.
func (s *contradictionSink) takeOver(ctx context.Context, from *version.Published, wikis []string) error {
	if s.names != nil {
		err := from.EachRow(ctx, "redirects", func(row version.Row) {
			if wiki := row.Text("wiki"); slices.Contains(wikis, wiki) {
				s.names.target[schemas.PageKey(wiki, row.Text("from_title"))] = schemas.PageKey(wiki, row.Text("to_title"))
			}
		})
		if err != nil {
			return err
		}
	}
	for _, wiki := range wikis {
		if err := from.EachFile(version.ComparedName+"/"+partition.Folder(wiki)+"/"+factsFile, s.addFacts); err != nil {
			return err
		}
	}
	return nil
}

// addFacts adds the facts in a compressed file.
func (s *contradictionSink) addFacts(file io.Reader) error {
	decompressor, err := zstd.NewReader(file, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true))
	if err != nil {
		return err
	}
	defer decompressor.Close()
	return readLines(decompressor, func(f *contradictions.Facts, _, _ int64) error { return s.keep(f) })
}

// WriteFacts writes what is compared of the elections of some wikis into files of the version, and returns them. It is
// called after WriteContradictions.
func WriteFacts(d disk.Disk, staging string, sinks []Sink, wikis []string) ([]version.File, error) {
	var all []version.File
	for _, sink := range sinks {
		s, ok := sink.(*contradictionSink)
		if !ok {
			continue
		}
		files, err := s.writeFacts(d, staging, wikis)
		if err != nil {
			return nil, fmt.Errorf("writing what is compared of elections: %w", err)
		}
		all = append(all, files...)
	}
	return all, nil
}

// writeFacts writes the facts of wikis, one file each, be it empty.
func (s *contradictionSink) writeFacts(
	d disk.Disk, staging string, wikis []string,
) (written []version.File, err error) {
	if err := s.verify(); err != nil {
		return nil, err
	}
	places := map[string][]factsPlace{}
	for _, wiki := range wikis {
		places[wiki] = nil
	}
	files := make([]*os.File, len(s.files))
	defer func() {
		for _, f := range files {
			if f != nil {
				err = errors.Join(err, f.Close())
			}
		}
	}()
	for i, f := range s.files {
		if files[i], err = os.Open(s.path(f)); err != nil {
			return nil, err
		}
		err := readLines(files[i], func(f *contradictions.Facts, from, to int64) error {
			if _, isAsked := places[f.Wiki]; isAsked {
				place := factsPlace{file: int32(i), size: int32(to - from), from: from}
				places[f.Wiki] = append(places[f.Wiki], place)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	for _, wiki := range slices.Sorted(maps.Keys(places)) {
		f, err := writeFactsOf(d, staging, wiki, files, places[wiki])
		if err != nil {
			return nil, err
		}
		written = append(written, f)
	}
	return written, nil
}

// writeFactsOf writes the facts of one wiki.
func writeFactsOf(
	d disk.Disk, staging, wiki string, files []*os.File, places []factsPlace,
) (written version.File, err error) {
	folder := filepath.Join(staging, version.ComparedName, partition.Folder(wiki))
	if err := d.MakeFolders(folder); err != nil {
		return written, err
	}
	file, err := d.Create(filepath.Join(folder, factsFile))
	if err != nil {
		return written, err
	}
	compressor, err := zstd.NewWriter(file, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return written, errors.Join(err, file.Close())
	}
	out := bufio.NewWriter(compressor)
	for _, p := range places {
		facts, err := readFacts(files, []factsPlace{p})
		if err != nil {
			return written, errors.Join(err, file.Close())
		}
		line, err := json.Marshal(facts[0])
		if err == nil {
			_, err = out.Write(append(line, '\n'))
		}
		if err != nil {
			return written, errors.Join(err, file.Close())
		}
	}
	if err := errors.Join(out.Flush(), compressor.Close()); err != nil {
		return written, errors.Join(err, file.Close())
	}
	return version.FinishFile(file, staging)
}
