package classification

import (
	"slices"

	"hemicycle/schemas"
	"hemicycle/transform/places"
	"hemicycle/transform/values"
)

// firstYears are the years before which the name of a country meant another one, or a part of another one.
var firstYears = map[string]int{
	"IRL": 1922, "CHN": 1949, "TWN": 1949, "KOR": 1948, "PRK": 1948, "VNM": 1976, "PAK": 1947, "POL": 1918, "HUN": 1918,
	"AUT": 1918, "YEM": 1990, "PSE": 1994,
}

// firstParts is the year before which most parts of countries were no parts, or others, such as Galicia in Austria.
// oldParts are the countries whose parts are as old as their elections.
const firstParts = 1900

var oldParts = []string{"USA", "CAN", "AUS", "GBR"}

// ofToday returns places without those whose names meant other places at the time.
func (x *evidence) ofToday(found []places.Place) []places.Place {
	isEarlier := func(p places.Place) bool {
		isOldPart := p.Scope == places.Part && x.year < firstParts && !slices.Contains(oldParts, p.Code)
		return x.year > 0 && (x.year < firstYears[p.Code] || isOldPart)
	}
	if !slices.ContainsFunc(found, isEarlier) {
		return found
	}
	return slices.DeleteFunc(slices.Clone(found), isEarlier)
}

// placeCandidates are the places that the signs leave possible.
type placeCandidates struct {
	found []places.Place
	basis schemas.Basis
}

// codes returns the different codes of places.
func codes(found []places.Place) (all []string) {
	for _, p := range found {
		if !slices.Contains(all, p.Code) {
			all = append(all, p.Code)
		}
	}
	return all
}

// add takes the places that one more sign names. It matters if no sign before named a place, or several.
func (c *placeCandidates) add(found []places.Place, basis schemas.Basis) {
	switch {
	case len(found) == 0:
	case c.found == nil:
		c.found, c.basis = found, basis
	case len(codes(c.found)) > 1:
		common := slices.DeleteFunc(slices.Clone(c.found), func(p places.Place) bool {
			return !slices.Contains(codes(found), p.Code)
		})
		if len(common) > 0 {
			c.found, c.basis = common, basis
		}
	}
}

// readPlace finds the country: the flag's label, else the name, the label of an outer box, or the title.
func (x *evidence) readPlace() {
	var c placeCandidates
	c.add(x.label, schemas.BasisLabel)
	for _, t := range x.texts {
		if t.basis == schemas.BasisTitle && c.found == nil {
			c.add(x.ofToday(x.outerLabel()), schemas.BasisOuterBox)
		}
		c.add(t.Qualifier, t.basis)
		c.add(t.Tail, t.basis)
		c.add(t.Head, t.basis)
	}
	if len(x.texts) == 0 || x.texts[len(x.texts)-1].basis != schemas.BasisTitle {
		c.add(x.ofToday(x.outerLabel()), schemas.BasisOuterBox)
	}
	x.chooseByKind(&c)
	if len(codes(c.found)) != 1 {
		return
	}
	p := c.found[0]
	if p.Code == "" || x.contradicts(p) {
		return
	}
	x.place = p
	x.c.Country = schemas.Classified{Value: p.Code, Basis: c.basis}
	isOther := func(o places.Place) bool { return o.Subdivision != p.Subdivision }
	if slices.ContainsFunc(c.found, isOther) { // two places of one country
		x.place = places.Place{Code: p.Code}
	}
}

// outerLabel returns the places that the flag of the nearest outer box with a label names.
func (x *evidence) outerLabel() []places.Place {
	for _, b := range x.outerBoxes() {
		for i := range b.Fields {
			f := &b.Fields[i]
			if f.Name == "country" && f.Position == 0 && !values.IsNameless(f.Text) {
				return places.OfLabel(f.Text, x.d.Lang)
			}
		}
	}
	return nil
}

// outerBoxes returns the boxes around the box, the nearest first.
func (x *evidence) outerBoxes() (outer []*schemas.Infobox) {
	for parent := x.box.Parent; parent > 0 && parent <= len(x.d.Boxes) && len(outer) < maxDepth; {
		b := &x.d.Boxes[parent-1]
		outer = append(outer, b)
		if b.Parent >= parent {
			break
		}
		parent = b.Parent
	}
	return outer
}

// chooseByKind takes the state of Georgia where the kind is one that only a state of the United States has.
func (x *evidence) chooseByKind(c *placeCandidates) {
	if len(codes(c.found)) < 2 {
		return
	}
	isOfState := slices.ContainsFunc(x.texts, func(t classifiedText) bool {
		return t.Has("gubernatorial", "congressional", "house of representatives", "senate", "attorney general",
			"secretary of state")
	})
	if !isOfState {
		return
	}
	for _, p := range c.found {
		if p.Code == "USA" {
			c.found, c.basis = []places.Place{p}, x.texts[len(x.texts)-1].basis
			return
		}
	}
}

// contradicts reports whether the title names another country than the one chosen. A territory is no other country.
func (x *evidence) contradicts(p places.Place) bool {
	for _, t := range x.texts {
		for _, named := range [][]places.Place{t.Head, t.Tail} {
			all := codes(named)
			if len(all) != 1 || all[0] == p.Code {
				continue
			}
			if named[0].Scope != places.Territory && p.Scope != places.Territory && all[0] != "" {
				x.conflict = &Conflict{Box: p.Code, Title: all[0]}
				return true
			}
		}
	}
	return false
}

// readSubdivision finds the part of the country: that of the place chosen, else the one that the name or title names.
func (x *evidence) readSubdivision() {
	if x.place.Code == "" {
		return
	}
	if x.place.Subdivision != "" {
		x.c.Subdivision = schemas.Classified{Value: x.place.Subdivision, Basis: x.c.Country.Basis}
		return
	}
	for _, t := range x.texts {
		for _, named := range [][]places.Place{t.Tail, t.Head, t.Qualifier} {
			of := slices.DeleteFunc(slices.Clone(named), func(p places.Place) bool { return p.Code != x.place.Code })
			isOne := len(of) == 1 || len(of) == 2 && of[0].Subdivision == of[1].Subdivision
			if isOne && of[0].Subdivision != "" {
				x.c.Subdivision = schemas.Classified{Value: of[0].Subdivision, Basis: t.basis}
				return
			}
		}
	}
}
