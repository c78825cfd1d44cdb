package rowkinds

import (
	"testing"
)

func TestIsIndependent(t *testing.T) {
	for name := range independentNames {
		if len(name) > longestIndependentName || !IsIndependent(name) {
			t.Errorf("%q is not found", name)
		}
	}
	for name, want := range map[string]bool{
		"Ind.": true, "IND": true, "Ind": true, "Non‑inscrits": true, "Bağımsızlar": true, "Independientes": true,
		"Parteilos": true, "Indépendants (divers)": true, "Non–partisan": true, "Speaker": true,
		"Independent (politician)": true, "Non-partisan politicians": true, "Independent candidate (Elbonia)": true,
		"Independent (a) (b)": false, "Independent (": false,
		"Independence Party": false, "Indigenous": false, "Independent Labour": false, "Ind. Party": false, "": false,
		".": false,
	} {
		if got := IsIndependent(name); got != want {
			t.Errorf("%q: %v", name, got)
		}
	}
}
