package mediawiki

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"
)

// answer is what the API answers, as far as it is read, in version 2 of its format.
// Source: https://www.mediawiki.org/wiki/API:JSON_version_2.
type answer struct {
	BatchComplete bool         `json:"batchcomplete"`
	Continue      members      `json:"continue"`
	Errors        messages     `json:"errors"`
	Error         *message     `json:"error"` // of a wiki that does not know errorformat
	Warnings      messages     `json:"warnings"`
	Query         *queryAnswer `json:"query"`
}

// The bounds of what an answer may list. A wiki that lists more than it can be asked for is out of order, and its
// answer would take many times its own size in memory.
const (
	maxMessages  = 100
	maxMembers   = 50 // of a continuation
	maxPages     = 5000
	maxSteps     = 5000 // from one title to another
	maxRevisions = 10   // of a page, of which the newest is asked for
)

// decodeList reads a list of at most so many members.
func decodeList[T any](raw []byte, most int) ([]T, error) {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	if start, err := decoder.Token(); err != nil || start != json.Delim('[') {
		if start == nil {
			return nil, err // null is no list
		}
		return nil, fmt.Errorf("a list was expected where %.20q stands", raw)
	}
	var all []T
	for decoder.More() {
		if len(all) == most {
			return nil, fmt.Errorf("a list has more than %d members", most)
		}
		var member T
		if err := decoder.Decode(&member); err != nil {
			return nil, err
		}
		all = append(all, member)
	}
	return all, nil
}

// members are the members of an object whose names are not known.
type members map[string]json.RawMessage

// UnmarshalJSON reads an object with a bounded number of members.
func (m *members) UnmarshalJSON(raw []byte) error {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	if start, err := decoder.Token(); err != nil || start != json.Delim('{') {
		return err
	}
	*m = members{}
	for decoder.More() {
		name, err := decoder.Token()
		if err != nil {
			return err
		}
		var value json.RawMessage
		if err := decoder.Decode(&value); err != nil {
			return err
		}
		if (*m)[fmt.Sprint(name)] = value; len(*m) > maxMembers {
			return fmt.Errorf("a continuation has more than %d members", maxMembers)
		}
	}
	return nil
}

// message is an error or a warning.
type message struct {
	Code   string `json:"code"`
	Text   string `json:"text"`
	Info   string `json:"info"` // the text, in older forms
	Module string `json:"module"`
}

// text returns the text of a message as it is shown.
func (m message) text() string {
	if m.Text == "" {
		return said(m.Info)
	}
	return said(m.Text)
}

// messages are errors or warnings. Warnings in the older form, an object by module, are left out: they never matter to
// us.
type messages []message

// UnmarshalJSON reads a list of messages.
func (m *messages) UnmarshalJSON(raw []byte) error {
	if len(raw) == 0 || raw[0] != '[' {
		return nil
	}
	all, err := decodeList[message](raw, maxMessages)
	*m = all
	return err
}

type queryAnswer struct {
	General    *generalAnswer `json:"general"`
	Normalized titleSteps     `json:"normalized"`
	Converted  titleSteps     `json:"converted"`
	Redirects  titleSteps     `json:"redirects"`
	Pages      pageList       `json:"pages"`
}

type pageList []pageAnswer

// UnmarshalJSON reads a bounded list.
func (l *pageList) UnmarshalJSON(raw []byte) (err error) {
	*l, err = decodeList[pageAnswer](raw, maxPages)
	return err
}

type generalAnswer struct {
	WikiID      string `json:"wikiid"`
	Lang        string `json:"lang"`
	Server      string `json:"server"`
	ArticlePath string `json:"articlepath"`
	Case        string `json:"case"`
	Generator   string `json:"generator"`
}

// fromTo says that one title stands for another.
type fromTo struct {
	From string `json:"from"`
	To   string `json:"to"`
}

type titleSteps []fromTo

// UnmarshalJSON reads a bounded list.
func (l *titleSteps) UnmarshalJSON(raw []byte) (err error) {
	*l, err = decodeList[fromTo](raw, maxSteps)
	return err
}

type pageAnswer struct {
	PageID       int64          `json:"pageid"`
	Namespace    int            `json:"ns"`
	Title        string         `json:"title"`
	Missing      bool           `json:"missing"`
	Invalid      bool           `json:"invalid"`
	Special      bool           `json:"special"`
	Redirect     bool           `json:"redirect"`
	LastRevision int64          `json:"lastrevid"`
	Model        string         `json:"contentmodel"`
	Properties   pageProperties `json:"pageprops"`
	Redirects    titleList      `json:"redirects"`
	Revisions    revisionList   `json:"revisions"`
}

type pageProperties struct {
	Item string `json:"wikibase_item"`
}

type titleAnswer struct {
	Title string `json:"title"`
}

type titleList []titleAnswer

// UnmarshalJSON reads a bounded list.
func (l *titleList) UnmarshalJSON(raw []byte) (err error) {
	*l, err = decodeList[titleAnswer](raw, maxSteps)
	return err
}

type revisionList []revisionAnswer

// UnmarshalJSON reads a bounded list.
func (l *revisionList) UnmarshalJSON(raw []byte) (err error) {
	*l, err = decodeList[revisionAnswer](raw, maxRevisions)
	return err
}

type revisionAnswer struct {
	ID     int64  `json:"revid"`
	Time   string `json:"timestamp"`
	SHA1   string `json:"sha1"`
	Hidden bool   `json:"texthidden"`
	Slots  struct {
		Main *slotAnswer `json:"main"`
	} `json:"slots"`
}

type slotAnswer struct {
	Model   string  `json:"contentmodel"`
	SHA1    string  `json:"sha1"`
	Content *string `json:"content"`
	Missing bool    `json:"textmissing"`
	Hidden  bool    `json:"texthidden"`
}

// decode reads an answer. It fails if the body is no JSON, or JSON of another form.
func decode(body []byte) (*answer, error) {
	a := new(answer)
	if err := json.Unmarshal(body, a); err != nil {
		beginning := said(string(body[:min(len(body), 4*maxSaid)]))
		if beginning == "" {
			return nil, errors.New("the answer is empty: expected JSON")
		}
		return nil, fmt.Errorf("the answer is not the JSON of an API (%s): it begins %q", jsonProblem(err), beginning)
	}
	isAnswer := a.BatchComplete || a.Query != nil || len(a.Continue) > 0 || len(a.Errors) > 0 || a.Error != nil
	if !isAnswer {
		return nil, errors.New("the answer is JSON, but not of an API: expected batchcomplete, query or errors")
	}
	return a, a.check()
}

// jsonProblem returns what is wrong with JSON, without names of our types.
func jsonProblem(err error) string {
	var of *json.UnmarshalTypeError
	if errors.As(err, &of) {
		return fmt.Sprintf("at %s stands a %s", of.Field, of.Value)
	}
	return err.Error()
}

// check reports whether the pages of an answer are what pages can be.
func (a *answer) check() error {
	if a.Query == nil {
		return nil
	}
	for i := range a.Query.Pages {
		p := &a.Query.Pages[i]
		isThere := !p.Missing && !p.Invalid && !p.Special
		if isThere && (p.PageID <= 0 || p.Title == "") {
			return fmt.Errorf("the answer has a page with the number %d and the title %q: expected both", p.PageID,
				said(p.Title))
		}
		for _, r := range p.Revisions {
			if _, err := time.Parse(time.RFC3339, r.Time); r.ID <= 0 || err != nil {
				return fmt.Errorf(
					"the answer has the revision %d of %q: expected a number and a time",
					r.ID,
					said(r.Time),
				)
			}
		}
	}
	return nil
}

// apiError returns the error that an answer names, as an *APIError, or nil.
func (a *answer) apiError() error {
	all := a.Errors
	if len(all) == 0 && a.Error != nil {
		all = []message{*a.Error}
	}
	if len(all) == 0 {
		return nil
	}
	first := &APIError{Code: said(all[0].Code), Text: all[0].text()}
	for _, m := range all[1:] {
		// One that will not pass decides.
		if e := (&APIError{Code: said(m.Code), Text: m.text()}); first.mayPass() && !e.mayPass() {
			first = e
		}
	}
	return first
}

// continuation returns the parameters that ask for the rest of a list.
func (a *answer) continuation() (map[string]string, error) {
	all := map[string]string{}
	for name, raw := range a.Continue {
		var text string
		var number json.Number
		switch {
		case json.Unmarshal(raw, &text) == nil:
			all[name] = text
		case json.Unmarshal(raw, &number) == nil:
			all[name] = number.String()
		default:
			return nil, &ContinuationError{fmt.Sprintf("its continuation %q is no text", said(name))}
		}
	}
	return all, nil
}

// sha1Digits matches a SHA-1 in hexadecimal.
var sha1Digits = regexp.MustCompile(`^[0-9a-f]{40}$`)

// itemID matches the number of an item of Wikidata.
var itemID = regexp.MustCompile(`^Q[1-9][0-9]{0,18}$`)

// maxTitle bounds a title, of which MediaWiki allows 255 bytes and a namespace. What is longer is cut, and still longer
// than any title.
const maxTitle = 4 << 10

// page returns what an answer says of a page.
func (p *pageAnswer) page() Page {
	title := strings.Clone(p.Title[:min(len(p.Title), maxTitle)]) // so that the rest of it is not kept
	page := Page{
		ID: p.PageID, Namespace: p.Namespace, Title: title, Missing: p.Missing || p.Invalid || p.Special,
		Redirect: p.Redirect, LastRevision: p.LastRevision, Model: p.Model,
	}
	if itemID.MatchString(p.Properties.Item) {
		page.Item = p.Properties.Item
	}
	for _, r := range p.Revisions {
		if page.Revision == nil || r.ID > page.Revision.ID {
			page.Revision = r.revision()
		}
	}
	return page
}

// revision returns what an answer says of a revision.
func (r *revisionAnswer) revision() *Revision {
	saved, _ := time.Parse(time.RFC3339, r.Time) // check has parsed it
	out := &Revision{ID: r.ID, Time: saved.UTC(), SHA1: r.SHA1, Hidden: r.Hidden}
	if main := r.Slots.Main; main != nil {
		out.Model = main.Model
		out.Hidden = out.Hidden || main.Hidden
		if main.SHA1 != "" {
			out.SHA1 = main.SHA1
		}
		if main.Content != nil && !main.Missing && !out.Hidden {
			out.HasText, out.Text = true, *main.Content
		}
	}
	if out.SHA1 = strings.ToLower(out.SHA1); !sha1Digits.MatchString(out.SHA1) {
		out.SHA1 = ""
	}
	return out
}
