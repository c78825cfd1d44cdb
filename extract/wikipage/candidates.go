package wikipage

import (
	"slices"
	"strings"

	"hemicycle/extract/boxnames"
	"hemicycle/extract/wikitext"
	"hemicycle/schemas"
)

// This file looks on a page without an election box for a template that can be one: the box under a name that is not
// known.

// The numbered parameters that say who stands, and what he or she got. A candidate has one of each.
var (
	standingParameters = []string{"party", "candidate", "nominee", "leader", "alliance"}
	figureParameters   = []string{
		"seats", "percentage", "popular_vote", "votes", "last_election", "swing", "seat_change",
	}
)

// minCandidateParameters is the number of different parameters of election boxes that a candidate has.
const minCandidateParameters = 3

// maxCandidates bounds the candidates of a page.
const maxCandidates = 5

// otherElectionTemplates are the beginnings of the names of templates that have the parameters of an election box and
// are tables of results below it. Source: https://en.wikipedia.org/wiki/Category:Election_result_templates.
var otherElectionTemplates = []string{"Election results", "Election box", "Election summary", "Election table"}

// mayHaveCandidate reports whether candidates are asked for and a text has a first contender with a figure. Most pages
// have none, and need not be parsed.
func (r *Reader) mayHaveCandidate(text string) bool {
	if !r.options.Candidates {
		return false
	}
	has := func(name string) bool { return strings.Contains(text, name+"1") }
	return slices.ContainsFunc(figureParameters, has) && slices.ContainsFunc(standingParameters, has)
}

// findCandidates looks through nodes for candidates.
func (r *pageReader) findCandidates(nodes []wikitext.Node) {
	for i := range nodes {
		n := &nodes[i]
		if len(r.d.Candidates) >= maxCandidates {
			return
		}
		if n.Kind == wikitext.Template && r.isCandidate(n) {
			name := templateName(r.tree, r.d.Text, n)
			isKept := slices.ContainsFunc(r.d.Candidates, func(c schemas.Candidate) bool { return c.Name == name })
			if !isKept {
				r.d.Candidates = append(r.d.Candidates, schemas.Candidate{Name: name, Line: r.lines.At(n.Start), Offset: n.Start})
			}
			continue
		}
		parts := r.tree.Parts(n)
		for k := range parts {
			r.findCandidates(r.tree.Nodes(&parts[k]))
		}
	}
}

// isCandidate reports whether a template has the parameters of an election box.
func (r *pageReader) isCandidate(n *wikitext.Node) bool {
	parts := r.tree.Parts(n)
	names := map[string]bool{}
	for k := 1; k < len(parts); k++ {
		if parts[k].Equals < 0 {
			continue
		}
		_, name, position := r.readKey(&parts[k])
		if boxnames.IsElectionParameter(name, position) {
			names[name] = true
		}
	}
	has := func(name string) bool { return names[name] }
	if len(names) < minCandidateParameters || !slices.ContainsFunc(standingParameters, has) ||
		!slices.ContainsFunc(figureParameters, has) {
		return false
	}
	name := templateName(r.tree, r.d.Text, n)
	if _, isKnown := r.names[name]; isKnown { // it is in a branch that is not shown
		return false
	}
	return name != "" &&
		!slices.ContainsFunc(otherElectionTemplates, func(prefix string) bool { return strings.HasPrefix(name, prefix) })
}
