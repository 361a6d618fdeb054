import type { Page } from 'playwright-core';

type Role = Parameters<Page['getByRole']>[0];
/**
 * Hands that count what they do. A journey with a bar goes through these alone: whatever a person would
 * have to click or to fill in is counted, and looking costs nothing.
 */
export class Counted {
  clicks = 0;
  fields = 0;
  private readonly begun = performance.now();

  constructor(private readonly page: Page) {}

  /** Clicks the one thing of that role and name; two of them are an ambiguity a person would meet too. */
  async click(role: Role, name: string | RegExp, within?: string): Promise<void> {
    this.clicks += 1;
    const place = within ? this.page.getByRole('region', { name: within }) : this.page;
    await place.getByRole(role, { name }).click();
  }

  async type(label: string, text: string, within?: string): Promise<void> {
    this.fields += 1;
    const place = within ? this.page.getByRole('region', { name: within }) : this.page;
    await place.getByLabel(label, { exact: true }).fill(text);
  }

  async sees(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).first().waitFor();
  }

  get seconds(): number {
    return (performance.now() - this.begun) / 1000;
  }

  toString(): string {
    return `${this.clicks} clicks, ${this.fields} fields, ${this.seconds.toFixed(1)} s`;
  }
}
