package objects

import (
	"context"
	"errors"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/minio/minio-go/v7/pkg/credentials"
)

// errNoCredentials says where credentials are looked for.
var errNoCredentials = errors.New("no credentials for the object storage: expected AWS_ACCESS_KEY_ID and " +
	"AWS_SECRET_ACCESS_KEY in the environment, a profile in ~/.aws/credentials or ~/.aws/config, or the role of the " +
	"machine or the container")

// findCredentials looks for credentials where all clients of S3 do, in their order: the environment, the shared files,
// a web identity, a container and the machine. It also returns what removes them from a message.
func findCredentials(ctx context.Context) (*credentials.Credentials, *strings.Replacer, error) {
	providers := []credentials.Provider{&credentials.EnvAWS{}, &credentials.FileAWSCredentials{}}
	if hasRole() {
		providers = append(providers, &credentials.IAM{Client: &http.Client{Timeout: 10 * time.Second}})
	}
	chain := credentials.NewChainCredentials(providers)
	value, err := chain.GetWithContext(&credentials.CredContext{
		Client: &http.Client{Timeout: 10 * time.Second}, Context: ctx,
	})
	if err == nil && (value.AccessKeyID == "" || value.SecretAccessKey == "") {
		err = errNoCredentials // with none, the library would ask as nobody
	}
	if err != nil {
		return nil, nil, err
	}
	var hidden []string
	for _, secret := range []string{value.SecretAccessKey, value.SessionToken, value.AccessKeyID} {
		if secret != "" {
			hidden = append(hidden, secret, "***")
		}
	}
	return chain, strings.NewReplacer(hidden...), nil
}

// hasRole reports whether a role may be asked for. Outside of a cloud the address of the machine's metadata leads
// nowhere, and the variable says so to all clients.
func hasRole() bool {
	for _, name := range []string{
		"AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI",
	} {
		if os.Getenv(name) != "" {
			return true
		}
	}
	return !strings.EqualFold(os.Getenv("AWS_EC2_METADATA_DISABLED"), "true")
}
