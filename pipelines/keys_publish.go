package pipelines

import (
	"github.com/goccy/go-yaml/ast"

	"hemicycle/load/objects"
)

// publishKeys are the keys of publish.
var publishKeys = []fileKey{
	{
		name: "to", value: "text", required: true,
		meaning: "The bucket, and the prefix of all keys below it. Each version is below `versions/` and the name of its " +
			"run, and `current.json` names the current one.",
		example: "s3://bucket/elections",
		read: func(r *fileReader, name string, n ast.Node) {
			r.checkedText(n, name, func(address string) (err error) {
				r.pipeline.Publish.Bucket, r.pipeline.Publish.Prefix, err = objects.ParseAddress(address)
				return err
			})
		},
	},
	{
		name: "endpoint", value: "text", defaultValue: "the variable AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL, or Amazon S3",
		meaning: "The address of the server. Without `http://` in front of it, nothing is sent unencrypted.",
		example: "https://storage.example.org",
		read: func(r *fileReader, name string, n ast.Node) {
			r.pipeline.Publish.Endpoint = r.checkedText(n, name, objects.CheckEndpoint)
		},
	},
	{
		name: "region", value: "text", defaultValue: "the variable AWS_REGION or AWS_DEFAULT_REGION, or what the server says",
		meaning: "The region of the bucket.",
		example: "eu-central-1",
		read: func(r *fileReader, name string, n ast.Node) {
			r.pipeline.Publish.Region = r.text(n, name)
		},
	},
	{
		name: "one_publisher", value: "true or false", defaultValue: "false",
		meaning: "Says that nobody else publishes there. Then a server is let through that cannot write an object on a " +
			"condition (If-Match, If-None-Match), which keeps two publishers from overtaking each other.",
		example: "true",
		read: func(r *fileReader, name string, n ast.Node) {
			r.pipeline.Publish.OnePublisher = r.boolean(n, name)
		},
	},
}

// readPublish reads where versions are published beside the output folder.
func (r *fileReader) readPublish(name string, n ast.Node) {
	r.pipeline.Publish = &objects.Target{}
	r.mapping(n, name, publishKeys)
}
