"""Reads every page in a folder with mwparserfromhell, as peers.mjs does with its peers."""
import os, sys, time
import mwparserfromhell

folder, seconds = sys.argv[1], float(sys.argv[2])
pages = [open(os.path.join(folder, name), encoding='utf-8').read() for name in sorted(os.listdir(folder))]
size = sum(len(page.encode()) for page in pages)


def read(page):
    boxes = []
    for template in mwparserfromhell.parse(page).filter_templates():
        if template.name.strip().lower().startswith('infobox'):
            boxes.append({str(p.name).strip(): p.value.strip_code() for p in template.params})
    return boxes


start, rounds = time.perf_counter(), 0
while True:
    for page in pages:
        read(page)
    rounds += 1
    took = time.perf_counter() - start
    if took >= seconds:
        break
print('mwparserfromhell', rounds * len(pages) / took, rounds * size / took, sep='\t')
