package pipelines

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"hemicycle/extract"
	"hemicycle/schemas"
)

// planName names what a run is going to do: the same inputs, pipeline and program have the same plan. Everything that
// the pipeline declares is part of the plan except what it expects and allows, which is checked at the end.
func planName(p *Pipeline, o Options, all [][]extract.Source) (string, error) {
	q := *p.withoutMirrors()
	q.Allow = Allowance{}
	for i := range q.Sources {
		q.Sources[i].Expect = nil
	}
	declaration, err := json.Marshal(q)
	if err != nil {
		return "", err
	}
	h := sha256.New()
	fmt.Fprintln(h, o.Version, schemas.Version, o.partDocuments(), string(declaration))
	for i, sources := range all {
		for _, s := range sources {
			fmt.Fprintln(h, i, s.URI(), s.Fingerprint())
		}
	}
	return hex.EncodeToString(h.Sum(nil))[:16], nil
}
