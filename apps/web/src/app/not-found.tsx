import Link from "next/link";

export default function NotFound() {
  return (
    <main className="mx-auto max-w-md p-8 text-center">
      <h1 className="text-xl font-semibold">There is no such page</h1>
      <p className="mt-4">
        <Link className="text-accent underline" href="/">
          To your tasks
        </Link>
      </p>
    </main>
  );
}
