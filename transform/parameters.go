package transform

import (
	"cmp"
	"slices"
	"strings"

	"hemicycle/schemas"
)

// parameters numbers the names that rules read, from 1 on; other is every other name.
type parameters struct {
	number map[string]uint8
	names  []string  // by number
	ofRule [][]uint8 // by rule, the numbers of its names in their order
}

const otherParam = 0

// parametersOf is the parameters of some rules, of which there are fewer than 256.
func parametersOf(rules []Rule) *parameters {
	p := &parameters{number: map[string]uint8{}, names: []string{otherParam: ""}, ofRule: make([][]uint8, len(rules))}
	for i := range rules {
		for _, name := range rules[i].Names {
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

// boxFields is the fields of a box that count, by parameter.
type boxFields struct {
	parameters *parameters
	sorted     []*schemas.BoxField // by parameter, in the order of the box
	starts     [258]uint32         // where in sorted each parameter begins; one more ends the last
	repeated   []*schemas.BoxField // fields that a later one of the same key overrides, in the order of the box
	numbered   int                 // the most numbered fields that a parameter has
}

// group sorts fields by parameter. Of two fields with one name and number the last counts, as in
// MediaWiki.
func (p *parameters) group(fields []schemas.BoxField) boxFields {
	g := boxFields{parameters: p, sorted: make([]*schemas.BoxField, len(fields))}
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
		of := g.of(uint8(n))
		if len(of) > g.numbered && n != otherParam && of[len(of)-1].Position > 0 {
			g.numbered = len(of)
		}
		if n == otherParam && len(of) > 0 || !rising(of) {
			g.override(n)
		}
	}
	slices.SortFunc(g.repeated, func(a, b *schemas.BoxField) int { return a.Ordinal - b.Ordinal })
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
func (g *boxFields) override(n int) {
	of := g.of(uint8(n))
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
			g.repeated = append(g.repeated, f)
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

// of is the fields of one parameter that count, in the order of the box.
func (g *boxFields) of(n uint8) []*schemas.BoxField {
	of := g.sorted[g.starts[n]:g.starts[n+1]]
	for len(of) > 0 && of[len(of)-1] == nil { // taken out by override
		of = of[:len(of)-1]
	}
	return of
}

// anyOf reports whether the box has a field of one of some parameters.
func (g *boxFields) anyOf(parameters []uint8) bool {
	for _, n := range parameters {
		if len(g.of(n)) > 0 {
			return true
		}
	}
	return false
}

// named is the fields of one name that count, in the order of the box.
func (g *boxFields) named(name string) []*schemas.BoxField {
	n := g.parameters.number[name]
	of := g.of(n)
	if n != otherParam {
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
