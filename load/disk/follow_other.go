//go:build !unix

package disk

// NoFollow is no flag on systems that have none.
const NoFollow = 0
