"""Prints how many elections a plain script finds in a dump on standard input: bzcat DUMP | dump.py

It parses the XML page by page, looks for the names of the boxes with a pattern, and hands the pages that
have one to mwparserfromhell.
"""
import re
import sys
import xml.etree.ElementTree as ET

import mwparserfromhell

NAMES = {'infobox election', 'infobox legislative election'}
PATTERN = re.compile(r'infobox[ _]+(legislative[ _]+)?election', re.I)


def plain(tag):
    return tag.rsplit('}', 1)[-1]


pages = elections = contenders = 0
context = ET.iterparse(sys.stdin.buffer, events=('start', 'end'))
_, root = next(context)
for event, element in context:
    if event == 'start' or plain(element.tag) != 'page':
        continue
    pages += 1
    namespace = text = ''
    for child in element.iter():
        if plain(child.tag) == 'ns':
            namespace = child.text
        elif plain(child.tag) == 'text':
            text = child.text or ''
    if namespace == '0' and PATTERN.search(text):
        for template in mwparserfromhell.parse(text).filter_templates():
            if str(template.name).strip().replace('_', ' ').lower() in NAMES:
                elections += 1
                contenders += sum(1 for p in template.params if re.fullmatch(r'(party|candidate)\d+', str(p.name).strip()))
    root.clear()
print(pages, 'pages', elections, 'elections', contenders, 'contenders')
