package mirror

// Observe lets a test see each change of what is on disk before it is made, and prevent it: observe returns how many
// bytes of a write are written before the error.
func (o *Options) Observe(observe func(kind, path string, bytes int) (int, error)) {
	o.disk.observe = func(op operation) (int, error) { return observe(op.kind, op.path, op.bytes) }
}

// LeaveUnsynced makes a sync faster, for tests that stop no machine.
func (o *Options) LeaveUnsynced() { o.disk.isUnsynced = true }
