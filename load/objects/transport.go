package objects

import (
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"time"
)

// newTransport returns a transport whose connections do not stand still for longer than idle, neither while a body is
// sent nor while an answer is read.
func newTransport(idle time.Duration) *http.Transport {
	dialer := net.Dialer{Timeout: min(idle, 10*time.Second), KeepAlive: 30 * time.Second}
	return &http.Transport{
		Proxy: http.ProxyFromEnvironment,
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			c, err := dialer.DialContext(ctx, network, address)
			if err != nil {
				return nil, err
			}
			return &idleConnection{Conn: c, idle: idle}, nil
		},
		TLSClientConfig:       &tls.Config{MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:   10 * time.Second,
		ExpectContinueTimeout: time.Second,
		MaxIdleConnsPerHost:   parallelObjects,
		IdleConnTimeout:       time.Minute,
		DisableCompression:    true, // objects are compared byte by byte
	}
}

// idleConnection is a connection on which each step must end within a time.
type idleConnection struct {
	net.Conn
	idle time.Duration
}

// Read reads what has come. The wait for it ends after the time.
func (c *idleConnection) Read(p []byte) (int, error) {
	if err := c.SetReadDeadline(time.Now().Add(c.idle)); err != nil {
		return 0, err
	}
	return c.Conn.Read(p)
}

// Write sends p. The transport already waits for the answer meanwhile, and that wait begins anew with each step.
func (c *idleConnection) Write(p []byte) (int, error) {
	if err := c.SetDeadline(time.Now().Add(c.idle)); err != nil {
		return 0, err
	}
	return c.Conn.Write(p)
}
