package extract

import (
	"context"
	"testing"

	"hemicycle/extract/extracttest"
	"hemicycle/schemas"
)

func TestReaderOfWiki(t *testing.T) {
	const text = "= 2007 election? in Côte d'Ivoire =\nInfobox\n- Seats1: 5\n"
	sources, err := Open(nil, []string{extracttest.WriteFile(t, "a.txt", []byte(text))})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ wiki, lang, url, identity string }{
		{
			wiki: "enwiki", lang: "en", url: "https://en.wikipedia.org/wiki/2007_election%3F_in_C%C3%B4te_d%27Ivoire",
			identity: "enwiki:2007 election? in Côte d'Ivoire",
		},
		{
			wiki: "zh_min_nanwiki", lang: "zh-min-nan",
			url:      "https://zh-min-nan.wikipedia.org/wiki/2007_election%3F_in_C%C3%B4te_d%27Ivoire",
			identity: "zh_min_nanwiki:2007 election? in Côte d'Ivoire",
		},
	} {
		for event, err := range sources[0].Events(context.Background()) {
			d := event.Document
			if err == nil {
				err = NewReader(Options{Wiki: c.wiki}).Read(d)
			}
			if err != nil {
				t.Fatal(err)
			}
			if d.Wiki != c.wiki || d.Lang != c.lang || d.PageURL != c.url || d.Identity() != c.identity {
				t.Errorf("%s: lang %s, url %s, identity %s", d.Wiki, d.Lang, d.PageURL, d.Identity())
			}
		}
	}
	d := &schemas.Document{Title: "A", Wiki: "elsewhere"}
	if setLanguageAndURL(d); d.PageURL != "" || d.Lang != "" {
		t.Errorf("a wiki that is no Wikipedia has the address %q", d.PageURL)
	}
}
