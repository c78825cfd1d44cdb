package mediawiki

// What the tests of the package see of it.
var (
	NewTransport = newTransport
	RetryAfter   = retryAfter
	Decode       = func(body []byte) error { _, err := decode(body); return err }
)

// LimitBody sets how many bytes an answer may have.
func (c *Client) LimitBody(bytes int) { c.maxBody = bytes }
