import * as protocol from '@objectstack/spec';
import * as z from 'zod';
const schemas = Object.entries(protocol).filter((e:any)=>e[1]&&typeof e[1]==='object'&&'_zod' in e[1]) as [string, z.ZodType][];
const seen=new Map<unknown,string>();
for(const [n,s] of schemas){ if(seen.has(s)) console.log('dup',n,seen.get(s)); seen.set(s,n);}
const reg=z.registry<{id:string}>();
for(const [n,s] of schemas) reg.add(s,{id:n});
for (const io of ['input','output'] as const){
const r=z.toJSONSchema(reg,{io,uri:id=>`https://objectstack.dev/schemas/v1/${id}.json`});
console.log(Object.keys(r.schemas).length);
if(io==='input'){console.log(JSON.stringify(r.schemas.FilterSchema,null,1).slice(0,3000));
console.log(JSON.stringify(r.schemas.DeployBundleSchema,null,1).slice(0,3000));
console.log(JSON.stringify(r.schemas.TenantSchema,null,1).slice(0,3000));
console.log(Object.keys(r.schemas).filter(k=>!(k in protocol)), JSON.stringify((r.schemas as any).__shared)?.slice(0,3000));
}}
