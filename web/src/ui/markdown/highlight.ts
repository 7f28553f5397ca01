// Code -> runs of text with what each is, for colours. Called by `code_worker.ts` alone, never
// where people type. It makes no HTML and runs nothing.

import bash from 'highlight.js/lib/languages/bash'
import c from 'highlight.js/lib/languages/c'
import cpp from 'highlight.js/lib/languages/cpp'
import csharp from 'highlight.js/lib/languages/csharp'
import css from 'highlight.js/lib/languages/css'
import diff from 'highlight.js/lib/languages/diff'
import dockerfile from 'highlight.js/lib/languages/dockerfile'
import go from 'highlight.js/lib/languages/go'
import ini from 'highlight.js/lib/languages/ini'
import java from 'highlight.js/lib/languages/java'
import javascript from 'highlight.js/lib/languages/javascript'
import json from 'highlight.js/lib/languages/json'
import kotlin from 'highlight.js/lib/languages/kotlin'
import lua from 'highlight.js/lib/languages/lua'
import makefile from 'highlight.js/lib/languages/makefile'
import markdown from 'highlight.js/lib/languages/markdown'
import nginx from 'highlight.js/lib/languages/nginx'
import php from 'highlight.js/lib/languages/php'
import powershell from 'highlight.js/lib/languages/powershell'
import protobuf from 'highlight.js/lib/languages/protobuf'
import python from 'highlight.js/lib/languages/python'
import ruby from 'highlight.js/lib/languages/ruby'
import rust from 'highlight.js/lib/languages/rust'
import scss from 'highlight.js/lib/languages/scss'
import shell from 'highlight.js/lib/languages/shell'
import sql from 'highlight.js/lib/languages/sql'
import swift from 'highlight.js/lib/languages/swift'
import typescript from 'highlight.js/lib/languages/typescript'
import xml from 'highlight.js/lib/languages/xml'
import yaml from 'highlight.js/lib/languages/yaml'
import { createLowlight } from 'lowlight'

/** What a run of code is; `code-…` in markdown.css says how it looks. */
export type CodeKind = 'word' | 'text' | 'value' | 'note' | 'name' | 'type' | 'added' | 'removed'

export interface Token {
  text: string
  /** Null for what has no colour of its own. */
  kind: CodeKind | null
}

const grammars = createLowlight({
  ...{ bash, c, cpp, csharp, css, diff, dockerfile, go, ini, java, javascript, json, kotlin, lua },
  ...{ makefile, markdown, nginx, php, powershell, protobuf, python, ruby, rust, scss, shell, sql },
  ...{ swift, typescript, xml, yaml },
})
// Near enough, and without a grammar of their own.
grammars.registerAlias({ json: ['jsonl'], xml: ['vue', 'svelte'] })

/** The whole text in runs; null where the language is not known, or the text is no code at all. */
export function highlight(text: string, language: string): Token[] | null {
  const name = language.toLowerCase()
  if (!grammars.registered(name)) return null
  try {
    const tokens: Token[] = []
    flatten(grammars.highlight(name, text).children, null, tokens)
    return tokens
  } catch {
    // Thousands of brackets within each other, for example: deeper than the stack.
    return null
  }
}

type Nodes = ReturnType<typeof grammars.highlight>['children']

/** The innermost known kind counts. Neighbours of one kind become one run. */
function flatten(nodes: Nodes, around: CodeKind | null, into: Token[]) {
  for (const node of nodes) {
    if (node.type === 'element') {
      const classes = node.properties.className
      const kind = Array.isArray(classes) ? kindOf(classes.join(' ')) : undefined
      flatten(node.children as Nodes, kind === undefined ? around : kind, into)
    } else if (node.type === 'text') {
      const last = into[into.length - 1]
      if (last?.kind === around) last.text += node.value
      else into.push({ text: node.value, kind: around })
    }
  }
}

/** `hljs-title function_` -> `name`; undefined for what takes the colour around it. */
function kindOf(classes: string): CodeKind | null | undefined {
  const [first = '', second] = classes.split(' ')
  const scope = first.replace(/^hljs-/, '')
  if (scope === 'title' && second === 'class_') return 'type'
  return KINDS[scope]
}

const KINDS: Readonly<Record<string, CodeKind | null>> = {
  ...{ keyword: 'word', doctag: 'word', 'selector-tag': 'word', meta: 'word', section: 'word' },
  ...{ string: 'text', regexp: 'text', char: 'text', link: 'text', 'meta-string': 'text' },
  ...{ number: 'value', literal: 'value', symbol: 'value', variable: 'value', bullet: 'value' },
  ...{ 'template-variable': 'value' },
  ...{ comment: 'note', quote: 'note' },
  ...{ title: 'name', attr: 'name', attribute: 'name', name: 'name' },
  ...{ property: 'name', 'selector-class': 'name', 'selector-id': 'name' },
  ...{ type: 'type', built_in: 'type', tag: null, subst: null },
  ...{ addition: 'added', deletion: 'removed' },
}
