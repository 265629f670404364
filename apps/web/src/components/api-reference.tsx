"use client";

import { useEffect, useRef, useState } from "react";
import "swagger-ui-dist/swagger-ui.css";
import { Notice } from "./notice.tsx";
import { referenceParts } from "./reference-parts.ts";

/** The viewer of the OpenAPI document. It is large, and no other page has to load it. */
export function ApiReference({ url }: { url: string }) {
  const place = useRef<HTMLDivElement>(null);
  const [failed, setFailed] = useState(false);

  useEffect(() => {
    let left = false;
    import("swagger-ui-dist/swagger-ui-es-bundle.js")
      .then(({ default: swaggerUi }) => {
        if (left || !place.current) return;
        swaggerUi({
          domNode: place.current,
          url,
          // Another service would be told of every document that is looked at.
          validatorUrl: null,
          deepLinking: true,
          docExpansion: "list",
          defaultModelsExpandDepth: 0,
          displayRequestDuration: true,
          syntaxHighlight: { theme: "obsidian" },
          layout: "ReferenceLayout",
          plugins: [referenceParts],
        });
      })
      .catch(() => setFailed(true));
    return () => {
      left = true;
    };
  }, [url]);

  useEffect(() => {
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const { classList, dataset } = document.documentElement;
    const follow = () =>
      void classList.toggle("dark-mode", dataset.theme ? dataset.theme === "dark" : dark.matches);
    follow();
    dark.addEventListener("change", follow);
    return () => {
      dark.removeEventListener("change", follow);
      classList.remove("dark-mode");
    };
  }, []);

  return (
    <>
      {failed && (
        <Notice className="p-4">The viewer could not be loaded. Reload to try again.</Notice>
      )}
      <div ref={place} />
    </>
  );
}
