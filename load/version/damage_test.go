package version_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hemicycle/load/loadtest"
	"hemicycle/load/version"
	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
	"hemicycle/schemas/tables"
)

// readBack returns everything that is read back of a version, as text.
func readBack(t *testing.T, dir string) (text string, err error) {
	t.Helper()
	p, err := version.Open(dir)
	if err != nil {
		return "", err
	}
	var records []schemas.Record
	for e, err := range p.Elections(t.Context()) {
		if err != nil {
			return "", err
		}
		records = append(records, schemas.Record{Election: e})
	}
	var b strings.Builder
	for _, name := range []string{"elections", "results", "offices", "claims", "findings", "fields", "measures"} {
		fmt.Fprintln(&b, name, schemastest.WantRows(tables.Find(name), records))
	}
	for _, name := range []string{"sources", "rejects"} {
		err := p.EachRow(t.Context(), name, func(r version.Row) {
			fmt.Fprintln(&b, name, r.Text("source_uri"), r.Text("uri"), r.Text("reason"), r.Int("documents"))
		})
		if err != nil {
			return "", err
		}
	}
	return b.String(), nil
}

// readTables are the tables that are read back.
var readTables = []string{
	"elections", "results", "offices", "claims", "findings", "fields", "measures", "sources", "rejects",
}

// publishTwice publishes two versions that differ, each in three parts, and returns the folder of the second.
func publishTwice(t *testing.T, dir string) string {
	t.Helper()
	records := schemastest.SampleRecords()
	e := *records[0].Election
	e.Country += " of another day"
	changed := append([]schemas.Record{{Election: &e}}, records[1:]...)
	third := len(records)/3 + 1
	loadtest.PublishRecords(t, dir, records, third, loadtest.StartTime())
	run := loadtest.PublishRecords(t, dir, changed, third, loadtest.StartTime().AddDate(0, 0, 1))
	return filepath.Join(dir, "versions", run)
}

// partsOf returns the Parquet files of a table of a version.
func partsOf(t *testing.T, folder, table string) []string {
	t.Helper()
	parts, err := filepath.Glob(filepath.Join(folder, "parquet", table, "*.parquet"))
	if err != nil || len(parts) == 0 {
		t.Fatalf("the table %s has the files %v, %v", table, parts, err)
	}
	return parts
}

// damagePart damages a Parquet file of a table of a version at random. It returns the path of the file, the name of the
// damage, and the content before and after it.
func damagePart(t *testing.T, random *rand.Rand, folder, table string) (file, name string, whole, damaged []byte) {
	t.Helper()
	parts := partsOf(t, folder, table)
	file = parts[random.IntN(len(parts))]
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	name, damaged = damageBytes(random, whole)
	if err := os.WriteFile(file, damaged, 0o644); err != nil {
		t.Fatal(err)
	}
	return file, name, whole, damaged
}

// damageBytes returns the name of a random damage, and the content of a file after it.
func damageBytes(random *rand.Rand, content []byte) (string, []byte) {
	content = slices.Clone(content)
	at := random.IntN(len(content))
	switch random.IntN(12) {
	case 0:
		return fmt.Sprintf("cut to %d bytes", at), content[:at]
	case 1:
		return fmt.Sprintf("a byte less at %d", at), slices.Delete(content, at, at+1)
	case 2:
		return fmt.Sprintf("a byte more at %d", at), slices.Insert(content, at, byte(random.IntN(256)))
	case 3:
		end := min(at+1+random.IntN(64), len(content))
		clear(content[at:end])
		return fmt.Sprintf("zeros from %d to %d", at, end), content
	default:
		bit := random.IntN(8)
		content[at] ^= 1 << bit
		return fmt.Sprintf("bit %d of byte %d", bit, at), content
	}
}

// checkSameOrDamage reads a damaged version back, and expects what was there before the damage or an error that names
// the file. It returns whether there was an error.
func checkSameOrDamage(t *testing.T, dir, file, kind, want string) bool {
	t.Helper()
	got, err := readBack(t, dir)
	var found *version.Damage
	switch {
	case err == nil && got == want:
		return false
	case err == nil:
		t.Errorf("%s of %s: something else is read, without an error", kind, file)
	case !errors.As(err, &found) || !strings.Contains(err.Error(), file) && !strings.Contains(err.Error(), "manifest"):
		t.Errorf("%s of %s: the error is %v", kind, file, err)
	default:
		schemastest.CheckWords(t, err, "run again, or restore the version from a copy")
	}
	return true
}

// Of a damaged version everything is read as it was published, or there is an error that names the file: no panic,
// and never another value.
func TestDamagedFilesAreRefused(t *testing.T) {
	dir := t.TempDir()
	folder := publishTwice(t, dir)
	want, err := readBack(t, dir)
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(5, 0))
	for _, table := range readTables {
		for range schemastest.Rounds(6, 60) {
			file, name, whole, damaged := damagePart(t, random, folder, table)
			if !checkSameOrDamage(t, dir, file, name, want) && !bytes.Equal(whole, damaged) {
				t.Errorf("%s of %s: no error", name, file)
			}
			if err := os.WriteFile(file, whole, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// The manifest may say that damaged bytes are as they were published. Then only what the library and the other tables
// say can show the damage: the library must not panic.
func TestDamageThatTheManifestDescribes(t *testing.T) {
	dir := t.TempDir()
	folder := publishTwice(t, dir)
	manifest := filepath.Join(folder, "manifest.json")
	published, err := os.ReadFile(manifest)
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(6, 0))
	failed := 0
	for _, table := range readTables {
		for range schemastest.Rounds(12, 120) {
			file, name, whole, _ := damagePart(t, random, folder, table)
			describeAnew(t, dir, manifest, file)
			_, err = readBack(t, dir)
			var found *version.Damage
			if errors.As(err, &found) {
				failed++
				if found.Path != file {
					t.Errorf("%s of %s: the error names %s", name, file, found.Path)
				}
			}
			err = errors.Join(os.WriteFile(file, whole, 0o644), os.WriteFile(manifest, published, 0o644))
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	if failed < 20 {
		t.Errorf("%d damages are found by the library, expected 20 at least", failed)
	}
}

// describeAnew writes the length and the digest that a file has now into the manifest.
func describeAnew(t *testing.T, dir, manifest, file string) {
	t.Helper()
	now, err := version.DescribeFile(filepath.Dir(manifest), file)
	if err != nil {
		t.Fatal(err)
	}
	changeManifest(t, manifest, func(m *version.Manifest) {
		for i := range m.Files {
			if f := &m.Files[i]; f.Path == now.Path {
				f.Bytes, f.SHA256 = now.Bytes, now.SHA256
			}
		}
	})
}

// changeManifest changes a manifest in its place.
func changeManifest(t *testing.T, path string, with func(*version.Manifest)) {
	t.Helper()
	var m version.Manifest
	content, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(content, &m)
	}
	if err != nil {
		t.Fatal(err)
	}
	with(&m)
	m.Digest = ""
	if content, err = json.MarshalIndent(m, "", "  "); err == nil {
		content = append(content, '\n')
		digest := fmt.Sprintf(`"digest": "%x"`, sha256.Sum256(content))
		err = os.WriteFile(path, bytes.Replace(content, []byte(`"digest": ""`), []byte(digest), 1), 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// A file that is gone, that is another one, or that is no file is refused.
func TestReplacedFilesAreRefused(t *testing.T) {
	for _, c := range []struct {
		name  string
		do    func(file, before, other string) error // of the version; of the one before; another one of the version
		words string
	}{
		{"gone", func(file, _, _ string) error { return os.Remove(file) }, "cannot be read: no such file"},
		{"of the version before", func(file, before, _ string) error { return copyFile(before, file) },
			"manifest.json says"},
		{"another part", func(file, _, other string) error { return copyFile(other, file) }, "manifest.json says"},
		{"empty", func(file, _, _ string) error { return os.Truncate(file, 0) }, "it has 0 bytes"},
		{"a folder", func(file, _, _ string) error {
			return errors.Join(os.Remove(file), os.Mkdir(file, 0o755))
		}, "not a regular file"},
		{"a FIFO", func(file, _, _ string) error {
			return errors.Join(os.Remove(file), syscall.Mkfifo(file, 0o644))
		}, "not a regular file"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			folder := publishTwice(t, dir)
			versions, err := os.ReadDir(filepath.Dir(folder))
			if err != nil {
				t.Fatal(err)
			}
			before := filepath.Join(filepath.Dir(folder), versions[0].Name())
			file := partsOf(t, folder, "elections")[0]
			err = c.do(file, partsOf(t, before, "elections")[0], partsOf(t, folder, "results")[0])
			if err != nil {
				t.Fatal(err)
			}
			_, err = readBack(t, dir)
			schemastest.CheckWords(t, err, file, c.words, "run again, or restore the version from a copy")
			p, err := version.Open(dir)
			if err != nil {
				t.Fatal(err)
			}
			for _, err = range p.ElectionNames(t.Context()) {
			}
			schemastest.CheckWords(t, err, file, c.words)
		})
	}
}

func copyFile(from, to string) error {
	content, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, content, 0o644)
}

// A manifest that is gone or that is none is damage, and not an output in which nothing was published. Only the
// manifest of an older schema may leave a table out.
func TestDamagedManifests(t *testing.T) {
	write := func(content string) func(string) error {
		return func(path string) error { return os.WriteFile(path, []byte(content), 0o644) }
	}
	edit := func(with func(*version.Manifest)) func(string) error {
		return func(path string) error { changeManifest(t, path, with); return nil }
	}
	withoutResults := func(m *version.Manifest) {
		m.Files = slices.DeleteFunc(m.Files, func(f version.File) bool { return f.Table == "results" })
	}
	for _, c := range []struct {
		name  string
		do    func(path string) error
		words string // "" if it is read
	}{
		{"gone", os.Remove, "no such file"},
		{"empty", write(""), "not the manifest of a version"},
		{"cut short", write(`{"run": "20260203T040506Z", "pipel`), "not the manifest of a version"},
		{"null", write("null"), "names no run"},
		{"another count", func(path string) error {
			content, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			content = bytes.Replace(content, []byte(`"documents": `), []byte(`"documents": 1`), 1)
			return os.WriteFile(path, content, 0o644)
		}, "its own digest differs"},
		{"of another run", edit(func(m *version.Manifest) { m.Run = loadtest.First }), loadtest.First},
		{"a table is not listed", edit(withoutResults), "lists no Parquet file of the table results"},
		{"a table is not listed, of a newer schema", edit(func(m *version.Manifest) {
			withoutResults(m)
			m.SchemaVersion = schemas.Version + "9"
		}), "lists no Parquet file of the table results"},
		{"other rows", edit(func(m *version.Manifest) { m.Files[0].Rows++ }), "rows, and manifest.json says"},
		{"a file elsewhere", edit(func(m *version.Manifest) { m.Files[0].Path = "../../x.parquet" }),
			"../../x.parquet, which is not in the version"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			run := loadtest.PublishRecords(t, dir, schemastest.SampleRecords()[:3], 0, loadtest.StartTime())
			path := filepath.Join(dir, "versions", run, "manifest.json")
			if err := c.do(path); err != nil {
				t.Fatal(err)
			}
			_, err := readBack(t, dir)
			schemastest.CheckWords(t, err, filepath.Dir(path), c.words)
			var found *version.Damage
			if !errors.As(err, &found) {
				t.Errorf("%v is no damage", err)
			}
		})
	}
	dir := t.TempDir()
	loadtest.PublishRecords(t, dir, nil, 0, loadtest.StartTime())
	current := filepath.Join(dir, "current")
	if err := errors.Join(os.Remove(current), os.Symlink("versions/"+loadtest.First, current)); err != nil {
		t.Fatal(err)
	}
	_, err := version.Open(dir)
	schemastest.CheckWords(t, err, current, "leads to no version")
}

// A column or a table may be missing only from a version of an older schema.
func TestOlderSchemasMayLackColumns(t *testing.T) {
	dir := t.TempDir()
	loadtest.PublishRecords(t, dir, schemastest.SampleRecords()[:3], 0, loadtest.StartTime())
	p, err := version.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	// The files of a table with few columns stand for those of a table with many.
	read := func(table string) error {
		for i := range p.Manifest.Files {
			if f := &p.Manifest.Files[i]; f.Table == table {
				f.Table = "elections"
			} else if f.Table == "elections" {
				f.Table = "none"
			}
		}
		for _, err := range p.ElectionNames(t.Context()) {
			if err != nil {
				return err
			}
		}
		return nil
	}
	schemastest.CheckWords(t, read("offices"), "offices/part-00001.parquet", "it lacks the column")
	p.Manifest.SchemaVersion = "1.9"
	if err := read("none"); err != nil {
		t.Errorf("a version of an older schema: %v", err)
	}
	if err := p.EachRow(t.Context(), "coalitions", func(version.Row) {}); err != nil {
		t.Errorf("a table of a version of an older schema: %v", err)
	}
}

// Versions that earlier programs published have paths from the output folder in their manifests. They are read as ever,
// also without the files that describe a version.
func TestVersionsWithPathsFromTheOutput(t *testing.T) {
	dir := t.TempDir()
	folder := publishTwice(t, dir)
	want, err := readBack(t, dir)
	if err != nil {
		t.Fatal(err)
	}
	changeManifest(t, filepath.Join(folder, "manifest.json"), func(m *version.Manifest) {
		for i := range m.Files {
			m.Files[i].Path = "versions/" + m.Run + "/" + m.Files[i].Path
		}
	})
	if err := os.Remove(filepath.Join(folder, version.SumsName)); err != nil {
		t.Fatal(err)
	}
	got, err := readBack(t, dir)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-paths from the version +paths from the output):\n%s", diff)
	}
}
