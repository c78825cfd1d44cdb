package pipelines

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"

	"hemicycle/extract"
	"hemicycle/schemas"
	"hemicycle/transform"
)

// planOf names what a run is going to do: the same inputs, pipeline and program have the same plan.
func planOf(p *Pipeline, o Options, all [][]extract.Source) string {
	h := sha256.New()
	fmt.Fprintln(h, o.Version, schemas.Version, p.Name, p.Sinks, o.partDocuments())
	for _, name := range slices.Sorted(maps.Keys(p.Templates)) {
		fmt.Fprintln(h, name, p.Templates[name])
	}
	for _, c := range transform.Checks {
		fmt.Fprintln(h, c.ID, p.Checks[c.ID])
	}
	for i, sources := range all {
		fmt.Fprintln(h, p.Sources[i].Name, p.Sources[i].Wiki)
		for _, s := range sources {
			fmt.Fprintln(h, s.URI(), s.Stamp())
		}
	}
	return hex.EncodeToString(h.Sum(nil))[:16]
}
