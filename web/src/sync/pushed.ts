// What a push says, and what is kept with what it shows: between the server, the service worker
// (src/worker/push.ts) and the page.

/** What the server sends (crates/integrations/src/push.rs), its texts in the member's language. */
export type Pushed =
  | {
      type: 'show'
      id: string
      /** What takes each other's place. */
      tag: string
      lang: string
      title: string
      body: string
      path: string
    }
  | { type: 'close'; tags: string[] }

/** Kept with what is shown, by the worker and by the page. */
export interface Kept {
  id: string
  path: string
}

/** What the page is told when a note was clicked. */
export interface Opened {
  type: 'tenon.open'
  path: string
}
