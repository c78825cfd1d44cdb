package transform

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hemicycle/schemas"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// measureBits is the digest of the measures of three hundred invented elections, bit by bit. Every machine must compute
// it. If you change a formula or add a measure, write the new digest here.
const measureBits = "c6281709d462ad94f76dbe9721c0c848b778aec23b5376a6d134df4abec09f37"

// TestMeasuresHaveTheSameBitsEverywhere computes the digest of measureBits.
func TestMeasuresHaveTheSameBitsEverywhere(t *testing.T) {
	digest := sha256.New()
	write := func(f float64) {
		if err := binary.Write(digest, binary.LittleEndian, math.Float64bits(f)); err != nil {
			t.Fatal(err)
		}
	}
	for n := range 300 {
		count := 2 + n%11
		var contenders []string
		total := 0
		for i := range count {
			seats := (n*(i+3) + i*i*17) % 41
			total += seats
			share := fmt.Sprintf("%d.%02d", (n+i*7)%9, (n*i)%100)
			contenders = append(contenders, fmt.Sprintf("P%d %s %d %d", i, share, seats, (seats+n)%41))
		}
		if n%3 == 0 {
			contenders[count-1] = "Independents" + contenders[count-1][2:]
		}
		template := ""
		if n%5 == 0 { // not all is listed
			template, total = schemas.GeneralBox, total+n%13
		}
		e := judged((&checkCase{template: template, box: ballot(formatInt(int64(total)), contenders...)}).page())
		for _, m := range e.Measures {
			write(m.Value)
			if m.Low != nil {
				write(*m.Low)
				write(*m.High)
			}
		}
		for _, kind := range ContenderMeasures() {
			for _, m := range slices.Concat(e.ContenderMeasures...) {
				if m.Name == kind.ID {
					write(m.Value)
				}
			}
		}
	}
	if got := hex.EncodeToString(digest.Sum(nil)); got != measureBits {
		t.Errorf("the digest is %s, expected %s", got, measureBits)
	}
}

// fusedPattern matches an instruction of arm64 that multiplies and adds. It rounds once, where two instructions round
// twice.
var fusedPattern = regexp.MustCompile(`\bFN?M(?:ADD|SUB)[SD]\b.*`)

// TestNothingIsFused holds that no expression of this package and those below it lets the compiler fuse a
// multiplication and an addition, which it may do on arm64.
func TestNothingIsFused(t *testing.T) {
	if testing.Short() {
		t.Skip("compiling for another machine takes a while")
	}
	out, err := forArm64("build", "-gcflags=-S", "-o", os.DevNull, "./...").CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if !regexp.MustCompile(`\bFMULD\b`).Match(out) {
		t.Fatal("the listing has no multiplication at all: it is not that of this package")
	}
	for _, line := range fusedPattern.FindAll(out, -1) {
		t.Errorf("%s: write float64(x*y) where a product is added to", line)
	}
}

// TestMeasuresOnArm64 runs the tests of measures on arm64, if the system can run its programs.
func TestMeasuresOnArm64(t *testing.T) {
	if testing.Short() {
		t.Skip("compiling for another machine takes a while")
	}
	emulator, err := exec.LookPath("qemu-aarch64-static")
	if err != nil {
		emulator, err = exec.LookPath("qemu-aarch64")
	}
	if err != nil {
		t.Skip("qemu-user is not installed")
	}
	for _, c := range []struct{ folder, tests, passes string }{
		{".", "TestMeasuresHaveTheSameBits|TestMeasures$|TestPublished", "TestMeasuresHaveTheSameBits"},
		{"./votingpower", "TestKnownGames|TestGamesOfMany", "TestKnownGames"},
	} {
		program := filepath.Join(t.TempDir(), "arm64.test")
		if out, err := forArm64("test", "-c", "-o", program, c.folder).CombinedOutput(); err != nil {
			t.Fatalf("%s: %v: %s", c.folder, err, out)
		}
		out, err := exec.Command(emulator, program, "-test.v", "-test.run", c.tests).CombinedOutput()
		if err != nil || !strings.Contains(string(out), "--- PASS: "+c.passes) {
			t.Errorf("%s: %v: %s", c.folder, err, out)
		}
	}
}

// forArm64 returns a go command that builds for arm64.
func forArm64(arguments ...string) *exec.Cmd {
	c := exec.Command("go", arguments...)
	c.Env = append(os.Environ(), "GOARCH=arm64", "CGO_ENABLED=0", "GOFLAGS=")
	return c
}
