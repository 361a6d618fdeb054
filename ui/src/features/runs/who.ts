/** Who started a run, for people: a schedule says no more by its id than by the word for it. */
export function whoOf(actor: string | null | undefined): string | undefined {
  return !actor || actor.startsWith('schedule ') ? undefined : actor;
}
