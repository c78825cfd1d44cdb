// Package mediawikitest holds what tests of a wiki's client share: a clock that does not wait, a small wiki in memory,
// and a proxy that plays the faults of networks and wikis.
//
// Start with NewWiki, Wiki.Client and Faults.
package mediawikitest

import (
	"context"
	"sync"
	"time"
)

// Clock is a clock that jumps where it should wait. Its zero value begins in 2030.
type Clock struct {
	mu     sync.Mutex
	passed time.Duration
	slept  []time.Duration
}

// Now returns the time of the clock.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC).Add(c.passed)
}

// Sleep lets the time pass.
func (c *Clock) Sleep(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.passed += d
	c.slept = append(c.slept, d)
	return ctx.Err()
}

// Slept returns every wait so far.
func (c *Clock) Slept() []time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]time.Duration(nil), c.slept...)
}
