package transform

import (
	"fmt"
	"strconv"
	"strings"

	"hemicycle/schemas"
)

var encodingCheck = Check{
	ID: "encoding", Severity: schemas.Warn,
	Meaning: "bytes of the document that are not UTF-8; each run of them became U+FFFD",
	judge: func(j *judgement) {
		if n := j.d.InvalidBytes; n > 0 {
			offset := j.d.InvalidOffset
			at := findingPlace{line: 1 + strings.Count(j.d.Text[:offset], "\n"), offset: offset}
			j.doubt(at, "document", "UTF-8", strconv.Itoa(n)+" invalid bytes",
				fmt.Sprintf("%d bytes of the document are not UTF-8 and became U+FFFD, the first of them here", n))
		}
	},
}
