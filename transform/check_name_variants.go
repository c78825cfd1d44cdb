package transform

import (
	"fmt"

	"hemicycle/schemas"
	"hemicycle/transform/namevariants"
)

var nameVariantsCheck = Check{
	ID: "name-variants", Severity: schemas.Note,
	Meaning: "a party that the prose names by one word differently",
	judge: func(j *judgement) {
		if len(j.d.Boxes) > 1 {
			j.skip("the page has several boxes, and of which the prose speaks cannot be told")
			return
		}
		names := namevariants.PartyNames(j.e)
		if len(names) == 0 || len(j.d.Prose) == 0 {
			j.skip("there is no prose, or no party has a name of several words")
			return
		}
		seen := map[string]bool{} // variants
		for i := range j.d.Prose {
			p := &j.d.Prose[i]
			for _, phrase := range namevariants.Phrases(p.Text, names) {
				name := namevariants.VariantOf(phrase, names)
				if name == nil || seen[phrase.Text] || len(seen) == maxVariants {
					continue
				}
				seen[phrase.Text] = true
				line, offset := p.Place(phrase.Offset)
				j.doubt(findingPlace{line: line, offset: offset}, numberedSubject("party", name.Contender.Position),
					name.Contender.Party, phrase.Text,
					fmt.Sprintf("the prose says %s, the box %s", phrase.Text, name.Contender.Party))
			}
		}
	},
}

// maxVariants is the greatest number of variants that are reported of a page.
const maxVariants = 50
