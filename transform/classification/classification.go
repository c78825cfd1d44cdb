// Package classification finds out where an election is held, for which body, and of what kind it is. It weighs what
// the labels of a box, its phrase on seats and the title of its page say, and concludes nothing from one sign where
// another contradicts it.
//
// Start with Of.
package classification

import (
	"slices"

	"hemicycle/schemas"
	"hemicycle/schemas/contest"
	"hemicycle/transform/kinds"
	"hemicycle/transform/places"
)

// maxDepth bounds the outer boxes of a box that are asked. Boxes are four deep in the wild.
const maxDepth = 8

// evidence is what speaks of what an election is, and what was made of it so far.
type evidence struct {
	d        *schemas.Document
	box      *schemas.Infobox
	e        *schemas.Election
	chambers int // that the phrase on seats names
	c        schemas.Classification
	year     int
	label    []places.Place // that the flag's label names
	// texts are what the name in the box and the title of the page say, in this order.
	texts []classifiedText
	// place is the place that was chosen.
	place places.Place
	// conflict is what two signs say of the country, if they contradict each other.
	conflict *Conflict
}

// classifiedText is a name or a title with its basis.
type classifiedText struct {
	kinds.Title
	text  string
	basis schemas.Basis
}

// Conflict is a country that the label or the name in a box says, and another one that its name or the title says.
// Neither is taken.
type Conflict struct{ Box, Title string }

// Of returns what an election is, once its box is read, and a conflict if there is one. phraseChambers is how many
// chambers its phrase on seats names with seats of each, 0 for one.
func Of(d *schemas.Document, box *schemas.Infobox, e *schemas.Election, phraseChambers int) (
	schemas.Classification, *Conflict) {
	x := &evidence{d: d, box: box, e: e, chambers: phraseChambers, year: e.Date.Year}
	x.label = places.OfLabel(e.Country, d.Lang)
	lang := d.Lang
	if e.Name != "" {
		x.texts = append(x.texts, classifiedText{kinds.Read(e.Name, lang), e.Name, schemas.BasisLabel})
	}
	if title := d.Title; title != "" && title != e.Name {
		x.texts = append(x.texts, classifiedText{kinds.Read(title, lang), title, schemas.BasisTitle})
	}
	for _, t := range x.texts {
		if x.year == 0 {
			x.year = t.Year
		}
	}
	x.label = x.ofToday(x.label)
	for i := range x.texts {
		t := &x.texts[i]
		t.Head, t.Tail, t.Qualifier = x.ofToday(t.Head), x.ofToday(t.Tail), x.ofToday(t.Qualifier)
	}
	x.readKind()
	x.readPlace()
	if x.conflict == nil {
		x.readSubdivision()
		x.readLevel()
		x.readChamber()
	}
	return x.c, x.conflict
}

// readKind finds the kind: what the name or the title says, since a type of presidential or parliamentary chooses how a
// box looks and is given to mayors and by-elections too; else the type, the phrase on seats or the template.
func (x *evidence) readKind() {
	e, isGeneral, general := x.e, false, schemas.Basis("")
	for _, t := range x.texts {
		if t.Kind == kinds.None {
			return
		}
		if t.Kind != "" {
			x.c.Kind = schemas.Classified{Value: t.Kind, Basis: t.basis}
			return
		}
		if t.IsGeneral && !isGeneral {
			isGeneral, general = true, t.basis
		}
	}
	ofType := kinds.Read(e.Type, x.d.Lang)
	if ofType.Kind == contest.Presidential && !isGeneral && x.namesElection() {
		ofType.Kind = "" // it may be that of a rector, or of a president of a borough
	}
	switch {
	case x.isOfManyBodies():
	case isGeneral && e.IsWrapper:
		x.c.Kind = schemas.Classified{Value: contest.General, Basis: general}
	case ofType.Kind != "":
		x.c.Kind = schemas.Classified{Value: ofType.Kind, Basis: schemas.BasisLabel}
	case e.IsWrapper:
	case e.Chamber != "" || e.SeatsTotal != nil && e.SeatsSum() != nil:
		x.c.Kind = schemas.Classified{Value: contest.Legislative, Basis: schemas.BasisPhrase}
	case e.Template == schemas.LegislativeBox && len(e.Contenders) > 0:
		x.c.Kind = schemas.Classified{Value: contest.Legislative, Basis: schemas.BasisTemplate}
	}
}

// namesElection reports whether the name or the title is that of an election, so that its words say of which kind.
func (x *evidence) namesElection() bool {
	return x.isEnglish() && slices.ContainsFunc(x.texts, func(t classifiedText) bool {
		return t.Has("election", "elections")
	})
}

// isOfManyBodies reports whether the parts of a country vote for bodies of their own, whose kind depends on the
// country: regional elections can be those of councils, of governors or of both.
func (x *evidence) isOfManyBodies() bool {
	return slices.ContainsFunc(x.texts, func(t classifiedText) bool {
		isOfCountry := len(t.Head) > 0 && t.Head[0].Scope == places.Country
		return t.IsOfDepartments() || t.IsOfParts() && isOfCountry
	})
}
