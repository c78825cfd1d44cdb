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
	if counts != 15 {
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

// What a source lacks is named by its first place, or by the first that is more than a page, and the share by what is
// known of it.
func TestMissing(t *testing.T) {
	cut := &Reject{Reason: ReasonCutShort, Detail: "the file ends"}
	damaged := &Reject{Reason: ReasonDamaged, Detail: "bytes 100 to 150 cannot be read"}
	page := &Reject{Reason: ReasonWrongDigest, Detail: "a page is another"}
	type place struct {
		r *Reject
		g Gap
	}
	bytes := func(n int64) *int64 { return &n }
	for _, c := range []struct {
		places []place
		want   string
		bytes  *int64
	}{
		{nil, "", nil},
		{
			[]place{{damaged, Gap{From: 100, Bytes: 50}}},
			"damaged at byte 100: bytes 100 to 150 cannot be read; missing in all: 50 of its 1000 bytes (5%)", bytes(50),
		},
		{
			[]place{{cut, Gap{From: 1000, Bytes: -1}}},
			"cut-short at byte 1000: the file ends; missing in all: an unknown share", nil,
		},
		{
			[]place{{page, Gap{From: 7, Page: true}}, {page, Gap{From: 9, Page: true}}},
			"wrong-digest at byte 7: a page is another; something is missing at 1 other place too; " +
				"missing in all: 2 of its 40 documents", nil,
		},
		{
			[]place{{page, Gap{From: 7, Page: true}}, {damaged, Gap{Bytes: 5000}}, {page, Gap{Page: true}}},
			"damaged at byte 0: bytes 100 to 150 cannot be read; something is missing at 2 other places too; " +
				"missing in all: 1000 of its 1000 bytes (all of it), 2 of its 40 documents", nil,
		},
		{
			[]place{
				{damaged, Gap{From: 100, Bytes: 50}},
				{&Reject{Reason: ReasonUnidentified, Detail: "the head is lost"}, Gap{Bytes: 1000}},
			},
			"unidentified at byte 0: the head is lost; something is missing at 1 other place too; " +
				"missing in all: 1000 of its 1000 bytes (all of it)", bytes(1000),
		},
		{
			[]place{{&Reject{Reason: ReasonUnreadable, Detail: "permission denied"}, Gap{From: -1, Bytes: -1}}},
			"unreadable: permission denied; missing in all: an unknown share", nil,
		},
	} {
		a := Account{Bytes: 1000, Documents: 40}
		for _, p := range c.places {
			a.AddGap(p.r, p.g)
		}
		a.CloseMissing()
		if got := a.MissingDetail(); got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
		if diff := cmp.Diff(c.bytes, a.MissingBytes()); diff != "" {
			t.Errorf("%s: the bytes (-want +got):\n%s", c.want, diff)
		}
		isIncomplete := int64(min(len(c.places), 1))
		if a.Incomplete != isIncomplete || a.Lost != int64(len(c.places)) {
			t.Errorf("%s: %d incomplete, %d lost", c.want, a.Incomplete, a.Lost)
		}
	}
}
