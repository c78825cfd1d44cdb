package pipelines

import (
	"regexp"
	"testing"

	"hemicycle/extract"
	"hemicycle/load"
	"hemicycle/schemas"
)

// Whatever changes the output changes the plan. Whatever only judges the output does not.
func TestPlan(t *testing.T) {
	plan := func(change func(p *Pipeline, o *Options, s *roll)) string {
		p := mixture(1).of(load.Parquet)
		o, s := Options{Version: "1"}, &roll{name: "a", texts: []string{"x"}}
		change(p, &o, s)
		name, err := planName(p, o, [][]extract.Source{{s}})
		if err != nil {
			t.Fatal(err)
		}
		return name
	}
	as := plan(func(*Pipeline, *Options, *roll) {})
	for name, change := range map[string]func(p *Pipeline, o *Options, s *roll){
		"workers":      func(_ *Pipeline, o *Options, _ *roll) { o.Workers = 7 },
		"resume":       func(_ *Pipeline, o *Options, _ *roll) { o.Resume = true },
		"allowance":    func(p *Pipeline, _ *Options, _ *roll) { p.Allow.Errors = 3 },
		"expectations": func(p *Pipeline, _ *Options, _ *roll) { p.Sources[0].Expect = []Expectation{atLeastOne} },
	} {
		if plan(change) != as {
			t.Errorf("other %s make another plan", name)
		}
	}
	seen := map[string]string{as: "nothing"}
	for name, change := range map[string]func(p *Pipeline, o *Options, s *roll){
		"version": func(_ *Pipeline, o *Options, _ *roll) { o.Version = "2" },
		"parts":   func(_ *Pipeline, o *Options, _ *roll) { o.PartDocuments = 9 },
		"name":    func(p *Pipeline, _ *Options, _ *roll) { p.Name = "another" },
		"sinks":   func(p *Pipeline, _ *Options, _ *roll) { p.Sinks = append(p.Sinks, load.JSONLines) },
		"templates": func(p *Pipeline, _ *Options, _ *roll) {
			p.Templates = map[string]string{"A": "Infobox election"}
		},
		"checks": func(p *Pipeline, _ *Options, _ *roll) {
			p.Checks = map[string]schemas.Status{"seat-total": schemas.Note}
		},
		"name of source":  func(p *Pipeline, _ *Options, _ *roll) { p.Sources[0].Name = "another" },
		"wiki":            func(p *Pipeline, _ *Options, _ *roll) { p.Sources[0].Wiki = "frwiki" },
		"namespaces":      func(p *Pipeline, _ *Options, _ *roll) { p.Sources[0].Namespaces = []int{0, 2} },
		"titles":          func(p *Pipeline, _ *Options, _ *roll) { p.Sources[0].Titles = regexp.MustCompile("a") },
		"other titles":    func(p *Pipeline, _ *Options, _ *roll) { p.Sources[0].Titles = regexp.MustCompile("b") },
		"address":         func(_ *Pipeline, _ *Options, s *roll) { s.name = "b" },
		"state of a file": func(_ *Pipeline, _ *Options, s *roll) { s.texts = append(s.texts, "") },
	} {
		got := plan(change)
		if before, twice := seen[got]; twice {
			t.Errorf("another %s makes the plan that %s makes", name, before)
		}
		seen[got] = name
	}
}
