/**
 * How the HTML looks: as the board does. Without custom properties, which mail clients drop, and far below 8 KB, above
 * which Gmail drops all of it.
 */
export const STYLE = `
body{margin:0;background:#fff;color:#14171a;font:13px/20px -apple-system,BlinkMacSystemFont,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums;-webkit-text-size-adjust:100%}
main{overflow-wrap:anywhere;max-width:840px;margin:0 auto;padding:24px 20px 28px}
h1{margin:0 0 4px;font-size:20px;line-height:28px;font-weight:600;letter-spacing:-.01em}
h2{margin:28px 0 0;padding-bottom:6px;border-bottom:1px solid #c9cfd6;font-size:13px;font-weight:600}
h2 span{font-weight:400}
p{margin:4px 0}
table{width:100%;border-collapse:collapse}
th,td{padding:4px 0 4px 14px;border-bottom:1px solid #e4e7eb;text-align:left;vertical-align:top}
th:first-child,td:first-child{padding-left:0}
th{font-size:11px;line-height:16px;font-weight:400}
th,small,.quiet{color:#626b76}
small{font-size:12px;line-height:16px}
.number,.time{text-align:right;white-space:nowrap}
.mark{width:14px;padding-top:7px;line-height:0}
.mark+td,.mark+th{padding-left:8px}
td.frames{width:21%;font:12px/20px ui-monospace,"SF Mono","Cascadia Mono",Menlo,Consolas,"Liberation Mono",monospace}
.frames span{white-space:nowrap}
.job{width:33%}
.failing{width:17%}
.where{width:17%}
.bar{width:34%}
.worker{white-space:nowrap}
@media (min-width:601px){.pair{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:0 28px;align-items:start}}
b{font-weight:600}
svg{display:block}
.strip{width:100%;height:8px;margin:4px 0}
.chart{width:100%;height:12px;margin:4px 0}
.some{color:#ad2409;font-weight:600}
.back{color:#946000}
.solid{fill:#ad2409;stroke:none}
.on{stroke:#fff;fill:none}
.line{fill:none;stroke-width:1.4}
.completed{stroke:#1a6f5d}
.suspended{stroke:#64548c}
.deleted,.other{stroke:#626b76}
.rendering{fill:#1d5dbd}
.rail{fill:#c9cfd6}
.now{fill:#87919c}
.before{fill:#14171a}
footer{margin-top:28px;color:#626b76;font-size:12px;line-height:16px}
@media screen and (prefers-color-scheme:dark){
:root{color-scheme:dark}
body{background:#12161a;color:#e9ecef}
h2{border-color:#3a434d}
th,td{border-color:#22282f}
th,small,.quiet,footer{color:#8c96a1}
.some{color:#ff7a59}
.back{color:#f0c568}
.solid{fill:#ff7a59}
.on{stroke:#1a0703}
.completed{stroke:#79d3b7}
.suspended{stroke:#cdbdf2}
.deleted,.other{stroke:#98a2ad}
.rendering{fill:#6ba3f7}
.rail{fill:#3a434d}
.now{fill:#616c77}
.before{fill:#e9ecef}
}
@media screen and (max-width:600px){
main{padding:16px}
.failures thead{display:none}
.failures tr{display:block;position:relative;padding:8px 0 8px 22px;border-bottom:1px solid #e4e7eb}
.failures td{display:block;width:auto;padding:0;border:0}
.failures .mark{position:absolute;left:0;top:11px}
.failures .job{padding-right:88px}
.failures .time{position:absolute;right:0;top:8px}
.job b{font-size:14px;line-height:22px}
th,td{padding-left:10px}
.worker{white-space:normal;min-width:76px}
}
@media screen and (max-width:600px) and (prefers-color-scheme:dark){.failures tr{border-color:#22282f}}
@media print{
.pair{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:0 20px;align-items:start}
@page{size:A4;margin:12mm}
main{max-width:none;padding:0}
body{font-size:11px;line-height:15px;print-color-adjust:exact;-webkit-print-color-adjust:exact}
h2{margin-top:14px;break-after:avoid}
th,td{padding-top:2px;padding-bottom:2px}
small{font-size:10px;line-height:13px}
td.frames{font-size:10px;line-height:15px}
tr{break-inside:avoid}
footer{margin-top:14px}
}
`;
