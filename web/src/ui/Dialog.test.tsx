// @vitest-environment happy-dom
import { cleanup, render, screen, waitFor } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, beforeAll, expect, it } from 'vitest'
import { setLanguage } from '../i18n'
import { Dialog } from './Dialog'
import { loadFloating } from './floating'

beforeAll(() => Promise.all([setLanguage('en'), loadFloating()]))
afterEach(cleanup)

const show = (children: ReactNode, footer?: ReactNode) =>
  render(
    <Dialog open onOpenChange={() => {}} title="Rename" footer={footer}>
      {children}
    </Dialog>,
  )

const buttons = (
  <>
    <button type="button">Cancel</button>
    <button type="button">Save</button>
  </>
)

it('begins at the first field, not at the button that closes', async () => {
  show(<input aria-label="Name" />, buttons)
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Name')))
})

it('begins at the main button where there is no field to fill in', async () => {
  show(<input aria-label="Name" disabled />, buttons)
  await waitFor(() => expect(document.activeElement).toBe(screen.getByText('Save')))
})

it('begins at the window itself where there is only something to read', async () => {
  show(<p>Edits</p>)
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('dialog')))
})
