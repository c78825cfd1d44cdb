package apiresponse

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"hemicycle/extract/document"
	"hemicycle/schemas"
)

// responseReader walks a response value by value, so that no more than one page is held at a time.
type responseReader struct {
	source  *Source
	decoder *json.Decoder
	yield   func(schemas.Event, error) bool
}

// text is a text of either version of the format: a string, or an object whose only key is an asterisk.
type text struct {
	set   bool
	value string
}

func (t *text) UnmarshalJSON(b []byte) error {
	t.set = true
	if len(b) > 0 && b[0] == '{' {
		var old struct {
			Text string `json:"*"`
		}
		err := json.Unmarshal(b, &old)
		t.value = old.Text
		return err
	}
	return json.Unmarshal(b, &t.value)
}

// slot is the content of a revision.
type slot struct {
	ContentModel string `json:"contentmodel"`
	Content      *text  `json:"content"` // version 2
	Old          *text  `json:"*"`       // version 1
}

type revision struct {
	slot
	RevID     int64           `json:"revid"`
	Timestamp time.Time       `json:"timestamp"`
	Slots     map[string]slot `json:"slots"`
}

// queriedPage is one page of action=query.
type queriedPage struct {
	PageID       *int64          `json:"pageid"`
	Title        string          `json:"title"`
	Missing      json.RawMessage `json:"missing"`
	Invalid      json.RawMessage `json:"invalid"`
	Language     string          `json:"pagelanguage"`
	CanonicalURL string          `json:"canonicalurl"`
	Revisions    []revision      `json:"revisions"`
	Properties   struct {
		Item string `json:"wikibase_item"`
	} `json:"pageprops"`
}

// parsedPage is the page of action=parse.
type parsedPage struct {
	PageID   *int64 `json:"pageid"`
	RevID    *int64 `json:"revid"`
	Title    string `json:"title"`
	Text     text   `json:"text"`
	Wikitext text   `json:"wikitext"`
}

// apiError is what the API answers in the place of pages.
type apiError struct {
	Code string `json:"code"`
	Info string `json:"info"`
}

// response reads the object of the response, key by key.
func (r *responseReader) response(ctx context.Context) error {
	return r.object(func(key string) error {
		switch key {
		case "query":
			return r.object(func(key string) error {
				if key == "pages" {
					return r.queriedPages(ctx)
				}
				return r.skip()
			})
		case "parse":
			var p parsedPage
			if err := r.decoder.Decode(&p); err != nil {
				return err
			}
			return r.parsed(&p)
		case "error":
			var e apiError
			if err := r.decoder.Decode(&e); err != nil {
				return err
			}
			return r.document(&schemas.Document{}, &document.Unreadable{
				Reason: schemas.ReasonUnreadable, Offset: -1,
				Detail: fmt.Sprintf("the API answered with the error %q: %s; ask it again", e.Code, e.Info),
			})
		case "continue":
			if err := r.skip(); err != nil {
				return err
			}
			return r.document(&schemas.Document{}, &document.Unreadable{
				Reason: schemas.ReasonCutShort, Offset: -1,
				Detail: "the response is one of several: it says how the query continues; fetch what follows as well",
			})
		}
		return r.skip()
	})
}

// object reads an object, and calls each at the value of every key.
func (r *responseReader) object(each func(key string) error) error {
	t, err := r.decoder.Token()
	if err != nil {
		return err
	}
	if t != json.Delim('{') {
		return fmt.Errorf("expected an object of the API, found %v", t)
	}
	for r.decoder.More() {
		key, err := r.decoder.Token()
		if err != nil {
			return err
		}
		name, _ := key.(string) // a key is a text
		if err := each(name); err != nil {
			return err
		}
	}
	_, err = r.decoder.Token()
	return err
}

// skip passes over a value.
func (r *responseReader) skip() error {
	var value json.RawMessage
	return r.decoder.Decode(&value)
}

// queriedPages reads the pages of a query: an array, or in version 1 an object by page id.
func (r *responseReader) queriedPages(ctx context.Context) error {
	t, err := r.decoder.Token()
	if err != nil {
		return err
	}
	byID := t == json.Delim('{')
	if !byID && t != json.Delim('[') {
		return fmt.Errorf("expected the pages of a query, found %v", t)
	}
	for r.decoder.More() {
		if err := ctx.Err(); err != nil {
			return stopped{}
		}
		if byID {
			if _, err := r.decoder.Token(); err != nil {
				return err
			}
		}
		var p queriedPage
		if err := r.decoder.Decode(&p); err != nil {
			return err
		}
		if err := r.queried(&p); err != nil {
			return err
		}
	}
	_, err = r.decoder.Token()
	return err
}

// queried yields one page of a query: its last revision.
func (r *responseReader) queried(p *queriedPage) error {
	d := &schemas.Document{
		Title: p.Title, PageID: p.PageID, Lang: p.Language, PageURL: document.WebAddress(p.CanonicalURL),
		WikidataQID: p.Properties.Item,
		Format:      "wikitext",
	}
	refuse := func(reason, detail string) error {
		return r.document(d, &document.Unreadable{Reason: reason, Detail: detail, Offset: -1})
	}
	switch {
	case p.Missing != nil:
		return refuse(schemas.ReasonMissing, "the wiki has no page of this title")
	case p.Invalid != nil:
		return refuse(schemas.ReasonMissing, "the wiki says that no page can have this title")
	case len(p.Revisions) == 0:
		return refuse(schemas.ReasonMissing, "the response has no revision of the page: ask for prop=revisions with "+
			"rvprop=content")
	}
	v := &p.Revisions[0]
	main := v.slot
	if s, ok := v.Slots["main"]; ok {
		main = s
	}
	if v.RevID != 0 {
		d.RevisionID = &v.RevID
	}
	d.RevisionTimestamp = v.Timestamp.UTC()
	content := main.Content
	if content == nil {
		content = main.Old
	}
	switch {
	case main.ContentModel != "" && main.ContentModel != "wikitext":
		return refuse(schemas.ReasonUnknownFormat, fmt.Sprintf("the page is of the content model %q: expected wikitext",
			main.ContentModel))
	case content == nil:
		return refuse(schemas.ReasonMissing, "the response has no text of the revision: ask for rvprop=content, or the "+
			"text is hidden")
	}
	return r.decoded(d, content.value)
}

// parsed yields the page of action=parse: its source if the response has it, else what MediaWiki made of it.
func (r *responseReader) parsed(p *parsedPage) error {
	d := &schemas.Document{Title: p.Title, PageID: p.PageID, RevisionID: p.RevID, Format: "html"}
	if p.PageID != nil && *p.PageID == 0 { // the text was sent with the query, and is no page's
		d.PageID, d.RevisionID = nil, nil
	}
	content := p.Text
	if p.Wikitext.set {
		d.Format, content = "wikitext", p.Wikitext
	}
	if !content.set {
		return r.document(d, &document.Unreadable{
			Reason: schemas.ReasonMissing, Offset: -1, Detail: "the response has no text of the page: ask for prop=text or " +
				"prop=wikitext",
		})
	}
	return r.decoded(d, content.value)
}

// decoded yields a document with its text.
func (r *responseReader) decoded(d *schemas.Document, content string) error {
	return r.document(d, document.Decode(d, []byte(content)))
}

// document yields a document, or why it cannot be read.
func (r *responseReader) document(d *schemas.Document, err error) error {
	d.URI = r.source.URI()
	r.source.account.Documents++
	if !r.yield(schemas.Event{Document: d}, err) {
		return stopped{}
	}
	return nil
}
