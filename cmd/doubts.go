package cmd

import (
	"fmt"
	"strings"

	"hemicycle/load/wording"
	"hemicycle/pipelines"
)

// maxNamedSources is how many incomplete sources a message names. The table sources has all of them.
const maxNamedSources = 3

// incompleteSources returns what the incomplete sources of a run lack, in words, or "" if there is none.
func incompleteSources(outcome *pipelines.Outcome) string {
	n := outcome.Manifest.Counts.Incomplete
	if n == 0 {
		return ""
	}
	var named []string
	for _, input := range outcome.Manifest.Inputs {
		if input.Missing != nil && len(named) < maxNamedSources {
			named = append(named, wording.Plain(input.URI)+": "+wording.Shorten(input.Missing.String(), 600))
		}
	}
	verb := "is"
	if n > 1 {
		verb = "are"
	}
	text := fmt.Sprintf("%s %s incomplete: %s", wording.Count(n, "source"), verb, strings.Join(named, "; "))
	if more := n - int64(len(named)); more > 0 {
		text += fmt.Sprintf("; and %d more", more)
	}
	return text
}

// unmetExpectations returns why a run was not published, as continuations of "not published: ".
func unmetExpectations(outcome *pipelines.Outcome) []string {
	var unmet []string
	if outcome.Incomplete {
		unmet = append(unmet, incompleteSources(outcome)+" (get the source again, or let it through with "+
			"`allow: {incomplete_sources: …}` in the pipeline)")
	}
	for _, e := range outcome.Unmet {
		unmet = append(unmet, fmt.Sprintf("%s of the source %q: expected %s, found %s", e.Subject, e.Source,
			e.Expected, e.Observed))
	}
	return unmet
}

// excess says what a run has more of than the pipeline allows.
func excess(outcome *pipelines.Outcome) string {
	return fmt.Sprintf("with more than the pipeline allows: %s, %s",
		wording.Count(outcome.Manifest.Counts.Errors, "error finding"), wording.Count(outcome.Rejects, "reject"))
}

// doubtfulPages names the first pages that make a run doubtful, on a line each for errors and rejects.
func doubtfulPages(outcome *pipelines.Outcome) string {
	return pageLine("errors in", outcome.WithErrors) + pageLine("rejected", outcome.Rejected)
}

// pageLine returns a line that names the first of some pages and counts the others, or "" if there is none.
func pageLine(label string, pages pipelines.NamedPages) string {
	if pages.Count == 0 {
		return ""
	}
	var names []string
	for _, p := range pages.First {
		names = append(names, fmt.Sprintf("%s [%s]", wording.Shorten(p.Name, 120), p.Why))
	}
	line := "\n" + label + ": " + strings.Join(names, ", ")
	if more := pages.Count - int64(len(names)); more > 0 {
		line += fmt.Sprintf(" and %d more", more)
	}
	return line
}
