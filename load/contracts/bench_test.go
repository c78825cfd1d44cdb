package contracts

import (
	"testing"

	"hemicycle/load/disk"
)

// BenchmarkWrite measures what the descriptions of a version take.
func BenchmarkWrite(b *testing.B) {
	m, a := sampleVersion("p", 1)
	folder := b.TempDir()
	for b.Loop() {
		if _, err := Write(disk.Disk{}, folder, m, a); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkEncode measures each description alone.
func BenchmarkEncode(b *testing.B) {
	m, a := sampleVersion("p", 1)
	for _, doc := range documents {
		b.Run(doc.name, func(b *testing.B) {
			for b.Loop() {
				if _, err := doc.encode(m, a); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
