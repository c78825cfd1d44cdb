package values

import "testing"

func TestReadPreviousShare(t *testing.T) {
	for text, want := range map[string]string{
		"202 seats, 32.1%": "32.1", "29.64%, 78 seats": "29.64", "16.2 %": "16.2", "64 sandalye, %13,1": "13.1",
		"%0,00": "0", "31 of 120 seats (25.83%)": "25.83", "100%": "100", "6 (as the Front), 12.5%": "12.5",
		"202 seats": "", "new": "", "": "", "5.1% (Blue), 3.2% (Red)": "", "10–12%": "", "-1.5%": "", "+2.1%": "",
		"about 30%": "", "<5%": "", "~5%": "", "101%": "", "32.1.5%": "", "1,234%": "",
	} {
		got := ""
		if share := ReadPreviousShare(text); share != nil {
			got = share.String()
		}
		if got != want {
			t.Errorf("%q: got %q, expected %q", text, got, want)
		}
	}
}
