//go:build !race

package schemastest

// withRace says that the race detector is off.
const withRace = false
