package document

import "strings"

// WordSet returns the words of a text, which white space separates.
func WordSet(text string) map[string]bool {
	words := map[string]bool{}
	for word := range strings.FieldsSeq(text) {
		words[word] = true
	}
	return words
}
