package enterprise

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

// The scanner takes what encoding/json takes, but for values that are nested too deep, and reads texts as it does.
func FuzzLine(f *testing.F) {
	f.Add([]byte(electionPage(1, 10, "é\U0001F5F3").line()))
	for _, s := range []string{
		`{}`, `{"a":[1,-0.5e+7,true,false,null,"\ud83d\uddf3\ud83d\n\/",{"b":{}}]}`, `{"name":"a","name":"\u0041"}`,
		`{"a":1,}`, `{"a":[1,]}`, `{"a":01}`, `{"a":1.}`, `{"a":+1}`, `{"a":"\x"}`, `{"a":"\u12g4"}`, `{"a"}`,
		`{"a":tru}`, `{"a":nulll}`, `{,}`, `{"a":1 "b":2}`, ` {"a" : [ ] } `, `{"a":"` + "\x7f\xff\x1f" + `"}`,
		`{"identifier":1e3}`, `{"identifier":-}`,
		`null`, `{"version":{"identifier":5,"x":[}}`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		content = bytes.ReplaceAll(content, []byte("\n"), []byte(" "))
		s := &jsonScanner{data: content}
		s.skipSpace()
		err := s.skip()
		if err == nil {
			err = s.end()
		}
		isDeep := err != nil && strings.Contains(err.Error(), "nested")
		if isValid := json.Valid(content); !isDeep && isValid != (err == nil) {
			t.Fatalf("%q: encoding/json says %v, the scanner %v", content, isValid, err)
		}
		var a article
		if err := a.parse(content); err != nil {
			return
		}
		var want struct {
			Name string `json:"name"`
		}
		if !json.Valid(content) {
			t.Fatalf("%q is no JSON, and was taken", content)
		}
		if strings.Count(strings.ToLower(string(content)), "name") > 1 || bytes.Contains(content, []byte(`\`)) &&
			!bytes.Contains(content, []byte(`"name"`)) || json.Unmarshal(content, &want) != nil {
			return // encoding/json takes keys in any case, and adds up objects
		}
		if got := strings.ToValidUTF8(a.title.String(), "\uFFFD"); got != strings.ToValidUTF8(want.Name, "\uFFFD") &&
			!strings.Contains(want.Name, "\uFFFD") {
			t.Fatalf("%q: the title is %q, expected %q", content, got, want.Name)
		}
	})
}

// For any bytes, in any form, the reading ends, the account balances, and a range that is resumed ends the same.
func FuzzSnapshot(f *testing.F) {
	two := electionPage(1, 10, "").line() + electionPage(1, 11, "").line()
	f.Add([]byte(two), uint8(0), uint16(0))
	f.Add([]byte(two[:len(two)-40]), uint8(1), uint16(70))
	f.Add([]byte(two), uint8(2), uint16(30))
	f.Add([]byte("{}\n\n[]\n"+two), uint8(3), uint16(9))
	f.Add(archive(f, "a", two), uint8(0), uint16(600))
	f.Fuzz(func(t *testing.T, content []byte, form uint8, cut uint16) {
		switch form % 4 {
		case 1:
			content = gzipped(t, content)
		case 2:
			content = archive(t, "a.ndjson", string(content))
		case 3:
			content = gzipped(t, archive(t, "a.ndjson", string(content)))
		}
		content = content[:max(0, len(content)-int(cut))]
		Matches(bytes.NewReader(content), content[:min(len(content), 4096)])
		whole := rangeOver(t, open(t, content), -1)
		whole.holdsBalance(t)
		if len(whole.events) == 0 {
			return
		}
		n := int(cut) % len(whole.events)
		s := open(t, content)
		if err := s.Resume(whole.checkpoints[n]); err != nil {
			t.Fatal(err)
		}
		rest := rangeOver(t, s, -1)
		if len(rest.events) != len(whole.events)-n-1 || rest.account.Documents != whole.account.Documents {
			t.Fatalf("resumed behind event %d: %q, then %q", n, whole.events, rest.events)
		}
	})
}
