package extract

import (
	"errors"
	"strings"
	"testing"

	"hemicycle/extract/document"
	"hemicycle/schemas"
)

// Two texts without a title have different identities, whether a document is made of them or only its text is set.
func TestTextsHaveIdentities(t *testing.T) {
	texts := []string{"{{Infobox election|seats1=5}}", "{{Infobox election|seats1=6}}"}
	identities := map[string]string{}
	for _, text := range texts {
		made, err := NewDocument("memory", []byte(text), DocumentOptions{})
		if err != nil {
			t.Fatal(err)
		}
		bare := &schemas.Document{Text: text}
		for _, d := range []*schemas.Document{made, bare} {
			if err := Read(d); err != nil {
				t.Fatal(err)
			}
			if len(d.SHA256) != 64 || d.Bytes != int64(len(text)) {
				t.Errorf("%s: %d bytes, digest %q", text, d.Bytes, d.SHA256)
			}
		}
		if made.Identity() != bare.Identity() {
			t.Errorf("%s is %s if it is made, and %s if its text is set", text, made.Identity(), bare.Identity())
		}
		if other, ok := identities[made.Identity()]; ok {
			t.Errorf("%s and %s have the identity %s", text, other, made.Identity())
		}
		identities[made.Identity()] = text
	}
	unknown := &schemas.Document{Text: "nothing that is known"}
	if err := Read(unknown); err == nil || unknown.SHA256 == "" {
		t.Errorf("a text of no format has the digest %q: %v", unknown.SHA256, err)
	}
	given := &schemas.Document{Text: texts[0], SHA256: "given"}
	if err := Read(given); err != nil || given.SHA256 != "given" {
		t.Errorf("a digest that is given becomes %q: %v", given.SHA256, err)
	}
}

// What the caller knows of a page is in the document, in whatever format the page is.
func TestNewDocumentOptions(t *testing.T) {
	options := DocumentOptions{Title: "Given title", Wiki: "frwiki"}
	for format, text := range map[string]string{
		"text":     "= Title of the text =\nInfobox\n- Seats1: 5\n",
		"wikitext": "{{Infobox election|seats1=5}}",
		"html":     "<html><head><title>Title of the text</title></head><body>" + legislativeTable,
	} {
		d, err := NewDocument("memory", []byte(text), options)
		if err == nil {
			err = Read(d)
		}
		if err != nil {
			t.Fatalf("%s: %v", format, err)
		}
		if d.Format != format || len(d.Boxes) != 1 || len(d.Prose) != 0 {
			t.Errorf("%s is read as %s, with %d boxes and %d paragraphs", format, d.Format, len(d.Boxes), len(d.Prose))
		}
		if d.URI != "memory" || d.Identity() != "frwiki:Given title" {
			t.Errorf("%s: %s has the identity %s", format, d.URI, d.Identity())
		}
		if want := "https://fr.wikipedia.org/wiki/Given_title"; d.PageURL != want {
			t.Errorf("%s: the address is %s, expected %s", format, d.PageURL, want)
		}
	}
	// A page that names its wiki is of that wiki.
	const script = `<html><script>{"wgDBname":"dewiki"}</script>`
	d, err := NewDocument("memory", []byte(script), options)
	if err == nil {
		err = Read(d)
	}
	if err != nil || d.Wiki != "dewiki" {
		t.Errorf("the wiki is %s: %v", d.Wiki, err)
	}
}

func TestNewDocumentRefuses(t *testing.T) {
	for _, c := range []struct{ name, content, reason string }{
		{"nothing", " \n", schemas.ReasonEmpty},
		{"binary data", "a\x00b", schemas.ReasonNotText},
		{"more than any page", strings.Repeat("x", document.MaxBytes+1), schemas.ReasonTooLarge},
	} {
		d, err := NewDocument("memory", []byte(c.content), DocumentOptions{})
		if u := new(document.Unreadable); d != nil || !errors.As(err, &u) || u.Reason != c.reason {
			t.Errorf("%s: got %v, %v; expected %s", c.name, d, err, c.reason)
		}
	}
	if _, err := NewDocument("memory", []byte(strings.Repeat("x", document.MaxBytes)), DocumentOptions{}); err != nil {
		t.Errorf("the largest page: %v", err)
	}
}
