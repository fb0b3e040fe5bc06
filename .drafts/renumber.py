#!/usr/bin/env python3
"""Makes room for new steps: renumber.py ROOT FIRST SHIFT
All steps from FIRST on get a number higher by SHIFT: folders, packages, chapters, cases, and
what texts say of them. Prints the numbers in prose that it left, to be looked at."""
import glob, os, re, subprocess, sys
root, first, shift = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
os.chdir(root)
git = lambda *a: subprocess.run(['git', *a], check=True)
slugs = {}
for d in glob.glob('steps/[0-9][0-9]-*'):
    n, slug = os.path.basename(d).split('-', 1)
    slugs[int(n)] = slug
last = max(slugs)
nums = [n for n in sorted(slugs, reverse=True) if n >= first]
for n in nums:
    a, b = f'{n:02}', f'{n+shift:02}'
    git('mv', f'steps/{a}-{slugs[n]}', f'steps/{b}-{slugs[n]}')
    if os.path.exists(f'book/src/{a}-{slugs[n]}.md'):
        git('mv', f'book/src/{a}-{slugs[n]}.md', f'book/src/{b}-{slugs[n]}.md')
    if os.path.exists(f'tests/suite/src/cases/step_{a}.rs'):
        git('mv', f'tests/suite/src/cases/step_{a}.rs', f'tests/suite/src/cases/step_{b}.rs')
N = '(' + '|'.join(f'{n:02}' for n in reversed(nums)) + ')'
up = lambda m, i=1: f'{int(m):02}'
def sub(s, pat):
    def f(m):
        g = m.group(1); i, j = m.start(1) - m.start(0), m.end(1) - m.start(0)
        t = m.group(0)
        return t[:i] + f'{int(g)+shift:02}' + t[j:]
    return re.sub(pat, f, s)
slugpat = '|'.join(re.escape(slugs[n]) for n in nums)
files = subprocess.run(['git', 'ls-files'], capture_output=True, text=True, check=True).stdout.split('\n')
left = []
for f in files:
    if not f or not os.path.isfile(f) or f == 'tests/bench/recorded.json': continue
    if not re.search(r'\.(md|rs|toml|yml|mjs|py|json|js|css|txt|svg|lock)$|run$', f): continue
    try: s = open(f, encoding='utf8').read()
    except UnicodeDecodeError: continue
    n = s
    # 62-library, also in links
    n = re.sub(rf'(?<![\d.]){N}-({slugpat})\b', lambda m: f'{int(m.group(1))+shift:02}-{m.group(2)}', n)
    n = re.sub(rf'(?<=\[){N}(?= ({slugpat})\])', lambda m: f'{int(m.group(1))+shift:02}', n)
    n = re.sub(rf'(?<=\[){N}(?=(\. [^\]]*)?\]\()', lambda m: f'{int(m.group(1))+shift:02}', n)
    n = re.sub(rf'\b(step[-_ ]|Step |Steps |steps |chapter |Chapter |chapters |Chapters |check |diff |start |carry |solution=|since: |since=|step=|units::step_){N}\b', lambda m: f'{m.group(1)}{int(m.group(2))+shift:02}', n)
    n = re.sub(rf'\b((?:steps|chapters|Steps|Chapters) \d\d (?:to|and) ){N}\b', lambda m: f'{m.group(1)}{int(m.group(2))+shift:02}', n)
    n = re.sub(rf'\bvariant-{N}-', lambda m: f'variant-{int(m.group(1))+shift:02}-', n)
    def instr(m):
        return m.group(1) + re.sub(rf'\b{N}\b', lambda k: f'{int(k.group(1))+shift:02}', m.group(2))
    n = re.sub(r'(--instructions|--rounds 5|-p bench --)((?: \d\d)+)', instr, n)
    if n != s: open(f, 'w', encoding='utf8').write(n)
    if f.endswith('.md'):
        for i, line in enumerate(n.split('\n'), 1):
            for m in re.finditer(r'(?<![\d,.:/#%-])\b(\d\d)\b(?![\d,:%]|\.\d|-[a-z])', line):
                if first <= int(m.group(1)) <= last + shift:
                    c = line[max(0, m.start()-40):m.end()+30]
                    left.append(f'{f}:{i}: …{c}…')
print('\n'.join(left))
