package transform

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"hemicycle/schemas"
	"hemicycle/transform/classification"
	"hemicycle/transform/events"
	"hemicycle/transform/linkednames"
	"hemicycle/transform/rowkinds"
	"hemicycle/transform/shares"
	"hemicycle/transform/values"
)

// Rule fills values of an election from the fields of a box that have one of its names.
type Rule struct {
	ID               string
	Meaning          string
	Names            []string // parameter names; where several give a value, the first of them counts
	Numbered         bool     // the parameter is numbered, one for each contender
	OneTargetPerName bool     // each name has a value of its own; fill says its column
	Synonyms         bool     // the names mean one thing, so that two values of one box contradict each other
	Columns          []string // all that it can fill, as table.column; the first, unless fill says others
	fill             func(r *boxReading, f *schemas.BoxField) bool
}

// apply reads every field that is the rule's. A field that fill makes nothing of keeps no target, and
// the next name has its turn.
func (rule *Rule) apply(r *boxReading, parameters []uint8) {
	var filled map[int]bool // by number; only a rule of several names has to know
	for i, n := range parameters {
		fields := r.Of(n)
		for _, f := range fields {
			if (f.Position > 0) != rule.Numbered || len(f.Targets) > 0 ||
				filled[f.Position] && !rule.OneTargetPerName {
				continue
			}
			if rule.fill(r, f) {
				if len(f.Targets) == 0 {
					f.Targets = rule.Columns[:1:1]
				}
				if !rule.OneTargetPerName && r.AnyOf(parameters[i+1:]) {
					if filled == nil {
						filled = make(map[int]bool, len(fields))
					}
					filled[f.Position] = true
				}
			}
		}
	}
}

// reads reports whether a field of that name is the rule's.
func (rule *Rule) reads(f *schemas.BoxField) bool {
	return (f.Position > 0) == rule.Numbered && slices.Contains(rule.Names, f.Name)
}

// addProblem notes what could not be made of a field, for a check to report.
func (r *boxReading) addProblem(check *Check, f *schemas.BoxField, expected, message string) {
	r.problems = append(r.problems, fieldProblem{check.ID, f, expected, message})
}

// addDifference notes that a field states the value of a column otherwise than the one that counts.
func (r *boxReading) addDifference(f *schemas.BoxField, value string, counted *schemas.BoxField, countedValue string) {
	r.problems = append(r.problems, fieldProblem{
		check: duplicateFieldID, field: f, expected: countedValue,
		message: fmt.Sprintf("%s, on line %d, states %s, and %s states %s; the former counts, and the latter is left out",
			counted.Key, counted.Line, countedValue, f.Key, value),
	})
}

// addShareDifference notes a share in percent, or points, that is none that the other could be when it is rounded.
func (r *boxReading) addShareDifference(f *schemas.BoxField, share *decimal.Decimal,
	counted *schemas.BoxField, countedShare *decimal.Decimal) {
	if f != nil && counted != nil && share != nil && countedShare != nil && !values.Agree(*share, *countedShare) {
		r.addDifference(f, schemas.FormatDecimal(*share), counted, schemas.FormatDecimal(*countedShare))
	}
}

// addCountDifference notes a count that is another one than the one that counts.
func (r *boxReading) addCountDifference(f *schemas.BoxField, n *int64, counted *schemas.BoxField, countedN *int64) {
	if f != nil && counted != nil && n != nil && countedN != nil && *n != *countedN {
		r.addDifference(f, formatInt(*n), counted, formatInt(*countedN))
	}
}

// fieldFilling returns the field that filled a column, also beside another one, of a contender if position is above 0.
// It returns nil if there is none.
func (r *boxReading) fieldFilling(column string, position int) *schemas.BoxField {
	for i := range r.e.Fields {
		if f := &r.e.Fields[i]; f.Position == position && slices.Contains(f.Targets, column) {
			return f
		}
	}
	return nil
}

// unreadable notes a problem of a reader; it reports whether there was one.
func (r *boxReading) unreadable(f *schemas.BoxField, problem string) bool {
	if problem == "" {
		return false
	}
	check := &unreadableValueCheck
	switch {
	case values.IsAmbiguous(problem):
		check = &ambiguousValueCheck
	case values.IsInexact(problem):
		check = &inexactValueCheck
	}
	r.addProblem(check, f, "", problem)
	return true
}

// pageOf is the page that a field on a neighbour leads to: that of its link, or its text in Infobox
// election, where the field is a page's title.
func (r *boxReading) pageOf(f *schemas.BoxField) string {
	isYear := f.Name == "previous_year" || f.Name == "next_year"
	isTitle := r.e.Template == schemas.GeneralBox && isBareName(f) && !isYear
	switch {
	case f.Page != "":
		return f.Page
	case isTitle && !values.IsNameless(f.Text):
		return r.e.Document.CanonicalTitle(f.Text)
	}
	return ""
}

// names returns the parties or the leaders that a field names: those of its links, or one with a page.
func (r *boxReading) names(f *schemas.BoxField, page, basis string) []schemas.LinkedName {
	if several := linkednames.Split(f.Text, f.Links); several != nil {
		return several
	}
	if page == "" {
		basis = ""
	}
	if len(r.linkedNames) == cap(r.linkedNames) {
		r.linkedNames = make([]schemas.LinkedName, 0, max(4, 2*len(r.e.Contenders)))
	}
	n := len(r.linkedNames)
	r.linkedNames = append(r.linkedNames, schemas.LinkedName{Name: f.Text, Page: page, PageBasis: basis})
	return r.linkedNames[n : n+1 : n+1]
}

// isBareName reports whether a field is a name without markup, of which a template makes a link. The label of a link to
// no article, and what another template shows, is none.
func isBareName(f *schemas.BoxField) bool {
	hasMarkup := strings.Contains(f.Raw, "[[") || strings.Contains(f.Raw, "{{")
	isFollowed := strings.HasPrefix(f.Raw, f.Text) && !strings.ContainsAny(f.Text, "[{") // by a footnote
	return f.Path == "" && (!hasMarkup || isFollowed)
}

// label takes a text as the page shows it; a lone dash says that there is none.
func (r *boxReading) label(to *string, f *schemas.BoxField) bool {
	if values.IsNameless(f.Text) {
		return f.Text != ""
	}
	*to = f.Text
	return true
}

// count reads a count into a column that holds up to max.
func (r *boxReading) count(to **int64, f *schemas.BoxField, max int64) bool {
	if n, ok := values.PlainCount(f.Text); ok && n <= max {
		*to = r.number(n)
		return true
	}
	if text, ok := r.exact(f); ok {
		n, problem := values.ReadCount(text, max)
		r.unreadable(f, problem)
		*to = n
	}
	return f.Text != ""
}

// votes reads a number of votes or voters into a column.
func (r *boxReading) votes(to **int64, f *schemas.BoxField) (share *decimal.Decimal) {
	if n, ok := values.PlainCount(f.Text); ok {
		*to = r.number(n)
		return nil
	}
	text, ok := r.exact(f)
	if !ok {
		return nil
	}
	n, share, problem := values.ReadVotes(text)
	r.unreadable(f, problem)
	*to = n
	return share
}

// exact returns the text of a field without the words that make its figure a guess, and notes them. ok is false if the
// figure is a bound, which gives no value.
func (r *boxReading) exact(f *schemas.BoxField) (text string, ok bool) {
	text, problem, ok := values.CutInexact(f.Text)
	r.unreadable(f, problem)
	return text, ok
}

// number is where a number is kept: contenders have many, so their room is taken in larger pieces.
func (r *boxReading) number(n int64) *int64 {
	if len(r.counts) == cap(r.counts) {
		r.counts = make([]int64, 0, max(8, 4*len(r.e.Contenders)))
	}
	r.counts = append(r.counts, n)
	return &r.counts[len(r.counts)-1]
}

// share is where a share is kept, in pieces as numbers are.
func (r *boxReading) share(d decimal.Decimal) *decimal.Decimal {
	if len(r.shares) == cap(r.shares) {
		r.shares = make([]decimal.Decimal, 0, max(4, len(r.e.Contenders)))
	}
	r.shares = append(r.shares, d)
	return &r.shares[len(r.shares)-1]
}

// fact is where a yes or no is kept, which nobody changes.
func (r *boxReading) fact(yes bool) *bool {
	if r.facts == nil {
		r.facts = &[2]bool{false, true}
	}
	if yes {
		return &r.facts[1]
	}
	return &r.facts[0]
}

// newcomer takes a change that says that the contender is new.
func (r *boxReading) newcomer(f *schemas.BoxField) bool {
	if !values.IsNewcomer(f.Text) {
		return false
	}
	r.newFields = append(r.newFields, f)
	r.e.EnsureContender(f.Position).IsNew, f.Targets = r.fact(true), []string{"results.is_new"}
	return true
}

// signedChange reads a change, and notes one whose sign cannot be told.
func signedChange[T any](
	r *boxReading, f *schemas.BoxField, what string, read func(string) (change *T, unsigned bool, problem string),
) *T {
	text, ok := r.exact(f)
	if !ok {
		return nil
	}
	change, unsigned, problem := read(text)
	r.unreadable(f, problem)
	if unsigned {
		r.addProblem(&unsignedChangeCheck, f, "",
			"whether "+what+" rose or fell by "+f.Text+" cannot be told: write + or − before it")
	}
	return change
}

// finish computes what rests on several fields.
func (r *boxReading) finish() {
	for i := range r.e.Contenders {
		c := &r.e.Contenders[i]
		if c.Kind == "" {
			c.Kind = schemas.KindParty
		}
		if c.Kind == schemas.KindParty {
			c.Name, c.Page = c.Party, c.PartyPage
		}
		if kind := rowkinds.Of(c.Name); kind != "" {
			c.Kind = kind
		}
		c.IsIndependent = rowkinds.IsIndependent(c.Name) ||
			c.Kind == schemas.KindCandidate && rowkinds.IsIndependent(c.Party)
		isNoParty := func(name schemas.LinkedName) bool { return !c.Competes() || rowkinds.IsIndependent(name.Name) }
		if slices.ContainsFunc(c.Parties, isNoParty) {
			c.Parties = slices.DeleteFunc(slices.Clone(c.Parties), isNoParty)
		}
	}
	r.computeSeatsBasis()
	r.computeSeatChanges()
	r.finishRounds()
	r.computePreviousShares()
	r.electorates = shares.ListsOf(r.e)
	r.fractions = shares.FractionsOf(r.e, r.isWrittenAsPercentage())
	r.e.IsWrapper, r.e.FullName = events.IsWrapper(r.d, r.e), events.FullName(r.d, r.e)
	r.e.Classification, r.countries = classification.Of(r.d, r.box, r.e, len(r.chambers))
}

// isWrittenAsPercentage returns a function that reports whether the box writes the share of a contender as a
// percentage: 0.5%. A share that stands beside votes always is.
func (r *boxReading) isWrittenAsPercentage() func(*schemas.Contender) bool {
	var bare map[int]bool // the numbers of the contenders whose share is a figure alone
	return func(c *schemas.Contender) bool {
		if bare == nil {
			bare = map[int]bool{}
			for i := range r.e.Fields {
				if f := &r.e.Fields[i]; f.Target() == "results.vote_pct" && !values.HasPercentSign(f.Text) {
					bare[f.Position] = true
				}
			}
		}
		return !bare[c.Position]
	}
}
