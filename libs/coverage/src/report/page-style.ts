export const PAGE_STYLE = `
:root { color-scheme: light dark; --bg: #fff; --panel: #f6f7f9; --line: #e2e5ea; --text: #1c2128; --dim: #66707c;
  --good: #1f883d; --mid: #b7791f; --bad: #cf222e; --good-bg: #e6f4ea; --mid-bg: #fff4d6; --bad-bg: #fde8e8; --accent: #0969da }
@media (prefers-color-scheme: dark) { :root { --bg: #0f1318; --panel: #171c23; --line: #2a323c; --text: #dde3ea; --dim: #8b96a3;
  --good: #3fb950; --mid: #d29922; --bad: #f85149; --good-bg: #12261a; --mid-bg: #2c2410; --bad-bg: #331719; --accent: #58a6ff } }
* { box-sizing: border-box }
body { margin: 0; background: var(--bg); color: var(--text); font: 14px/1.5 system-ui, sans-serif }
main { max-width: 1200px; margin: 0 auto; padding: 28px 24px 80px }
h1 { font-size: 22px; margin: 0 } h1 a { color: inherit; text-decoration: none }
.sub { color: var(--dim); margin: 2px 0 20px }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(170px, 1fr)); gap: 12px; margin-bottom: 22px }
.card { background: var(--panel); border: 1px solid var(--line); border-radius: 8px; padding: 12px 16px }
.card b { display: block; font-size: 24px; font-variant-numeric: tabular-nums } .card span { color: var(--dim) }
.bar { height: 6px; border-radius: 3px; background: var(--line); overflow: hidden; margin-top: 6px } .bar i { display: block; height: 100% }
.tools { display: flex; gap: 12px; margin-bottom: 10px; align-items: center; flex-wrap: wrap }
input[type=search] { flex: 1; min-width: 200px; padding: 7px 10px; border: 1px solid var(--line); border-radius: 6px; background: var(--bg); color: inherit; font: inherit }
label { color: var(--dim) }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums }
th { text-align: left; color: var(--dim); font-weight: 500; border-bottom: 1px solid var(--line); padding: 6px 8px; white-space: nowrap }
th button { all: unset; cursor: pointer } th button:focus-visible, a:focus-visible { outline: 2px solid var(--accent) }
td { padding: 5px 8px; border-bottom: 1px solid var(--line) } td.n, th.n { text-align: right; white-space: nowrap; width: 1% }
td.b { width: 130px } td.b .bar { margin: 0 } td a, p a { color: var(--accent); text-decoration: none } td a:hover, p a:hover { text-decoration: underline } td.f, h2 { overflow-wrap: anywhere }
tr.project td { background: var(--panel); font-weight: 600 } td.f { padding-left: 24px }
.good { color: var(--good) } .mid { color: var(--mid) } .bad { color: var(--bad) }
i.good { background: var(--good) } i.mid { background: var(--mid) } i.bad { background: var(--bad) }
.wide { overflow-x: auto } .scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 8px }
.source { font: 12.5px/1.55 ui-monospace, monospace; border-collapse: collapse; tab-size: 2 }
.source td { border: 0; padding: 0 10px; white-space: pre } .source td.l, .source td.h { text-align: right; color: var(--dim); user-select: none; width: 1% }
.source tr.hit td.h { background: var(--good-bg) } .source tr.gap td { background: var(--mid-bg) } .source tr.miss td { background: var(--bad-bg) }
.source tr.changed td.l { box-shadow: inset 3px 0 var(--accent) } .source .why { color: var(--mid); padding-left: 2em; font-style: italic; user-select: none }
@media (max-width: 640px) { main { padding: 20px 12px 60px } .cards { grid-template-columns: 1fr 1fr } .b { display: none } th, td { padding: 5px 4px } td.f { padding-left: 8px; min-width: 110px } }
`
