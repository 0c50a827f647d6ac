/** The look of the report: no fonts, scripts or pictures from elsewhere. */
export const style = `
:root {
  color-scheme: light dark;
  --ink: #212529; --soft: #5c636a; --line: #dee2e6; --page: #f8f9fa; --card: #ffffff; --accent: #1864ab;
  --agree: #2b8a3e; --corrected: #b35309; --differs: #862e9c; --off: #c92a2a;
  --agree-soft: #ebfbee; --corrected-soft: #fff4e6; --differs-soft: #f8f0fc; --off-soft: #fff5f5;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e9ecef; --soft: #a5adb5; --line: #3a3f45; --page: #16181b; --card: #1f2226; --accent: #74c0fc;
    --agree: #69db7c; --corrected: #ffa94d; --differs: #da77f2; --off: #ff8787;
    --agree-soft: #1b2a1f; --corrected-soft: #2e2418; --differs-soft: #2a1d30; --off-soft: #331d1d;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--page); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
}
main, .top { max-width: 1080px; margin: 0 auto; padding: 0 20px; }
.top { padding-top: 44px; }
h1 { font-size: 2.1rem; line-height: 1.2; margin: 0; letter-spacing: -0.01em; }
h2 { font-size: 1.5rem; line-height: 1.25; margin: 60px 0 4px; }
h3 { font-size: 1.1rem; margin: 34px 0 4px; }
p { margin: 0.4em 0; }
a { color: var(--accent); text-decoration: none; }
a:hover { text-decoration: underline; }
.zh { color: var(--soft); font-size: 0.94em; }
h1 .zh, h2 .zh, h3 .zh { display: block; font-weight: 400; font-size: 1rem; margin-top: 3px; letter-spacing: 0; }
h3 .zh { font-size: 0.88rem; }
.by { color: var(--soft); margin-bottom: 20px; }
.counts { display: flex; flex-wrap: wrap; gap: 10px; margin: 22px 0 8px; padding: 0; list-style: none; }
.counts li { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 8px 16px; min-width: 108px; }
.counts b { display: block; font-size: 1.5rem; line-height: 1.2; }
nav { columns: 2 330px; column-gap: 32px; font-size: 0.94rem; margin-top: 10px; }
nav ul { list-style: none; padding: 0; margin: 0; }
nav li { padding: 2px 0; break-inside: avoid; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 18px 22px; margin: 16px 0; }
.entry:target { border-color: var(--accent); box-shadow: 0 0 0 1px var(--accent); }
.entry header { display: flex; flex-wrap: wrap; gap: 6px 10px; align-items: center; margin-bottom: 6px; }
.id { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 0.84rem; color: var(--soft); }
.mark { font-size: 0.78rem; font-weight: 600; padding: 2px 10px; border-radius: 99px; white-space: nowrap; }
.agree { color: var(--agree); } .corrected { color: var(--corrected); } .differs { color: var(--differs); } .off { color: var(--off); }
.mark.agree { background: var(--agree-soft); } .mark.corrected { background: var(--corrected-soft); }
.mark.differs { background: var(--differs-soft); } .mark.off { background: var(--off-soft); }
.formula { overflow-x: auto; overflow-y: hidden; padding: 8px 0 4px; }
.formula math { font-size: 1.1em; font-family: "STIX Two Math", "Cambria Math", "Latin Modern Math", "Noto Sans Math", math; }
.scroll { overflow-x: auto; margin: 6px 0; }
table { border-collapse: collapse; width: 100%; font-size: 0.9rem; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: 5px 14px 5px 0; border-top: 1px solid var(--line); vertical-align: top; }
thead th { border-top: 0; color: var(--soft); font-weight: 500; font-size: 0.82rem; white-space: nowrap; }
tbody th { font-weight: 400; min-width: 150px; }
td { min-width: 92px; }
td.wrong { color: var(--corrected); text-decoration: line-through; text-decoration-thickness: 1px; }
td.other { color: var(--differs); }
.box { border-left: 3px solid; padding: 6px 0 6px 14px; margin: 12px 0 4px; font-size: 0.94rem; }
.box.corrected { border-color: var(--corrected); } .box.differs { border-color: var(--differs); } .box.off { border-color: var(--off); }
.box p { color: var(--ink); margin: 2px 0; } .box p.zh { color: var(--soft); }
.box strong { font-weight: 600; font-size: 0.82rem; }
.remarks { color: var(--soft); font-size: 0.88rem; margin-top: 10px; }
.remarks p { margin: 3px 0; } .remarks .zh { font-size: 1em; }
.panels { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(290px, 100%), 1fr)); gap: 20px 24px; margin: 16px 0; }
.panels.two { grid-template-columns: repeat(auto-fit, minmax(min(360px, 100%), 1fr)); }
figure { margin: 0; display: flex; flex-direction: column; justify-content: space-between; }
figcaption { font-size: 0.86rem; line-height: 1.4; margin-bottom: 6px; }
figcaption b { display: block; font-weight: 600; }
.key { display: inline-block; margin-right: 14px; white-space: nowrap; }
.key i { display: inline-block; width: 20px; margin-right: 6px; vertical-align: 3px; }
figure svg { width: 100%; height: auto; display: block; }
footer { color: var(--soft); font-size: 0.88rem; margin: 60px 0 50px; border-top: 1px solid var(--line); padding-top: 16px; }
@media (max-width: 600px) {
  h1 { font-size: 1.6rem; } h2 { margin-top: 44px; } .card { padding: 14px 15px; } .top { padding-top: 26px; }
  main, .top { padding-left: 14px; padding-right: 14px; }
  table { font-size: 0.8rem; } th, td { padding-right: 9px; } td { min-width: 58px; } tbody th { min-width: 92px; }
  thead th { white-space: normal; }
}
@media print { .card { break-inside: avoid; } }
`;
