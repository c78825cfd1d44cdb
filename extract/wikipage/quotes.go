package wikipage

import "strings"

// This file decides which of several quotes in a row are apostrophes, and which make the text bold or italic. Source:
// Parser::doQuotes of MediaWiki.

// quoteRun is two or more quotes in a row.
type quoteRun struct {
	count  int
	before string // the text between it and the run before it on its line
}

// literalQuotes returns for each run of a line how many of its quotes are apostrophes.
func literalQuotes(runs []quoteRun) []int {
	literal := make([]int, len(runs))
	bold, italic := 0, 0
	for i := range runs {
		n := runs[i].count
		switch {
		case n == 4:
			literal[i] = 1
		case n > 5:
			literal[i] = n - 5
		}
		switch n - literal[i] {
		case 2:
			italic++
		case 3:
			bold++
		case 5:
			italic++
			bold++
		}
	}
	if bold%2 == 1 && italic%2 == 1 {
		if i := apostropheRun(runs, literal); i >= 0 {
			literal[i]++
		}
	}
	return literal
}

// apostropheRun returns the index of the run of three whose first quote is an apostrophe where bold and italic do not
// balance: the first behind a word of one letter, else behind a longer word, else behind a space. It is -1 if there is
// none.
func apostropheRun(runs []quoteRun, literal []int) int {
	afterWord, afterSpace := -1, -1
	for i := range runs {
		if runs[i].count-literal[i] != 3 {
			continue
		}
		before := runs[i].before + strings.Repeat("'", literal[i])
		switch last := len(before) - 1; {
		case last >= 0 && before[last] == ' ':
			if afterSpace < 0 {
				afterSpace = i
			}
		case last > 0 && before[last-1] == ' ':
			return i
		case afterWord < 0:
			afterWord = i
		}
	}
	if afterWord >= 0 {
		return afterWord
	}
	return afterSpace
}

// nextQuotes returns where the next run of quotes of a text begins and how long it is; -1 if there is none.
func nextQuotes(s string) (at, count int) {
	if at = strings.Index(s, "''"); at < 0 {
		return -1, 0
	}
	return at, len(s) - at - len(strings.TrimLeft(s[at:], "'"))
}

// withoutQuotes returns a text without the quotes that make it bold or italic.
func withoutQuotes(s string) string {
	s, _ = cutSpans(s, quoteSpans(s), nil)
	return s
}

// quoteSpans returns the quotes of a text that make it bold or italic, line by line.
func quoteSpans(s string) []textSpan {
	if !strings.Contains(s, "''") {
		return nil
	}
	var spans []textSpan
	for from := 0; from < len(s); {
		end := len(s)
		if i := strings.IndexByte(s[from:], '\n'); i >= 0 {
			end = from + i
		}
		spans = appendQuoteSpans(spans, s[:end], from)
		from = end + 1
	}
	return spans
}

// appendQuoteSpans appends those of the line with which a text ends.
func appendQuoteSpans(spans []textSpan, s string, from int) []textSpan {
	var runs []quoteRun
	var found []textSpan
	for at, count := nextQuotes(s[from:]); at >= 0; at, count = nextQuotes(s[from:]) {
		runs = append(runs, quoteRun{count: count, before: s[from : from+at]})
		found = append(found, textSpan{from + at, from + at + count})
		from += at + count
	}
	for i, n := range literalQuotes(runs) {
		found[i].from += n
	}
	return append(spans, found...)
}
