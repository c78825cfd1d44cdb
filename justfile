# Recipes for what is done often. `just` alone lists them.

export CGO_ENABLED := "1"

_default:
    @just --list --unsorted

# run a pipeline (the default one, or what is given)
run *ARGS:
    go run . run {{ARGS}}

# run every test but those that take long
test *ARGS:
    go test {{ARGS}} ./...

# run every test, also those that take long
test-long *ARGS:
    HEMICYCLE_LONG=1 go test {{ARGS}} ./...

# test the module that registers Iceberg tables, which is one of its own
test-iceberg:
    cd load/iceberg && go vet ./... && go test ./...

# check files without publishing
check +FILES:
    go run . check {{FILES}}

# write the goldens and the generated files anew; read the diff before you commit it
golden: schemas
    UPDATE_GOLDEN=1 go test ./...

# write the generated parts of docs/ anew, tables.md among them
docs: schemas
    UPDATE_GOLDEN=1 go test ./pipelines -run TestPipelinesDocument
    UPDATE_GOLDEN=1 go test ./cmd -run TestGeneratedDocuments

# write schemas/tables/tables.sql and docs/tables.md anew
schemas:
    UPDATE_GOLDEN=1 go test ./schemas/tables -run TestGeneratedFilesAreFresh

# run each fuzz target for a while, all or those in some folders
fuzz TIME="10s" *FOLDERS:
    .ci/fuzz {{TIME}} {{FOLDERS}}

# run benchmarks; compare ratios within one run, not seconds between two
bench PATTERN="." TIME="1s":
    go test -run '^$' -bench '{{PATTERN}}' -benchtime {{TIME}} -timeout 2h ./cmd ./extract/... ./transform/...

# measure a report of 1,000, 3,000 and 30,000 invented elections: seconds, and the peak of memory
bench-report:
    go test -run '^$' -bench BenchmarkReport -benchtime 1x -timeout 30m ./cmd

# compare the run of a dump with decompression alone and with a plain script (needs lbzip2; some ten minutes)
bench-dump:
    go test -run '^$' -bench '^BenchmarkDump$' -benchtime 1x -timeout 2h ./cmd

# measure Parquet files of a dense dump: bytes, seconds, memory, and the same with other settings (some minutes)
bench-parquet:
    #!/usr/bin/env bash
    set -euo pipefail
    output=$(mktemp -d)
    trap 'rm -rf "$output"' EXIT
    export HEMICYCLE_PARQUET=$output/dense
    go test -run '^$' -bench '^BenchmarkParquet$' -benchtime 1x -timeout 1h ./cmd
    go test -run '^$' -bench '^BenchmarkParquetSettings$' -benchtime 1x -timeout 1h ./load

# install other readers of infoboxes and print how fast each is compared with ours
peers *PAGES:
    extract/testdata/peers/run {{PAGES}}

# format the code
fmt:
    gofmt -w .

# run what CI checks without running a test
lint:
    .ci/lint
