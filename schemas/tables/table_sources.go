package tables

import "hemicycle/schemas"

// Each account balances; the database enforces it on the two columns that close it.
var sources = Table{
	Name: "sources",
	Row: "the account of one source: documents = with_box + without_box + rejected + other_namespaces + redirects, " +
		"boxes = elections + rejected_boxes",
	Rows: func(r schemas.Record) int { return oneIf(r.Account != nil) },
	Columns: []Column{
		{Name: "source_uri", Type: String, Meaning: "where the source is",
			Get: func(r schemas.Record, _ int) Value { return stringValue(r.Account.SourceURI) }},
		{Name: "format", Type: String, Null: true, Meaning: "the format that it was read as; NULL where none was found",
			Get: func(r schemas.Record, _ int) Value { return stringValue(r.Account.Format) }},
		{Name: "bytes", Type: Bigint, Meaning: "size in bytes",
			Get: func(r schemas.Record, _ int) Value { return intValue(r.Account.Bytes) }, Check: "bytes >= 0"},
		{Name: "sha256", Type: String, Null: true,
			Meaning: "SHA-256 of its bytes, in hexadecimal; NULL where it was not read whole",
			Get:     func(r schemas.Record, _ int) Value { return stringValue(r.Account.SHA256) }},
		{Name: "scan", Type: String, Meaning: "whole, or index where only the streams that an index names were read",
			Get:   func(r schemas.Record, _ int) Value { return stringValue(r.Account.Scan) },
			Check: "scan IN ('whole', 'index')"},
		{Name: "documents", Type: Bigint, Meaning: "documents met",
			Get:   func(r schemas.Record, _ int) Value { return intValue(r.Account.Documents) },
			Check: "documents = with_box + without_box + rejected + other_namespaces + redirects"},
		{Name: "with_box", Type: Bigint, Meaning: "documents with at least one election box",
			Get: func(r schemas.Record, _ int) Value { return intValue(r.Account.WithBox) }, Check: "with_box >= 0"},
		{Name: "without_box", Type: Bigint, Meaning: "documents without an election box",
			Get:   func(r schemas.Record, _ int) Value { return intValue(r.Account.WithoutBox) },
			Check: "without_box >= 0"},
		{Name: "other_namespaces", Type: Bigint, Meaning: "pages outside the namespace of articles",
			Get:   func(r schemas.Record, _ int) Value { return intValue(r.Account.OtherNamespaces) },
			Check: "other_namespaces >= 0"},
		{Name: "redirects", Type: Bigint, Meaning: "pages that only lead to another",
			Get: func(r schemas.Record, _ int) Value { return intValue(r.Account.Redirects) }, Check: "redirects >= 0"},
		{Name: "rejected", Type: Bigint, Meaning: "documents that could not be read: rejects with unit document",
			Get: func(r schemas.Record, _ int) Value { return intValue(r.Account.Rejected) }, Check: "rejected >= 0"},
		{Name: "boxes", Type: Bigint, Meaning: "election boxes met",
			Get:   func(r schemas.Record, _ int) Value { return intValue(r.Account.Boxes) },
			Check: "boxes = elections + rejected_boxes"},
		{Name: "elections", Type: Bigint, Meaning: "boxes that became elections",
			Get: func(r schemas.Record, _ int) Value { return intValue(r.Account.Elections) }, Check: "elections >= 0"},
		{Name: "rejected_boxes", Type: Bigint, Meaning: "boxes that did not: rejects with unit box",
			Get:   func(r schemas.Record, _ int) Value { return intValue(r.Account.RejectedBoxes) },
			Check: "rejected_boxes >= 0"},
	},
}
