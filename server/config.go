package main

import (
	"errors"
	"flag"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strings"
)

// config is everything that can be set.
type config struct {
	Addr      string
	DataDir   string
	MongoURI  string
	MongoName string
	PublicURL string
	Proxies   []string
	SMTP      string
	MailFrom  string
	Service   string
	Logo      bool
}

// setting is one line of the help: its variable and what it is for.
type setting struct {
	env, flag, about string
	set              func(c *config, value string)
}

var settings = []setting{
	{"ADDR", "addr", "where to listen, host:port (127.0.0.1:8080)", func(c *config, v string) { c.Addr = v }},
	{"DATA_DIR", "data", "folder of the embedded database (./data)", func(c *config, v string) { c.DataDir = v }},
	{"MONGODB_URI", "", "use this MongoDB replica set in place of the embedded database", func(c *config, v string) { c.MongoURI = v }},
	{"MONGODB_DATABASE", "", "name of the database in MongoDB (concordat)", func(c *config, v string) { c.MongoName = v }},
	{"PUBLIC_URL", "public-url", "address under which people reach the service (http://ADDR); https makes cookies secure", func(c *config, v string) { c.PublicURL = v }},
	{"TRUSTED_PROXIES", "", "addresses or networks of proxies whose X-Forwarded-For is believed, with commas (none)", func(c *config, v string) { c.Proxies = splitList(v) }},
	{"SMTP_URL", "", "mail server, smtp://user:password@host:587; without it mail stays in the outbox", func(c *config, v string) { c.SMTP = v }},
	{"MAIL_FROM", "", "sender of mail, such as policies@example.nhs.uk", func(c *config, v string) { c.MailFrom = v }},
	{"SERVICE_NAME", "", "name of the public site (NHS treatment policies)", func(c *config, v string) { c.Service = v }},
	{"NHS_LOGO", "", "\"yes\" shows the NHS logo; only NHS bodies may", func(c *config, v string) { c.Logo = v == "yes" }},
}

// option is a flag of one command only.
type option struct {
	value       *string
	name, about string
}

// configure reads flags, then the environment for what no flag gave. All faults are told at once.
func (c *call) configure(name string, options ...option) (config, []string, error) {
	var cfg config
	fs := flag.NewFlagSet(strings.TrimSpace("server "+name), flag.ContinueOnError)
	fs.SetOutput(c.out)
	given := map[string]*string{}
	for _, s := range settings {
		if s.flag != "" {
			given[s.env] = fs.String(s.flag, "", s.about)
		}
	}
	for _, o := range options {
		fs.StringVar(o.value, o.name, "", o.about)
	}
	if err := fs.Parse(c.args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return cfg, nil, err
		}
		return cfg, nil, &usage{err}
	}
	for _, s := range settings {
		if v := c.getenv(s.env); v != "" {
			s.set(&cfg, v)
		}
		if p := given[s.env]; p != nil && *p != "" {
			s.set(&cfg, *p)
		}
	}
	cfg.fill()
	if err := cfg.check(); err != nil {
		return cfg, nil, &usage{fmt.Errorf("server: the settings need mending:\n%w", err)}
	}
	return cfg, fs.Args(), nil
}

func (c *config) fill() {
	for _, d := range []struct {
		field *string
		value string
	}{{&c.Addr, "127.0.0.1:8080"}, {&c.MongoName, "concordat"}, {&c.Service, "NHS treatment policies"}} {
		if *d.field == "" {
			*d.field = d.value
		}
	}
	if c.DataDir == "" && c.MongoURI == "" {
		c.DataDir = "./data"
	}
	if c.PublicURL == "" {
		c.PublicURL = "http://" + c.Addr
	}
	c.PublicURL = strings.TrimSuffix(c.PublicURL, "/")
}

func (c *config) check() error {
	_, _, addrErr := net.SplitHostPort(c.Addr)
	public, urlErr := url.Parse(c.PublicURL)
	smtp, smtpErr := url.Parse(c.SMTP)
	var errs []error
	for _, f := range []struct {
		bad bool
		msg string
	}{
		{addrErr != nil, fmt.Sprintf("ADDR: %q is not host:port", c.Addr)},
		{c.MongoURI != "" && c.DataDir != "", "DATA_DIR and MONGODB_URI: choose one"},
		{c.MongoURI != "" && !strings.HasPrefix(c.MongoURI, "mongodb"), "MONGODB_URI: must start with mongodb:// or mongodb+srv://"},
		{urlErr != nil || public.Host == "" || public.Scheme != "http" && public.Scheme != "https", fmt.Sprintf("PUBLIC_URL: %q is not an http or https address", c.PublicURL)},
		{urlErr == nil && public.Host != "" && public.Path != "", "PUBLIC_URL: must have no path"},
		{c.SMTP != "" && (smtpErr != nil || smtp.Host == "" || smtp.Scheme != "smtp" && smtp.Scheme != "smtps"), "SMTP_URL: must look like smtp://user:password@host:587"},
		{c.SMTP != "" && !strings.Contains(c.MailFrom, "@"), "MAIL_FROM: an e-mail address is needed with SMTP_URL"},
	} {
		if f.bad {
			errs = append(errs, errors.New("  "+f.msg))
		}
	}
	for _, p := range c.Proxies {
		_, addr := netip.ParseAddr(p)
		_, prefix := netip.ParsePrefix(p)
		if addr != nil && prefix != nil {
			errs = append(errs, fmt.Errorf("  TRUSTED_PROXIES: %q is neither an address nor a network", p))
		}
	}
	return errors.Join(errs...)
}

func splitList(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' })
}
