package schemastest

import (
	"os"
	"testing"
)

// LongTests reports whether tests that take long are run too: HEMICYCLE_LONG=1 asks for them.
func LongTests() bool { return os.Getenv("HEMICYCLE_LONG") == "1" }

// SkipUnlessLong skips a test that takes long, and says why it does, unless HEMICYCLE_LONG=1.
func SkipUnlessLong(t testing.TB, why string) {
	t.Helper()
	if !LongTests() {
		t.Skipf("%s: HEMICYCLE_LONG=1 runs it", why)
	}
}

// Rounds returns how often a test repeats what it does: few times, or many if tests that take long are run too.
func Rounds(few, many int) int {
	if LongTests() {
		return many
	}
	return few
}
