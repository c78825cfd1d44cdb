package pipelines

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"

	"hemicycle/extract"
	"hemicycle/schemas"
)

// planOf names what a run is going to do: the same inputs, pipeline and program have the same plan. All
// that the pipeline declares counts but what is expected and allowed, which are judged when all is read.
func planOf(p *Pipeline, o Options, all [][]extract.Source) (string, error) {
	q := *p
	q.Allow, q.Sources = Allowance{}, slices.Clone(p.Sources)
	for i := range q.Sources {
		q.Sources[i].Expect = nil
	}
	declared, err := json.Marshal(q)
	if err != nil {
		return "", err
	}
	h := sha256.New()
	fmt.Fprintln(h, o.Version, schemas.Version, o.partDocuments(), string(declared))
	for i, sources := range all {
		for _, s := range sources {
			fmt.Fprintln(h, i, s.URI(), s.Fingerprint())
		}
	}
	return hex.EncodeToString(h.Sum(nil))[:16], nil
}
