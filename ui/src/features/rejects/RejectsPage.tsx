export function RejectsPage() {
  return null;
}
