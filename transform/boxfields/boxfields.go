// Package boxfields sorts the fields of a box by parameter, so that a rule finds those that it reads without a search.
//
// Start with NewParameters and Parameters.Group.
package boxfields

import (
	"cmp"
	"slices"
	"strings"

	"hemicycle/schemas"
)

// Parameters numbers the names that rules read, from 1 on; otherParameter is every other name.
type Parameters struct {
	number map[string]uint8
	names  []string  // by number
	ofRule [][]uint8 // by rule, the numbers of its names in their order
}

const otherParameter = 0

// NewParameters returns the parameters of some rules, each with its names. There are fewer than 256 names.
func NewParameters(rules [][]string) *Parameters {
	p := &Parameters{
		number: map[string]uint8{},
		names:  []string{otherParameter: ""},
		ofRule: make([][]uint8, len(rules)),
	}
	for i, names := range rules {
		for _, name := range names {
			n, ok := p.number[name]
			if !ok {
				n = uint8(len(p.number) + 1)
				p.number[name] = n
				p.names = append(p.names, name)
			}
			p.ofRule[i] = append(p.ofRule[i], n)
		}
	}
	return p
}

// OfRule returns the numbers of the names of the rule with an index, in their order.
func (p *Parameters) OfRule(i int) []uint8 { return p.ofRule[i] }

// Fields are the fields of a box that count, by parameter.
type Fields struct {
	Repeated []*schemas.BoxField // fields that a later one of the same key overrides, in the order of the box
	Numbered int                 // the most numbered fields that a parameter has

	parameters *Parameters
	sorted     []*schemas.BoxField // by parameter, in the order of the box
	starts     [258]uint32         // where in sorted each parameter begins; one more ends the last
}

// Group sorts fields by parameter. Of two fields with one name and number the last counts, as in MediaWiki.
func (p *Parameters) Group(fields []schemas.BoxField) Fields {
	g := Fields{parameters: p, sorted: make([]*schemas.BoxField, len(fields))}
	numbers := make([]uint8, len(fields))
	var after [256]uint8 // what followed a parameter the last time: contenders have theirs in one order
	var before uint8
	for i := range fields {
		n := after[before]
		if p.names[n] != fields[i].Name {
			n = p.number[fields[i].Name]
			after[before] = n
		}
		numbers[i], before = n, n
		g.starts[n+1]++
	}
	for n := range p.names {
		g.starts[n+1] += g.starts[n]
	}
	ends := g.starts
	for i := range fields {
		n := numbers[i]
		g.sorted[ends[n]] = &fields[i]
		ends[n]++
	}
	for n := range p.names {
		of := g.Of(uint8(n))
		if len(of) > g.Numbered && n != otherParameter && of[len(of)-1].Position > 0 {
			g.Numbered = len(of)
		}
		if n == otherParameter && len(of) > 0 || !rising(of) {
			g.override(n)
		}
	}
	slices.SortFunc(g.Repeated, func(a, b *schemas.BoxField) int { return a.Ordinal - b.Ordinal })
	return g
}

// rising reports that no number stands twice among fields of one name: in most boxes they stand in
// their order, once each.
func rising(fields []*schemas.BoxField) bool {
	for i := 1; i < len(fields); i++ {
		if fields[i].Position <= fields[i-1].Position {
			return false
		}
	}
	return true
}

// override takes the fields of a parameter that a later one overrides out of those that count.
func (g *Fields) override(n int) {
	of := g.Of(uint8(n))
	if !repeats(of) {
		return
	}
	type key struct {
		name     string
		position int
	}
	last := make(map[key]*schemas.BoxField, len(of))
	for _, f := range of {
		last[key{f.Name, f.Position}] = f
	}
	kept := of[:0]
	for _, f := range of {
		if last[key{f.Name, f.Position}] == f {
			kept = append(kept, f)
		} else {
			g.Repeated = append(g.Repeated, f)
		}
	}
	clear(of[len(kept):])
}

// repeats reports whether a name with its number stands twice among fields.
func repeats(fields []*schemas.BoxField) bool {
	order := func(a, b *schemas.BoxField) int {
		return cmp.Or(cmp.Compare(a.Position, b.Position), strings.Compare(a.Name, b.Name))
	}
	sorted := slices.Clone(fields)
	slices.SortFunc(sorted, order)
	for i := 1; i < len(sorted); i++ {
		if order(sorted[i-1], sorted[i]) == 0 {
			return true
		}
	}
	return false
}

// Of returns the fields of one parameter that count, in the order of the box.
func (g *Fields) Of(n uint8) []*schemas.BoxField {
	of := g.sorted[g.starts[n]:g.starts[n+1]]
	for len(of) > 0 && of[len(of)-1] == nil { // taken out by override
		of = of[:len(of)-1]
	}
	return of
}

// AnyOf reports whether the box has a field of one of some parameters.
func (g *Fields) AnyOf(parameters []uint8) bool {
	for _, n := range parameters {
		if len(g.Of(n)) > 0 {
			return true
		}
	}
	return false
}

// Named returns the fields of one name that count, in the order of the box.
func (g *Fields) Named(name string) []*schemas.BoxField {
	n := g.parameters.number[name]
	of := g.Of(n)
	if n != otherParameter {
		return of
	}
	var found []*schemas.BoxField
	for _, f := range of {
		if f.Name == name {
			found = append(found, f)
		}
	}
	return found
}
