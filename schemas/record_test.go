package schemas

import (
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Add adds every count of an account, and its names. What identifies one source stays as it is.
func TestAccountAdd(t *testing.T) {
	ofSource := Account{SourceURI: "a.xml", Format: "export", SHA256: "0f", Scan: ScanWhole}
	a, b, want := ofSource, Account{SourceURI: "b.xml", Format: "text", SHA256: "1f", Scan: ScanIndex}, ofSource
	counts := 0
	for i := range reflect.TypeFor[Account]().NumField() {
		field := func(of *Account) reflect.Value { return reflect.ValueOf(of).Elem().Field(i) }
		if !field(&a).CanInt() {
			continue
		}
		counts++
		field(&a).SetInt(int64(i + 1))
		field(&b).SetInt(int64(100 * (i + 1)))
		field(&want).SetInt(int64(101 * (i + 1)))
	}
	if counts != 10 {
		t.Errorf("an account has %d counts: is a new one added up?", counts)
	}
	one, two := BoxName{"Infobox Election", "Infobox election"}, BoxName{"Infobox Elections", "Infobox election"}
	a.Names, b.Names, want.Names = []BoxName{one}, []BoxName{two}, []BoxName{one, two}
	a.Index, b.Index, want.Index = &IndexScan{Titles: 1}, &IndexScan{Titles: 2}, &IndexScan{Titles: 1}
	before := b
	a.Add(&b)
	if diff := cmp.Diff(want, a); diff != "" {
		t.Errorf("the sum (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(before, b); diff != "" {
		t.Errorf("what was added changed (-before +after):\n%s", diff)
	}
}

// An account balances only if every document and every box is counted once on either side.
func TestAccountBalances(t *testing.T) {
	balanced := Account{
		Documents: 15, WithBox: 1, WithoutBox: 2, Rejected: 3, OtherNamespaces: 4, Redirects: 5,
		Boxes: 9, Elections: 2, RejectedBoxes: 7,
	}
	if !balanced.Balances() {
		t.Errorf("%+v does not balance", balanced)
	}
	for name, change := range map[string]func(*Account){
		"documents": func(a *Account) { a.Documents++ }, "with a box": func(a *Account) { a.WithBox++ },
		"without a box": func(a *Account) { a.WithoutBox++ }, "rejected": func(a *Account) { a.Rejected++ },
		"other namespaces": func(a *Account) { a.OtherNamespaces++ }, "redirects": func(a *Account) { a.Redirects++ },
		"boxes": func(a *Account) { a.Boxes++ }, "elections": func(a *Account) { a.Elections++ },
		"rejected boxes": func(a *Account) { a.RejectedBoxes++ },
	} {
		a := balanced
		if change(&a); a.Balances() {
			t.Errorf("one more of %s, and it still balances", name)
		}
	}
}
