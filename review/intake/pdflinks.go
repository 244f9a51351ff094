package intake

import (
	"strings"
	"unicode/utf16"
)

// pageLinks reads the addresses behind places of a page. The places are the file's.
func (p *pdfEngine) pageLinks(document, page uint64) []pdfLink {
	var out []pdfLink
	const link, rect, room = 4, 8, 1024
	p.module.Memory().WriteUint32Le(uint32(p.scratch), 0)
	for range maxPageLinks {
		if p.call("FPDFLink_Enumerate", page, p.scratch, p.scratch+link)&0xFFFFFFFF == 0 {
			return out
		}
		handle, _ := p.module.Memory().ReadUint32Le(uint32(p.scratch + link))
		p.call("FPDFLink_GetAnnotRect", uint64(handle), p.scratch+rect)
		b := box{left: p.float(rect), top: p.float(rect + 4), right: p.float(rect + 8), bottom: p.float(rect + 12)}
		action := p.call("FPDFLink_GetAction", uint64(handle))
		if action == 0 {
			continue
		}
		n := p.int("FPDFAction_GetURIPath", document, action, p.scratch+room, room)
		if n <= 1 || n > room {
			continue
		}
		if href := link16(string(p.bytes(room + n)[room : room+n-1])); href != "" {
			out = append(out, pdfLink{b, href})
		}
	}
	return out
}

// link16 is a link's address; some files give it as UTF-16.
func link16(s string) string {
	if strings.HasPrefix(s, "\xfe\xff") {
		units := make([]uint16, 0, len(s)/2)
		for i := 2; i+1 < len(s); i += 2 {
			units = append(units, uint16(s[i])<<8|uint16(s[i+1]))
		}
		s = string(utf16.Decode(units))
	}
	return link(strings.ToValidUTF8(s, ""))
}
