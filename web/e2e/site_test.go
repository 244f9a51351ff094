package e2e_test

import (
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
)

const strict = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'"

const head = `<!DOCTYPE html><html lang="en"><head><title>%s</title><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="/icon.svg">
<link rel="stylesheet" href="/site.css"><script src="/site.js"></script></head><body>`

const form = `<main><h1>Your comment</h1><p id="scripted">No scripts here.</p>
<form method="post" action="/sent" enctype="multipart/form-data">
<p><label for="name">Your name</label> <input id="name" name="name" value="to be replaced"></p>
<p><label for="text">Your comment</label> <textarea id="text" name="text"></textarea></p>
<p><label for="area">Area</label> <select id="area" name="area"><option>North</option><option>South</option></select></p>
<fieldset><legend>Do you agree?</legend>
<p><input type="radio" id="yes" name="agree" value="yes"> <label for="yes">Yes</label></p>
<p><input type="radio" id="no" name="agree" value="no"> <label for="no">No</label></p></fieldset>
<p><input type="checkbox" id="news" name="news" value="on" checked> <label for="news">Write to me</label></p>
<p><label for="file">Upload a letter</label> <input type="file" id="file" name="file"></p>
<details><summary>Help with this form</summary><p>Nobody will call.</p></details>
<p><button>Send</button></p></form>
<nav aria-label="More"><a href="/other#part">The other page</a> <a href="/wide">Wide</a> <a href="/sign-out">Sign out</a></nav></main></body></html>`

// site is a small site as ours is: strict policy, forms that answer with a redirect.
func site(t *testing.T) string {
	t.Helper()
	mux := http.NewServeMux()
	page := func(path, title, body string) {
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, _ *http.Request) { write(w, http.StatusOK, title, body) })
	}
	page("/{$}", "Comment", form)
	page("/other", "Other", `<main><h1>Other</h1><p id="part">A part. <a href="/">Back</a></p></main></body></html>`)
	page("/wide", "Wide", `<main><h1>Wide</h1><p class="wide">Too wide</p><a href="/other">Other</a></main></body></html>`)
	page("/bad", "Bad", `<main><h1>Bad</h1><input name="q"><p id="a">1</p><p id="a">2</p><p style="color:red">x</p>
		<img src="/missing.png"><a href="/gone">Gone</a> <a href="/other#nowhere">Nowhere</a></main></body></html>`)
	page("/thrown", "Thrown", `<main><h1>Thrown</h1><script src="/throws.js"></script></main></body></html>`)
	page("/sign-out", "Signed out", `<main><h1>You should not be here</h1></main></body></html>`)
	mux.HandleFunc("GET /gone", func(w http.ResponseWriter, _ *http.Request) {
		write(w, http.StatusNotFound, "Gone", `<main><h1>Not found</h1></main></body></html>`)
	})
	mux.HandleFunc("POST /sent", receive)
	mux.HandleFunc("GET /thanks", thank)
	file := func(path, kind, text string) {
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", kind)
			_, _ = io.WriteString(w, text)
		})
	}
	file("/icon.svg", "image/svg+xml", `<svg xmlns="http://www.w3.org/2000/svg"/>`)
	file("/site.css", "text/css", `.wide { width: 2000px } @media print { h1 { display: none } }
		@media (forced-colors: active) { h1 { visibility: hidden } }`)
	file("/throws.js", "text/javascript", `console.error("said", "aloud"); null.thrown`)
	file("/site.js", "text/javascript", `document.addEventListener('DOMContentLoaded', () => {
		const p = document.getElementById('scripted'); if (p) p.textContent = 'Scripts work.' })`)
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL
}

func write(w http.ResponseWriter, status int, title, body string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", strict)
	w.WriteHeader(status)
	_, _ = fmt.Fprintf(w, head+"%s", title, body)
}

// receive puts what was sent into a cookie and answers with a redirect, as our forms do.
func receive(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseMultipartForm(1 << 20); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	letter := "none"
	if _, header, err := r.FormFile("file"); err == nil {
		letter = header.Filename
	}
	sent := fmt.Sprintf("%s|%s|%s|%s|%s|%s", r.FormValue("name"), r.FormValue("text"), r.FormValue("area"),
		r.FormValue("agree"), r.FormValue("news"), letter)
	http.SetCookie(w, &http.Cookie{Name: "sent", Value: fmt.Sprintf("%x", sent), Path: "/", HttpOnly: true})
	http.Redirect(w, r, "/thanks", http.StatusSeeOther)
}

func thank(w http.ResponseWriter, r *http.Request) {
	var sent []byte
	if cookie, err := r.Cookie("sent"); err == nil {
		_, _ = fmt.Sscanf(cookie.Value, "%x", &sent)
	}
	write(w, http.StatusOK, "Thank you", `<main><h1>Thank you</h1><p id="sent">`+html.EscapeString(string(sent))+`</p></main></body></html>`)
}
