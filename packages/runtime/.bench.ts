import { DeployBundleSchema } from '@objectstack/spec/system';
import { canonicalizePlain } from './src/bundle/canonical-bundle.js';
import { IssueLog } from './src/bundle/issue-log.js';
import { copyPlainJson } from './src/bundle/plain-json.js';
import { createRuleContext } from './src/bundle/rule-context.js';
import { RULES } from './src/bundle/rules/index.js';
import { reportUnknownKeys } from './src/bundle/rules/unknown-keys.js';
import { scanJson } from './src/bundle/scan-json.js';
import { checkBundle } from './src/bundle/validate-bundle.js';
import { parseBundle } from './src/bundle/parse-bundle.js';
const types=['text','number','select','date','boolean','lookup','textarea','currency','email','datetime'];
function big(n=100,f=20){ return { manifest:{name:'b',version:'1.0.0'}, objects: Array.from({length:n},(_, i)=>({name:`object_${i}`,label:`Object ${i}`,fields:Object.fromEntries(Array.from({length:f},(_, j)=>{const type=types[j%10]; return [`field_${j}`,{type,label:`Field ${j}`,required:j===0,...(type==='select'&&{options:[{label:'A',value:'a'},{label:'B',value:'b'}]}),...(type==='lookup'&&{reference:`object_${(i+1)%n}`}),...(type==='text'&&{maxLength:100})}];})),indexes:[{fields:['field_1']}]}))};}
const b=big(); const text=JSON.stringify(b); console.log(text.length);
function time(name:string,fn:()=>unknown){ for(let i=0;i<30;i++)fn(); const ts:number[]=[]; for(let i=0;i<60;i++){const t=performance.now();fn();ts.push(performance.now()-t);} ts.sort((a,b)=>a-b); console.log(name.padEnd(18),ts[30]!.toFixed(2),'ms median', ts[3]!.toFixed(2)); }
const v=DeployBundleSchema.parse(b);
const log=()=>new IssueLog();
time('structuredClone',()=>structuredClone(b));
time('copyPlainJson',()=>copyPlainJson(b,log()));
time('unknownKeys',()=>reportUnknownKeys(b,log()));
time('zod',()=>DeployBundleSchema.safeParse(b));
time('context',()=>createRuleContext(v,log()));
const c=createRuleContext(v,log());
for(const r of RULES) time(r.name,()=>r(c));
time('canonicalize',()=>canonicalizePlain(v));
time('checkBundle',()=>checkBundle(b));
time('scan',()=>scanJson(text,{maxDepth:64,maxNodes:500000}));
time('JSON.parse',()=>JSON.parse(text));
time('parseBundle',()=>parseBundle(text));
