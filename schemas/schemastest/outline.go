package schemastest

import (
	"fmt"
	"strings"

	"hemicycle/schemas"
)

// Outline returns a document in a few words: title, boxes with their fields and defects, prose, rejects.
func Outline(d *schemas.Document) string {
	var b strings.Builder
	fmt.Fprintf(&b, "title %q\n", d.Title)
	for _, x := range d.Boxes {
		fmt.Fprintf(&b, "box %d line %d template %q\n", x.Box, x.Line, x.Template)
		for _, f := range x.Fields {
			fmt.Fprintf(&b, "  %d %s/%d %q", f.Line, f.Name, f.Position, f.Text)
			if f.Raw != f.Text {
				fmt.Fprintf(&b, " raw %q", f.Raw)
			}
			b.WriteByte('\n')
		}
		for _, x := range x.Defects {
			fmt.Fprintf(&b, "  defect %d %q\n", x.Line, x.Raw)
		}
	}
	for _, p := range d.Prose {
		fmt.Fprintf(&b, "prose %d %q\n", p.Line, p.Text)
	}
	for _, r := range d.Rejects {
		fmt.Fprintf(&b, "reject %s %s %d\n", r.Unit, r.Reason, r.Line)
	}
	return b.String()
}
