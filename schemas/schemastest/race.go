//go:build race

package schemastest

// withRace says that the race detector is on, which makes everything many times slower.
const withRace = true
