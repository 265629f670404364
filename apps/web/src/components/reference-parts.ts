import type { ComponentType, createElement, ReactNode } from "react";

/** What Swagger UI gives its plugins: it brings a React of its own. */
interface System {
  React: { createElement: typeof createElement };
}

interface LayoutProps {
  getComponent: (name: string, connected?: true) => ComponentType<object>;
  specSelectors: { loadingStatus: () => string };
}

/**
 * Swagger UI's parts as they have to be for those who do not see it, or do not use a mouse: one `main`,
 * headings without a gap, no link within a button, and a name for each list to choose from.
 */
export function referenceParts({ React: { createElement: h } }: System) {
  function ReferenceLayout({ getComponent, specSelectors }: LayoutProps): ReactNode {
    const part = (name: string) => h(getComponent(name, true));
    // Says that it is loading, or why it cannot.
    if (specSelectors.loadingStatus() !== "success") return part("BaseLayout");
    return h(
      "div",
      { className: "swagger-ui" },
      h(getComponent("SvgAssets")),
      h("div", { className: "information-container wrapper" }, part("InfoContainer")),
      h(
        "div",
        { className: "scheme-container" },
        h("div", { className: "schemes wrapper" }, part("AuthorizeBtnContainer")),
      ),
      h("h2", { className: "sr-only" }, "Operations"),
      h("div", { className: "wrapper" }, part("operations")),
      h("div", { className: "wrapper" }, part("Models")),
    );
  }

  /** Names the selects in a part that has none for them. */
  const named = (name: string) => (Part: ComponentType<object>) => (props: object) =>
    h(
      "div",
      {
        ref: (place: HTMLElement | null) => {
          for (const select of place?.querySelectorAll("select") ?? []) {
            select.setAttribute("aria-label", name);
          }
        },
      },
      h(Part, props),
    );

  return {
    components: { ReferenceLayout },
    wrapComponents: {
      // Its button opens the operation and puts it into the address as well.
      DeepLink:
        () =>
        ({ text }: { text: string }) =>
          h("span", null, text),
      ExamplesSelect: named("Example"),
      contentType: named("Media type"),
    },
  };
}
