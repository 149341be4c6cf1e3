/** What an action removes, as a list. */
export function LossList({ losses }: { losses: readonly string[] }) {
  return (
    <ul className="list-disc space-y-0.5 ps-5">
      {losses.map((loss) => (
        <li key={loss}>{loss}</li>
      ))}
    </ul>
  );
}
