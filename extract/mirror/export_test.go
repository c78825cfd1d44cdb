package mirror

import "errors"

// Observe lets a test see each change of what is on disk before it is made, and prevent it: observe returns how many
// bytes of a write are written before the error.
func (o *Options) Observe(observe func(kind, path string, bytes int) (int, error)) {
	o.disk.observe = func(op operation) (int, error) { return observe(op.kind, op.path, op.size) }
}

// LeaveUnsynced makes a sync faster, for tests that stop no machine.
func (o *Options) LeaveUnsynced() { o.disk.isUnsynced = true }

// ReadJournal returns the pages of the journal of a folder.
func ReadJournal(folder string) ([]Page, error) {
	j, err := readJournal(disk{}, folder)
	if err != nil {
		return nil, err
	}
	return j.pages, nil
}

// AppendJournal adds pages to the journal of a folder, as a sync does that begins there.
func AppendJournal(folder string, pages []Page) error {
	j, err := readJournal(disk{isUnsynced: true}, folder)
	if err != nil {
		return err
	}
	return errors.Join(j.append("testwiki", pages, nil), j.close())
}
