//go:build unix

package disk

import "syscall"

// NoFollow is the flag with which a file is not opened if its name is that of a link.
const NoFollow = syscall.O_NOFOLLOW
