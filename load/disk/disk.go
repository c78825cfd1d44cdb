// Package disk carries out the operations by which package load and its parts change what is on disk. Every output goes
// through it, so that a test can record the operations and prove that nothing is relied on before it was synced.
//
// Start with Disk, whose zero value is ready for use. WriteFile writes a whole file in one step.
package disk

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Kind is the kind of an operation.
type Kind string

// The kinds of operations.
const (
	OpOpen       Kind = "open"        // a file, for writing; it is made if there is none
	OpWrite      Kind = "write"       // to a file
	OpTruncate   Kind = "truncate"    // a file
	OpChmod      Kind = "chmod"       // a file
	OpSync       Kind = "sync"        // a file
	OpSyncFolder Kind = "sync folder" // its entries, not what is in the files
	OpMakeFolder Kind = "make folder"
	OpLink       Kind = "link"      // a symbolic link to Target
	OpHardLink   Kind = "hard link" // a further name of the file Target
	OpRename     Kind = "rename"
	OpRemove     Kind = "remove" // with all that is below
)

// Operation is one change of what is on disk.
type Operation struct {
	Kind   Kind
	Path   string
	Target string // of a link, or of a rename the new path
}

// Disk carries out operations. The zero value does only that. Copies of a Disk report to the same observer.
type Disk struct {
	observe func(Operation)
}

// Observed returns a Disk that calls observe with each operation before it carries it out.
func Observed(observe func(Operation)) Disk { return Disk{observe} }

// report tells the observer of an operation.
func (d Disk) report(kind Kind, path, target string) {
	if d.observe != nil {
		d.observe(Operation{kind, path, target})
	}
}

// File is a file that is open for writing.
type File struct {
	disk Disk
	file *os.File
}

// Create opens a file for reading and writing, and makes it or empties it.
func (d Disk) Create(path string) (*File, error) {
	return d.open(path, os.O_RDWR|os.O_CREATE|os.O_TRUNC)
}

// OpenAt opens a file for reading and writing from its beginning on, and makes it if there is none.
func (d Disk) OpenAt(path string) (*File, error) { return d.open(path, os.O_RDWR|os.O_CREATE) }

// CreateNew opens a file for writing at its end, and fails if there is one already.
func (d Disk) CreateNew(path string) (*File, error) {
	return d.open(path, os.O_WRONLY|os.O_APPEND|os.O_CREATE|os.O_EXCL)
}

// OpenEnd opens an existing file for writing at its end.
func (d Disk) OpenEnd(path string) (*File, error) { return d.open(path, os.O_WRONLY|os.O_APPEND) }

// open opens a file with flags of package os. A link is not followed: it could lead to a file of somebody else.
func (d Disk) open(path string, flags int) (*File, error) {
	d.report(OpOpen, path, "")
	f, err := os.OpenFile(path, flags|NoFollow, 0o666) // less what the umask takes away
	if err != nil {
		return nil, err
	}
	if flags&os.O_CREATE != 0 {
		if err := d.shareWithGroup(path); err != nil {
			return nil, errors.Join(err, f.Close())
		}
	}
	return &File{d, f}, nil
}

// OpenRegular opens a regular file for reading. Anything else is an error: a folder cannot be read, and to open a FIFO
// could take for ever.
func OpenRegular(path string) (*os.File, error) { return openRegular(path, os.Stat, 0) }

// OpenOwn opens a regular file that this program wrote, for reading. A link in its place is an error.
func OpenOwn(path string) (*os.File, error) { return openRegular(path, os.Lstat, NoFollow) }

// openRegular opens a file for reading, with flags of package os, if stat says that it is a regular file.
func openRegular(path string, stat func(string) (fs.FileInfo, error), flags int) (*os.File, error) {
	info, err := stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "open", Path: path, Err: ErrNotRegular}
	}
	return os.OpenFile(path, os.O_RDONLY|flags, 0)
}

// ErrNotRegular means that something other than a regular file is where one was expected.
var ErrNotRegular = errors.New("it is not a regular file")

// Name returns the path with which the file was opened.
func (f *File) Name() string { return f.file.Name() }

// Read reads from the file, if it was opened for reading.
func (f *File) Read(p []byte) (int, error) { return f.file.Read(p) }

// ReadAt reads from the file at an offset.
func (f *File) ReadAt(p []byte, offset int64) (int, error) { return f.file.ReadAt(p, offset) }

// Seek sets the offset of the next Read or Write.
func (f *File) Seek(offset int64, whence int) (int64, error) { return f.file.Seek(offset, whence) }

// Write writes to the file.
func (f *File) Write(p []byte) (int, error) {
	f.disk.report(OpWrite, f.Name(), "")
	return f.file.Write(p)
}

// Truncate cuts the file to a length.
func (f *File) Truncate(length int64) error {
	f.disk.report(OpTruncate, f.Name(), "")
	return f.file.Truncate(length)
}

// Chmod sets the permissions of the file.
func (f *File) Chmod(mode fs.FileMode) error {
	f.disk.report(OpChmod, f.Name(), "")
	return f.file.Chmod(mode)
}

// Sync returns when the content of the file and its permissions are on disk. Its entry in its folder need not be.
func (f *File) Sync() error {
	f.disk.report(OpSync, f.Name(), "")
	return f.file.Sync()
}

// Close closes the file. It does not sync it.
func (f *File) Close() error { return f.file.Close() }

// SyncAndClose syncs and closes the file. It closes the file even if it cannot be synced.
func (f *File) SyncAndClose() error { return errors.Join(f.Sync(), f.Close()) }

// SyncFile sets the permissions of a file that another program wrote, and syncs it.
func (d Disk) SyncFile(path string, mode fs.FileMode) error {
	// Opened for reading, since some other program may have left it without the permission to write.
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	file := &File{d, f}
	return errors.Join(file.Chmod(mode), file.SyncAndClose())
}

// TruncateFile cuts a file to a length and syncs it.
func (d Disk) TruncateFile(path string, length int64) error {
	f, err := d.OpenEnd(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Truncate(length), f.SyncAndClose())
}

// MakeFolders makes a folder and those above it that are missing.
func (d Disk) MakeFolders(path string) error {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return nil
	}
	if parent := filepath.Dir(path); parent != path {
		if err := d.MakeFolders(parent); err != nil {
			return err
		}
	}
	d.report(OpMakeFolder, path, "")
	if err := os.MkdirAll(path, 0o777); err != nil { // which takes one that was made meanwhile
		return err
	}
	return d.shareWithGroup(path)
}

// IsShared reports whether a folder is one in which the members of a group work together: what is made in it belongs to
// the group (setgid), and the group may write it.
func IsShared(folder string) bool {
	info, err := os.Stat(folder)
	return err == nil && info.Mode()&fs.ModeSetgid != 0 && info.Mode()&groupWrite != 0
}

// groupWrite is the permission of a group to write.
const groupWrite fs.FileMode = 0o020

// shareWithGroup lets the group write a file or folder that this user made in a shared folder, even if the umask takes
// that permission away. The umask is usually meant for the folders of the user alone.
func (d Disk) shareWithGroup(path string) error {
	if !IsShared(filepath.Dir(path)) {
		return nil
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode()&groupWrite != 0 {
		return err
	}
	d.report(OpChmod, path, "")
	err = os.Chmod(path, info.Mode()|groupWrite)
	if errors.Is(err, fs.ErrPermission) { // it is another member's, who made it so
		return nil
	}
	return err
}

// SyncFolder returns when the entries of a folder are on disk: which names are in it, and where they lead.
func (d Disk) SyncFolder(path string) error {
	d.report(OpSyncFolder, path, "")
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// SyncFolders syncs a folder and every folder below it.
func (d Disk) SyncFolders(root string) error {
	return filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return err
		}
		return d.SyncFolder(path)
	})
}

// Link makes a symbolic link.
func (d Disk) Link(path, target string) error {
	d.report(OpLink, path, target)
	return os.Symlink(target, path)
}

// Share gives a finished file a further name, and syncs it: a file that has two names takes its space once. Where the
// file system does not allow that, such as for a file of another user, it makes a copy.
func (d Disk) Share(path, target string) error {
	d.report(OpHardLink, path, target)
	if err := os.Link(target, path); err != nil {
		return d.copyFile(path, target)
	}
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return (&File{d, f}).SyncAndClose()
}

// copyFile copies a file and syncs the copy.
func (d Disk) copyFile(path, target string) error {
	from, err := OpenOwn(target)
	if err != nil {
		return err
	}
	defer from.Close()
	to, err := d.CreateNew(path)
	if err != nil {
		return err
	}
	_, err = io.Copy(to, from)
	return errors.Join(err, to.SyncAndClose())
}

// Rename moves a file, a link or a folder in one step. A file or a link at the new path is replaced.
func (d Disk) Rename(from, to string) error {
	d.report(OpRename, from, to)
	return os.Rename(from, to)
}

// Remove removes a file, a link, or a folder with all that is in it. It is no error if there is nothing.
func (d Disk) Remove(path string) error {
	d.report(OpRemove, path, "")
	return os.RemoveAll(path)
}

// WriteFile writes a whole file in one step: after a crash there is the old file or the new one. When it returns, the
// new one is on disk.
func (d Disk) WriteFile(path string, content []byte) error {
	folder := filepath.Dir(path)
	temporary, err := os.CreateTemp(folder, ".hemicycle-*")
	if pathError := (*fs.PathError)(nil); errors.As(err, &pathError) {
		// The name of the file that was asked for says more to a user than that of the temporary file.
		return fmt.Errorf("%s cannot be written: %w; expected a folder that is there and that this user may write",
			path, pathError.Err)
	}
	if err != nil {
		return err
	}
	f := &File{d, temporary}
	d.report(OpOpen, f.Name(), "")
	_, err = f.Write(content)
	if err == nil {
		err = f.Chmod(0o644) // os.CreateTemp lets nobody else read the file
	}
	if err == nil {
		err = f.Sync()
	}
	err = errors.Join(err, f.Close())
	if err == nil {
		err = d.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, d.Remove(f.Name()))
	}
	if err := d.SyncFolder(folder); err != nil {
		return fmt.Errorf("%s is written, but the disk did not confirm it: %w", path, err)
	}
	return nil
}
