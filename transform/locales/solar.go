package locales

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// canonicalSolar returns a text on days of the Persian calendar in that of the Gregorian one. The names of its months
// are replaced already.
func (l *Locale) canonicalSolar(text string) (string, string) {
	tokens := strings.Fields(strings.NewReplacer(",", " ", "،", " ").Replace(text))
	day, month, year := 0, 0, 0
	for _, t := range tokens {
		n, err := strconv.Atoi(t)
		switch {
		case err == nil && n >= 1200 && n <= 1500:
			if year > 0 && year != n {
				return text, fmt.Sprintf("expected one day of the Persian calendar, found %q", text)
			}
			year = n
		case err == nil && n >= 1 && n <= 31 && len(t) <= 2:
			if day > 0 {
				return text, fmt.Sprintf("expected one day of the Persian calendar, found %q", text)
			}
			day = n
		}
		for i, name := range monthNames {
			if t == solarPrefix+name {
				if month > 0 {
					return text, fmt.Sprintf("expected one day of the Persian calendar, found %q", text)
				}
				month = i + 1
			}
		}
	}
	switch {
	case year == 0:
		return text, ""
	case month == 0 || day == 0:
		return text, fmt.Sprintf("a month or a year of the Persian calendar is parts of two of ours: found %q", text)
	case day > solarMonthDays(year, month):
		return text, fmt.Sprintf("there is no such day in the Persian calendar: found %q", text)
	}
	y, m, d := gregorian(year, month, day)
	return fmt.Sprintf("%d %s %d", d, monthNames[m-1], y), ""
}

// solarPrefix begins the name of a month of the Persian calendar, so that it is not taken for one of ours.
const solarPrefix = "solar-"

// solarMonthDays returns how many days a month of the Persian calendar has.
func solarMonthDays(year, month int) int {
	switch {
	case month <= 6:
		return 31
	case month < 12 || isSolarLeap(year):
		return 30
	}
	return 29
}

// solarBreaks are the years in which the cycle of leap years begins anew. Source: K. M. Borkowski, The Persian calendar
// for 3000 years, Earth, Moon, and Planets 74 (1996), table 2.
var solarBreaks = []int{
	-61, 9, 38, 199, 426, 686, 756, 818, 1111, 1181, 1210, 1635, 2060, 2097, 2192, 2262, 2324, 2394, 2456, 3178,
}

// solarYear returns where a year stands in its cycle: 0 if it is a leap year; the Gregorian year in which it begins,
// and the day of March that is its first. Source: Borkowski, as above.
func solarYear(year int) (leap, begins, march int) {
	begins = year + 621
	leapDays, before, jump := -14, solarBreaks[0], 0
	for _, next := range solarBreaks[1:] {
		jump = next - before
		if year < next {
			break
		}
		leapDays += jump/33*8 + jump%33/4
		before = next
	}
	n := year - before
	leapDays += n/33*8 + (n%33+3)/4
	if jump%33 == 4 && jump-n == 4 {
		leapDays++
	}
	leapGregorian := begins/4 - (begins/100+1)*3/4 - 150
	march = 20 + leapDays - leapGregorian
	if jump-n < 6 {
		n = n - jump + (jump+4)/33*33
	}
	leap = ((n+1)%33 - 1) % 4
	if leap == -1 {
		leap = 4
	}
	return leap, begins, march
}

func isSolarLeap(year int) bool {
	leap, _, _ := solarYear(year)
	return leap == 0
}

// gregorian returns the day of our calendar on which a day of the Persian calendar falls.
func gregorian(year, month, day int) (y, m, d int) {
	_, begins, march := solarYear(year)
	ofYear := (month-1)*31 - max(0, month-7) + day - 1
	date := time.Date(begins, time.March, march+ofYear, 0, 0, 0, 0, time.UTC)
	return date.Year(), int(date.Month()), date.Day()
}
